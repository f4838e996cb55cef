#include "reading/page_words.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace rightsdesk::reading {

namespace {

constexpr int kWordGap = kAcross * 3 / 20;   // 45 pixels: wider ones part columns
constexpr int kSmallest = kAcross / 60;      // pixels either way; less is dirt
constexpr int kLowest = kAcross / 20;        // a piece less high is a dot, a comma or a dash, and another piece's
constexpr int kTallest = kAcross / 4;        // of one line of letters
constexpr int kBesides = kAcross / 30;       // how near a dot is to its letter
constexpr int kBeside = 4;                   // pixels of the page around it
constexpr int kMargin = 12;                  // white around what is read
constexpr std::size_t kMostPieces = 1'000;   // of a page; a page of dirt has more
constexpr int kLetterGap = kAcross / 25;     // within a word
constexpr int kLetterStroke = 3;                   // pixels of a column that a letter has and a dot of a rule has not
constexpr int kSureLayer = 100;
constexpr int kDoubtful = 85;                // of tesseract's confidence in a piece's words
constexpr double kSureOfLetter = 0.97;       // of the network's in each letter of the piece, as it were
constexpr double kSureOfCaption = 0.1;       // in small print: a letter that is wrong leaves it to be known

int middle_of(const Area& area) { return area.top + area.height / 2; }

Area joined(const Area& one, const Area& other) {
    const int left = std::min(one.left, other.left);
    const int top = std::min(one.top, other.top);
    return {left, top, std::max(one.right(), other.right()) - left, std::max(one.bottom(), other.bottom()) - top};
}

bool overlap_across(const Area& one, const Area& other, int slack) { return one.left - slack < other.right() && other.left - slack < one.right(); }

// Dots, commas and dashes go to the piece that they stand in, above or below; alone they are dirt.
void join_small(std::vector<Piece>& pieces) {
    std::vector<Piece> kept;
    std::vector<Area> small;
    for (Piece& piece : pieces) {
        if (piece.area.height < kLowest) small.push_back(piece.area);
        else kept.push_back(std::move(piece));
    }
    for (const Area& dot : small) {
        Area* nearest = nullptr;
        int least = kBesides + 1;
        for (Piece& piece : kept) {
            if (!overlap_across(piece.area, dot, kWordGap)) continue;
            const int apart = std::max({0, piece.area.top - dot.bottom(), dot.top - piece.area.bottom()});
            if (apart < least) {
                least = apart;
                nearest = &piece.area;
            }
        }
        if (nearest != nullptr) *nearest = joined(*nearest, dot);
    }
    pieces = std::move(kept);
}

// A shape's connected parts as pieces, `left` and `top` where it stands.
void add_shapes(Pix* shape, int left, int top, std::vector<Piece>& pieces) {
    Pixa* shapes = nullptr;
    const Boxes boxes(pixConnComp(shape, &shapes, 8));
    const int count = boxes ? boxaGetCount(boxes.get()) : 0;
    for (int index = 0; index < count; ++index) {
        Area area;
        boxaGetBoxGeometry(boxes.get(), index, &area.left, &area.top, &area.width, &area.height);
        area.left += left;
        area.top += top;
        if (area.width >= kSmallest || area.height >= kSmallest) pieces.push_back({area, Picture(pixaGetPix(shapes, index, L_CLONE)), area});
    }
    pixaDestroy(&shapes);
}

// The row of a tall piece with the fewest pixels of letters; 0 where none has few.
int parting_row(Pix* letters, const Area& piece) {
    const Picture cut = clipped(letters, piece);
    Numa* rows = cut ? pixCountPixelsByRow(cut.get(), nullptr) : nullptr;
    int best = 0;
    int fewest = piece.width;
    for (int row = kLowest; rows != nullptr && row < piece.height - kLowest; ++row) {
        l_int32 count = 0;
        numaGetIValue(rows, row, &count);
        if (count < fewest) {
            fewest = count;
            best = row;
        }
    }
    numaDestroy(&rows);
    return fewest * 12 > piece.width ? 0 : best;
}

// Two lines whose letters touch are one tall piece: parted where the fewest of its pixels are.
void part_tall(std::vector<Piece>& pieces, Pix* letters) {
    std::vector<Piece> parted;
    parted.reserve(pieces.size());
    while (!pieces.empty()) {
        Piece whole = std::move(pieces.back());
        const Area piece = whole.area;
        pieces.pop_back();
        const int row = piece.height <= kTallest || piece.width < piece.height ? 0 : parting_row(letters, piece);
        const Picture upper = row == 0 ? Picture() : clipped(whole.shape.get(), {0, 0, piece.width, row});
        const Picture lower = row == 0 ? Picture() : clipped(whole.shape.get(), {0, row, piece.width, piece.height - row});
        if (upper && lower) {
            add_shapes(upper.get(), piece.left, piece.top, pieces);
            add_shapes(lower.get(), piece.left, piece.top + row, pieces);
        } else {
            parted.push_back(std::move(whole));
        }
    }
    pieces = std::move(parted);
}

// Whether two pieces are of one line. Where dots of a rule hang on one it reaches in under its neighbour: as high as that it is of its line.
bool stand_in_line(const Area& one, const Area& other) {
    const int common = std::min(one.bottom(), other.bottom()) - std::max(one.top, other.top);
    if (!overlap_across(one, other, -4)) return common * 2 > std::min(one.height, other.height);
    const int over = std::min(one.right(), other.right()) - std::max(one.left, other.left);
    return common * 2 > std::max(one.height, other.height) && over * 2 < std::min(one.width, other.width);
}

// Which pieces stand side by side: the line of each, counted from the top.
std::vector<int> lines_of(const std::vector<Area>& pieces) {
    std::vector<std::size_t> order(pieces.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return middle_of(pieces[one]) < middle_of(pieces[other]); });
    std::vector<int> lines(pieces.size(), 0);
    std::vector<Area> members;  // of the line so far
    int line = 0;
    for (const std::size_t index : order) {
        const Area& piece = pieces[index];
        const bool beside = std::all_of(members.begin(), members.end(), [&](const Area& member) { return stand_in_line(member, piece); });
        if (!members.empty() && !beside) {
            ++line;
            members.clear();
        }
        members.push_back(piece);
        lines[index] = line;
    }
    return lines;
}

