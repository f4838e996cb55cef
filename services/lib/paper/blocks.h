// The two blocks of the form where labels and values stand in columns: the holder's signatures, the guarantor's guarantee.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/types.h"
#include "paper/cells.h"
#include "paper/page.h"

namespace rightsdesk::paper {

// Where the fields and the words they came from are written down.
struct Notes {
    domain::NoticeFields& fields;
    std::map<std::string, std::vector<std::string>>& read_from;

    void note(const std::string& field, const std::string& source) {
        auto& sources = read_from[field];
        if (sources.empty() || sources.back() != source) sources.push_back(source);
    }
    void set(const std::string& field, std::optional<std::string>& value, const std::string& text);
};

// "Signature(s) ... Address ... Name(s) ... Tel. No.(s) ... Rights Certificate No(s)."
class HolderBlock {
public:
    HolderBlock(const Page& page, Notes notes) : page_(page), notes_(notes) {}
    void read();

private:
    void read_names_and_address(const std::string& first_line, std::size_t names_begin, std::size_t names_end);
    const Page& page_;
    Notes notes_;
};

// Labels stand below their values here: address and firm, telephone and signature, and "Dated:" in front.
class GuaranteeBlock {
public:
    GuaranteeBlock(const Page& page, Notes notes) : page_(page), notes_(notes) {}
    void read();

private:
    void read_date(std::string& block);
    void read_address_and_firm(const std::string& block, std::size_t begin);
    void read_telephone_and_signature(const std::string& block);
    const Page& page_;
    Notes notes_;
};

// Several people on one line: apart by ";", "/s/", a line's end, or by "and" or "&" between names of two words and more.
std::vector<std::string> people_in(const std::string& text);

}  // namespace rightsdesk::paper
