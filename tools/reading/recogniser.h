// Tesseract, held: pixels to words with their places and how sure it is of each. Inside this room.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "reading/picture.h"

namespace tesseract {
class TessBaseAPI;
}

namespace rightsdesk::reading {

struct SeenWord {
    std::string text;
    Area area;           // in the picture that was looked at
    int confidence = 0;  // 0 to 100: the least certain of its letters, as tesseract tells it
};

// Of words from left to right: one whose area reaches into the next one's, as tesseract now and then says, ends before it.
void part_overlapping(std::vector<SeenWord>& words);

class Recogniser {
public:
    // kUnavailable: tesseract's English model is not there (Debian: tesseract-ocr-eng). With its dictionary it reads prose better;
    // without, it does not make known words of names and numbers.
    static base::Result<Recogniser> open(bool with_dictionary);

    Recogniser(Recogniser&&) noexcept;
    Recogniser& operator=(Recogniser&&) noexcept;
    ~Recogniser();

    enum class Shape { kPage, kBlock, kLine };
    // Words from left to right, line by line. `across`: pixels an inch.
    std::vector<SeenWord> words_in(Pix* picture, Shape shape, int across);

    // Whether its dictionary has the word; never where it was opened without.
    [[nodiscard]] bool knows(const std::string& word) const;

private:
    explicit Recogniser(std::unique_ptr<tesseract::TessBaseAPI> engine);
    std::unique_ptr<tesseract::TessBaseAPI> engine_;
};

}  // namespace rightsdesk::reading
