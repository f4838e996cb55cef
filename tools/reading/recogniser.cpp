#include "reading/recogniser.h"

#include <algorithm>

#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

namespace rightsdesk::reading {

base::Result<Recogniser> Recogniser::open(bool with_dictionary) {
    // Its parallel regions are shorter than their threads' starting; who wants more cores reads more documents at once.
    omp_set_max_active_levels(0);
    auto engine = std::make_unique<tesseract::TessBaseAPI>();
    const std::vector<std::string> names = {"load_system_dawg", "load_freq_dawg", "load_punc_dawg", "load_number_dawg", "load_bigram_dawg"};
    const std::vector<std::string> values(names.size(), with_dictionary ? "1" : "0");
    if (engine->Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false) != 0) {
        return base::unavailable("tesseract's English model is not there: install tesseract-ocr-eng, or say in TESSDATA_PREFIX where it is");
    }
    engine->SetVariable("debug_file", "/dev/null");
    return Recogniser(std::move(engine));
}

Recogniser::Recogniser(std::unique_ptr<tesseract::TessBaseAPI> engine) : engine_(std::move(engine)) {}
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;
Recogniser::~Recogniser() = default;

bool Recogniser::knows(const std::string& word) const { return engine_->IsValidWord(word.c_str()) != 0; }

std::vector<SeenWord> Recogniser::words_in(Pix* picture, Shape shape, int across) {
    engine_->SetPageSegMode(shape == Shape::kPage ? tesseract::PSM_AUTO : shape == Shape::kBlock ? tesseract::PSM_SINGLE_BLOCK : tesseract::PSM_SINGLE_LINE);
    engine_->SetImage(picture);
    engine_->SetSourceResolution(across);
    std::vector<SeenWord> words;
    if (engine_->Recognize(nullptr) != 0) return words;
    const std::unique_ptr<tesseract::ResultIterator> at(engine_->GetIterator());
    if (!at) return words;
    do {
        if (at->Empty(tesseract::RIL_WORD)) continue;
        int left = 0;
        int top = 0;
        int right = 0;
        int bottom = 0;
        if (!at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
        const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_WORD));
        if (text && text[0] != '\0') words.push_back({text.get(), {left, top, right - left, bottom - top}, static_cast<int>(at->Confidence(tesseract::RIL_WORD))});
    } while (at->Next(tesseract::RIL_WORD));
    engine_->Clear();
    part_overlapping(words);
    return words;
}

void part_overlapping(std::vector<SeenWord>& words) {
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        Area& area = words[at].area;
        const Area& next = words[at + 1].area;
        const bool same_line = area.top < next.bottom() && next.top < area.bottom();
        if (same_line) end_before(area, next);
    }
}

}  // namespace rightsdesk::reading