std::vector<PageWord> layer_words(const CleanPage& page) {
    std::vector<Area> areas;
    areas.reserve(page.layer.size());
    for (const LayerWord& word : page.layer) areas.push_back(word.area);
    const std::vector<int> lines = lines_of(areas);
    std::vector<PageWord> words;
    words.reserve(areas.size());
    for (std::size_t index = 0; index < areas.size(); ++index) words.push_back({page.layer[index].text, areas[index], kSureLayer, lines[index]});
    return words;
}

// In the order of reading. A word whose area reaches over the next one's, of another piece, ends before it.
void sort_words(std::vector<PageWord>& words) {
    std::stable_sort(words.begin(), words.end(), [](const PageWord& one, const PageWord& other) { return one.line != other.line ? one.line < other.line : one.area.left < other.area.left; });
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (words[at].line == words[at + 1].line) end_before(words[at].area, words[at + 1].area);
    }
}

// Takes away what reaches into a piece's picture from the lines above and below.
void wipe_others(Pix* cut, const std::vector<Piece>& pieces, std::size_t own, int left, int top) {
    const int right = left + pixGetWidth(cut);
    const int bottom = top + pixGetHeight(cut);
    for (std::size_t index = 0; index < pieces.size(); ++index) {
        const Area& other = pieces[index].shape_area;
        if (index == own || !pieces[index].shape || other.left >= right || other.right() <= left || other.top >= bottom || other.bottom() <= top) continue;
        pixPaintThroughMask(cut, pieces[index].shape.get(), other.left - left, other.top - top, 255);
    }
}

// Whether a column of a word's height is a letter's, dots along its foot left out.
bool has_stroke(Pix* letters, int column, const Area& area) {
    const Picture cut = clipped(letters, {column, area.top, 1, std::max(1, area.height * 3 / 4)});
    l_int32 count = 0;
    return cut && pixCountPixels(cut.get(), &count, nullptr) == 0 && count >= kLetterStroke;
}

// How far the ink close beside an edge of a word goes, up to `limit`.
int ink_reaches(Pix* letters, const Area& area, int edge, int limit) {
    const int step = limit < edge ? -1 : 1;
    int reached = edge;
    for (int column = edge; column != limit && std::abs(column - reached) <= kLetterGap; column += step) {
        if (has_stroke(letters, column, area)) reached = column;
    }
    return reached;
}

// A word's first letter that tesseract read and left outside of its area, a J say, is its own: else it is ink that nobody read.
void reach_to_ink(Pix* letters, const Area& piece, std::vector<SeenWord>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        Area& area = words[at].area;
        const int from = at == 0 ? piece.left : words[at - 1].area.right() + kLetterGap;
        const int to = at + 1 == words.size() ? piece.right() : words[at + 1].area.left - kLetterGap;
        const int left = from < area.left ? ink_reaches(letters, area, area.left, from) : area.left;
        const int right = to > area.right() ? ink_reaches(letters, area, area.right() - 1, to) + 1 : area.right();
        area.left = left;
        area.width = right - left;
    }
}

