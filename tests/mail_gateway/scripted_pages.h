// A reader of pages that says what a test tells it to, by the document's octets.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "feeds/page_reader.h"

namespace rightsdesk::mail_gateway {

class ScriptedPages final : public feeds::PageReader {
public:
    std::map<std::string, reading::PageReading> readings;
    std::vector<std::string> asked;
    std::vector<std::string> asked_texts;

    base::Result<reading::PageReading> read(std::string_view document) override {
        asked.emplace_back(document);
        const auto found = readings.find(std::string(document));
        if (found == readings.end()) return base::invalid("the test has no reading of it");
        return found->second;
    }
    // Of a text, likewise; one without a reading is no notice to it.
    base::Result<reading::PageReading> read_text(std::string_view text) override {
        asked_texts.emplace_back(text);
        const auto found = readings.find(std::string(text));
        return found == readings.end() ? reading::PageReading{} : found->second;
    }
};

}  // namespace rightsdesk::mail_gateway
