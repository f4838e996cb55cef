// A reader of pages that says what a test tells it to, by the document's octets.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mail_gateway/page_reader.h"

namespace rightsdesk::mail_gateway {

class ScriptedPages final : public PageReader {
public:
    std::map<std::string, PageReading> readings;
    std::vector<std::string> asked;

    PageReading read(const base::Bytes& document, const std::string&) override {
        asked.push_back(document.value);
        const auto found = readings.find(document.value);
        return found == readings.end() ? PageReading{PageVerdict::kUnread, "the test has no reading of it"} : found->second;
    }
};

}  // namespace rightsdesk::mail_gateway
