#include "paper/blocks.h"

#include <algorithm>
#include <cctype>

#include "paper/dates.h"
#include "paper/form_words.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kRightColumn = 26;  // of the form's 80; its right column begins at 40

std::size_t column_of(const Page& page, std::size_t at) {
    const auto line = page.text().rfind('\n', at == 0 ? 0 : at - 1);
    return line == std::string::npos ? at : at - line - 1;
}

std::string without_marks(std::string text) {
    for (std::size_t at = text.find("/s/"); at != std::string::npos; at = text.find("/s/")) text.replace(at, 3, " ");
    for (std::size_t at = text.find("/S/"); at != std::string::npos; at = text.find("/S/")) text.replace(at, 3, " ");
    text = tidy(text);
    while (!text.empty() && (text.front() == ':' || text.front() == ',' || text.front() == ' ')) text.erase(0, 1);
    while (!text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == ' ')) text.pop_back();
    return text;
}

std::size_t words_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + (text.empty() ? 0 : 1);
}

// Splits where both sides are whole names.
std::vector<std::string> split_between_names(const std::string& text) {
    const std::string small = lower(text);
    for (const std::string_view between : {" and ", " & "}) {
        const auto at = small.find(between);
        if (at == std::string::npos) continue;
        const std::string left = text.substr(0, at);
        const std::string right = text.substr(at + between.size());
        if (words_in(left) < 2 || words_in(right) < 2) continue;
        std::vector<std::string> names = {left};
        const auto rest = split_between_names(right);
        names.insert(names.end(), rest.begin(), rest.end());
        return names;
    }
    return {text};
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

}  // namespace

void Notes::set(const std::string& field, std::optional<std::string>& value, const std::string& text) {
    if (!says_something(text)) return;
    value = text;
    note(field, text);
}

std::vector<std::string> people_in(const std::string& text) {
    std::vector<std::string> people;
    std::string piece;
    const auto finish = [&] {
        const std::string name = without_marks(piece);
        if (says_something(name)) {
            for (const std::string& one : split_between_names(name)) people.push_back(without_marks(one));
        }
        piece.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool sign = text.compare(at, 3, "/s/") == 0 || text.compare(at, 3, "/S/") == 0;
        if (sign || text[at] == ';' || text[at] == '\n') {
            finish();
            at += sign ? 2 : 0;
            continue;
        }
        piece.push_back(text[at]);
    }
    finish();
    return people;
}

// ---- the holder ----

void HolderBlock::read() {
    const auto start = page_.find(words::kSignatures, page_.find(words::kDrawee).value_or(Span{}).end);
    if (!start) return;
    const auto certificates = page_.find(words::kCertificates, start->end);
    const std::size_t block_end = certificates ? certificates->begin : std::min(page_.size(), start->end + 2 * kWidestBlank);
    const auto address = page_.find(words::kAddress, start->end);
    const auto names = page_.find(words::kNames, start->end);
    const auto print = page_.find(words::kTypeOrPrint, start->end);
    const auto telephone = page_.find(words::kTelephone, start->end);
    const auto within = [&](const std::optional<Span>& span) { return span && span->begin < block_end; };

    const std::size_t signatures_end = within(address) ? address->begin : within(names) ? names->begin : block_end;
    const std::string signatures = page_.between(start->end, signatures_end);
    notes_.fields.signatures = people_in(signatures);
    if (!notes_.fields.signatures.empty()) notes_.note("signatures", tidy(signatures));

    if (within(names)) {
        const std::string line = within(address) && address->end < names->begin ? page_.between(address->end, names->begin) : "";
        read_names_and_address(line, names->end, within(telephone) ? telephone->begin : block_end);
    }
    (void)print;
    if (within(telephone)) {
        const std::string text = tidy(page_.between(telephone->end, block_end));
        notes_.set("telephone", notes_.fields.telephone, text.substr(std::min(text.size(), text.find_first_not_of(": "))));
    }
    if (!certificates) return;
    const auto available = page_.find(words::kIfAvailable, certificates->end);
    const auto guarantee = page_.find(words::kGuaranteeTitle, certificates->end);
    const std::size_t from = available && guarantee && available->end < guarantee->begin ? available->end : certificates->end;
    const std::string text = tidy(page_.between(from, guarantee ? guarantee->begin : std::min(page_.size(), from + kWidestBlank)));
    const std::string small = lower(text);
    if (!says_something(text) || small == "none" || small == "n/a" || small == "not available" || small == "na") return;
    notes_.note("certificate_numbers", text);
    std::string number;
    for (const char letter : text + ",") {
        if (letter != ',' && letter != ';' && letter != '&') {
            number.push_back(letter);
            continue;
        }
        number = tidy(number);
        if (lower(number).starts_with("and ")) number.erase(0, 4);
        if (says_something(number)) notes_.fields.certificate_numbers.push_back(number);
        number.clear();
    }
}

// The address goes on beside and below the name: pieces that read like an address, or stand in the right column, are it.
void HolderBlock::read_names_and_address(const std::string& first_line, std::size_t names_begin, std::size_t names_end) {
    std::vector<std::string> address;
    if (says_something(first_line)) address.push_back(tidy(first_line));
    const auto print = page_.find(words::kTypeOrPrint, names_begin);
    const std::size_t names_stop = print && print->begin < names_end ? print->begin : names_end;
    std::string names_text;
    bool first = true;
    for (const Cell& cell : cells_of(page_.between(names_begin, names_stop), column_of(page_, names_begin))) {
        const bool right = cell.column >= kRightColumn + 10 || (!first && cell.line == 0);
        if (!first && (right || is_address_like(cell.text))) {
            address.push_back(cell.text);
        } else if (first && is_address_like(cell.text) && right) {
            address.push_back(cell.text);
        } else {
            names_text += (names_text.empty() ? "" : "\n") + cell.text;
        }
        first = false;
    }
    if (print && print->end < names_end) {
        for (const Cell& cell : cells_of(page_.between(print->end, names_end))) address.push_back(cell.text);
    }
    // Run together: "John Q. Public New York, NY 10021" cannot be told apart for certain.
    const bool run_together = end_of_zip(names_text) != std::string::npos;
    if (says_something(names_text)) notes_.note("names", tidy(names_text));
    if (!run_together) notes_.fields.names = people_in(names_text);
    notes_.set("address", notes_.fields.address, joined(address));
}

