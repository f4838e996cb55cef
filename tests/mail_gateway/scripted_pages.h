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

    base::Result<reading::PageReading> read(std::string_view document) override {
        asked.emplace_back(document);
        const auto found = readings.find(std::string(document));
        if (found == readings.end()) return base::invalid("the test has no reading of it");
        return found->second;
    }
};

}  // namespace rightsdesk::mail_gateway