std::vector<std::string> parted_at_blanks(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t from = text.find_first_not_of(' '); from < text.size();) {
        const std::size_t to = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, to - from));
        from = text.find_first_not_of(' ', to);
    }
    return words;
}

// What tesseract is not sure of is read by the network too: it knows the small captions of a fax's forms better, by which blanks are found.
void read_again(Pix* cut, const LineNetwork& network, std::vector<SeenWord>& words, bool& by_network) {
    const bool doubtful = std::any_of(words.begin(), words.end(), [](const SeenWord& word) { return word.confidence < kDoubtful; });
    if (!doubtful) return;
    const LineReading reading = network.read(picture_of_line(cut));
    const bool caption = reading.text().starts_with('(') || words.front().text.starts_with('(');
    if (reading.certainty() < (caption ? kSureOfCaption : std::pow(kSureOfLetter, reading.text().size()))) return;
    std::vector<std::string> read = parted_at_blanks(reading.text());
    // Where the words lie is tesseract's to say.
    if (read.size() == 1) {
        for (const SeenWord& word : words) words.front().area = joined(words.front().area, word.area);
        words.resize(1);
    }
    if (read.size() != words.size()) return;
    for (std::size_t at = 0; at < words.size(); ++at) {
        by_network = by_network || words[at].text != read[at];
        words[at].text = std::move(read[at]);
    }
}

}  // namespace

Picture cut_out(Pix* grey, const Area& area, int percent) {
    const int left = std::max(0, area.left - kBeside);
    const int top = std::max(0, area.top - kBeside);
    Picture cut = clipped(grey, {left, top, area.right() + kBeside - left, area.bottom() + kBeside - top});
    if (!cut) return cut;
    if (percent != 100) cut.reset(pixScale(cut.get(), static_cast<float>(percent) / 100, static_cast<float>(percent) / 100));
    return cut ? Picture(pixAddBorder(cut.get(), kMargin, 255)) : Picture();
}

std::vector<Piece> find_pieces(const CleanPage& page) {
    const Picture closed(pixCloseSafeBrick(nullptr, page.letters.get(), kWordGap, 1));
    std::vector<Piece> pieces;
    add_shapes(closed.get(), 0, 0, pieces);
    part_tall(pieces, page.letters.get());
    join_small(pieces);
    if (pieces.size() > kMostPieces) {
        std::nth_element(pieces.begin(), pieces.begin() + kMostPieces, pieces.end(),
                         [](const Piece& one, const Piece& other) { return one.area.width * one.area.height > other.area.width * other.area.height; });
        pieces.resize(kMostPieces);
    }
    std::sort(pieces.begin(), pieces.end(), [](const Piece& one, const Piece& other) { return one.area.top != other.area.top ? one.area.top < other.area.top : one.area.left < other.area.left; });
    return pieces;
}

std::vector<PageWord> read_words(const CleanPage& page, Recogniser& recogniser, const LineNetwork& network) {
    std::vector<PageWord> words;
    if (!page.layer.empty()) {
        words = layer_words(page);
        sort_words(words);
        return words;
    }
    const std::vector<Piece> pieces = find_pieces(page);
    std::vector<Area> areas;
    areas.reserve(pieces.size());
    for (const Piece& piece : pieces) areas.push_back(piece.area);
    const std::vector<int> lines = lines_of(areas);
    for (std::size_t index = 0; index < pieces.size(); ++index) {
        const Area& area = areas[index];
        Picture cut = cut_out(page.grey.get(), area, 100);
        if (!cut) continue;
        const int left = std::max(0, area.left - kBeside) - kMargin;
        const int top = std::max(0, area.top - kBeside) - kMargin;
        wipe_others(cut.get(), pieces, index, left, top);
        // Ragged edges, a fax's own, are smoothed.
        const Picture smooth(pixBlockconv(cut.get(), 1, 1));
        if (!smooth) continue;
        const auto shape = area.height > kTallest ? Recogniser::Shape::kBlock : Recogniser::Shape::kLine;
        std::vector<SeenWord> seen = recogniser.words_in(smooth.get(), shape, kAcross);
        bool by_network = false;
        if (shape == Recogniser::Shape::kLine) read_again(cut.get(), network, seen, by_network);
        for (SeenWord& word : seen) {
            word.area.left += left;
            word.area.top += top;
        }
        if (shape == Recogniser::Shape::kLine) reach_to_ink(page.letters.get(), area, seen);
        for (SeenWord& word : seen) {
            words.push_back({std::move(word.text), word.area, word.confidence, lines[index], by_network});
        }
    }
    sort_words(words);
    return words;
}

}  // namespace rightsdesk::reading