// ---- the guarantor ----

void GuaranteeBlock::read() {
    auto title = page_.find(words::kGuarantee);
    if (!title) title = page_.find(words::kGuaranteeTitle);
    const auto hereof = page_.find(words::kDateHereof, title ? title->end : 0);
    if (!hereof) return;
    const auto address = page_.find(words::kGuarantorAddress, hereof->end);
    const auto firm = page_.find(words::kNameOfFirm, hereof->end);
    const auto telephone = page_.find(words::kGuarantorTelephone, hereof->end);
    const auto signature = page_.find(words::kAuthorizedSignature, hereof->end);
    const std::size_t upper_end = address ? address->begin : firm ? firm->begin : telephone ? telephone->begin : page_.size();
    std::size_t begin = hereof->end;
    while (begin < upper_end && (page_.text()[begin] == '.' || page_.text()[begin] == ' ')) ++begin;
    std::string upper = page_.between(begin, std::min(upper_end, begin + 2 * kWidestBlank));
    read_date(upper);
    read_address_and_firm(upper, begin);
    const std::size_t lower_begin = std::max(address ? address->end : 0, firm ? firm->end : 0);
    const std::size_t lower_end = telephone ? telephone->begin : signature ? signature->begin : 0;
    if (lower_begin > 0 && lower_begin < lower_end) read_telephone_and_signature(page_.between(lower_begin, lower_end));
}

// Takes the date out of the block, so that what is left is address and firm.
void GuaranteeBlock::read_date(std::string& block) {
    const Page inner(block);
    const auto label = inner.find(words::kDated);
    if (!label) return;
    std::size_t from = label->end;
    while (from < block.size() && (block[from] == ':' || block[from] == ' ' || block[from] == '_' || block[from] == '.')) ++from;
    std::size_t cut = label->end;
    if (const auto date = read_date_prefix(std::string_view(block).substr(from))) {
        notes_.fields.dated = date->date;
        notes_.note("dated", tidy(block.substr(from, date->length)));
        cut = from + date->length;
    } else {
        // What stands in its line is no date that can be read: it is kept, and is not taken for the firm.
        const auto line_end = block.find('\n', label->end);
        const auto cells = cells_of(std::string_view(block).substr(from, line_end == std::string::npos ? std::string::npos : line_end - from));
        const bool in_line = from < block.size() && (line_end == std::string::npos || from < line_end) && !cells.empty();
        if (in_line && std::any_of(cells.front().text.begin(), cells.front().text.end(), [](unsigned char letter) { return std::isdigit(letter) != 0; }) &&
            !is_address_like(cells.front().text)) {
            notes_.note("dated", cells.front().text);
            cut = block.find(cells.front().text, from) == std::string::npos ? cut : block.find(cells.front().text, from) + cells.front().text.size();
        }
    }
    // The place of every other piece stays as it was.
    for (std::size_t at = label->begin; at < cut; ++at) {
        if (block[at] != '\n') block[at] = ' ';
    }
}

void GuaranteeBlock::read_address_and_firm(const std::string& block, std::size_t begin) {
    std::vector<std::string> address;
    std::vector<std::string> firm;
    const std::vector<Cell> cells = cells_of(block, column_of(page_, begin));
    for (std::size_t at = 0; at < cells.size(); ++at) {
        const Cell& cell = cells[at];
        const auto zip = end_of_zip(cell.text);
        if (zip != std::string::npos && says_something(std::string_view(cell.text).substr(zip))) {
            address.push_back(tidy(cell.text.substr(0, zip)));
            firm.push_back(without_marks(cell.text.substr(zip)));
            continue;
        }
        const bool beside = at > 0 && cells[at - 1].line == cell.line;
        const bool right = cell.line == 0 && at == 0 ? cell.column >= kRightColumn + 10 : (beside || cell.column >= kRightColumn);
        if (right && !(is_address_like(cell.text) && zip != std::string::npos)) {
            firm.push_back(cell.text);
        } else if (!is_address_like(cell.text) && at + 1 == cells.size() && firm.empty() && !address.empty() && end_of_zip(address.back()) != std::string::npos) {
            firm.push_back(cell.text);  // ragged: what follows the ZIP code stands for the firm
        } else {
            address.push_back(cell.text);
        }
    }
    notes_.set("guarantor_address", notes_.fields.guarantor_address, joined(address));
    std::string name;
    for (const std::string& part : firm) name += (name.empty() ? "" : " ") + part;
    notes_.set("guarantor_name", notes_.fields.guarantor_name, without_marks(name));
}

void GuaranteeBlock::read_telephone_and_signature(const std::string& block) {
    const std::string text = tidy(block);
    const TelephonePlace telephone = telephone_in(text);
    std::string rest = text;
    if (telephone.length > 0) {
        notes_.set("guarantor_telephone", notes_.fields.guarantor_telephone, tidy(text.substr(telephone.begin, telephone.length)));
        rest.erase(telephone.begin, telephone.length);
    }
    const std::string signature = without_marks(rest);
    if (!says_something(signature)) return;
    notes_.fields.signatory = signature;
    notes_.note("signatory", tidy(rest));
}

}  // namespace rightsdesk::paper
