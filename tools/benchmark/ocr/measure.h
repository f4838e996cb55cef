// Faxed pages with known truth, read and held against it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reading/reading.h"
#include "support/faxed_form.h"

namespace rightsdesk::benchmark {

struct OcrRequest {
    std::vector<support::Quality> qualities;
    std::vector<std::string> layouts;
    std::size_t forms = 20;             // of each quality and layout
    std::uint64_t first_seed = 0;
    std::size_t jobs = 1;               // threads
    std::string templates;              // the folder
    bool tell = false;                  // what was not read right, on standard error
};

// Counted over the fields of one quality and layout.
struct OcrTally {
    std::size_t forms = 0;
    std::size_t pages = 0;
    std::size_t fields = 0;        // that the layout has and somebody filled in, or that were read where nobody did
    std::size_t right = 0;
    std::size_t flagged = 0;       // not read, and it is said which
    std::size_t wrong = 0;         // another value, or one where none was meant, and nothing said
    std::size_t unnoticed = 0;     // filled in, not read, and nothing said
    std::size_t keyed = 0;         // forms that go to keying
    std::size_t other_layout = 0;  // forms taken for another layout, ours for somebody else's or the other way round
    std::map<std::pair<std::string, std::string>, std::size_t> confusions;  // what stood there, what the first reading saw
    reading::Timings timings;
    std::map<std::string, std::pair<std::size_t, std::size_t>> by_field;    // not right, of

    void add(const OcrTally& other);
};

struct OcrRow {
    support::Quality quality;
    std::string layout;
    OcrTally tally;
};

// Throws std::runtime_error where a form cannot be made or read at all.
std::vector<OcrRow> measure_ocr(const OcrRequest& request);

// The figures for people, and as JSON.
std::string ocr_text(const OcrRequest& request, const std::vector<OcrRow>& rows);
std::string ocr_json(const OcrRequest& request, const std::vector<OcrRow>& rows);

// Letters that differ between what stood there and what was read, the shortest way from one to the other.
void count_confusions(const std::string& truth, const std::string& read, std::map<std::pair<std::string, std::string>, std::size_t>& into);

}  // namespace rightsdesk::benchmark
