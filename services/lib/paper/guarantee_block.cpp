#include "paper/guarantee_block.h"

#include <algorithm>
#include <cctype>

#include "base/texts.h"
#include "paper/dates.h"
#include "paper/form_words.h"
#include "paper/letters.h"
#include "paper/numbers.h"
#include "paper/people.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kBesideLabel = 6;  // spaces and underscores between "Dated:" and a date
constexpr std::size_t kLeftValue = 20;    // a left column's value begins before it, indented or not
constexpr std::size_t kBeforePeriod = 120;  // "within three (3)", the spaces and line ends of a bad scan included
constexpr std::int64_t kLongestPeriod = 366;
constexpr std::size_t kRightValue = 26;  // a right column's value begins behind it; the form's begins at 40

// What the firm's column cannot hold: another's address, date or telephone. "1st Source Bank" is a firm.
bool is_not_firm(std::string_view text, bool one_of_several) {
    return end_of_zip(text) != std::string::npos || read_date_prefix(text) || telephone_in(text).length > 0 || (one_of_several && is_address_like(text));
}

}  // namespace

void GuaranteeBlock::read() {
    if (!find_labels()) return;
    if (labels_in_front()) {
        read_in_front();
    } else {
        read_below();
    }
    const std::string address = address_of(address_);
    const std::string firm = without_marks(base::joined(firm_, " "));
    if (unclear_) {
        notes_.note("guarantor_address", address);
        notes_.note("guarantor_name", firm);
        return;
    }
    notes_.set("guarantor_address", notes_.fields.guarantor_address, address);
    notes_.set("guarantor_name", notes_.fields.guarantor_name, firm);
}

bool GuaranteeBlock::find_labels() {
    auto title = page_.find(words::kGuarantee);
    if (!title) title = page_.find(words::kGuaranteeTitle);
    const auto hereof = page_.find(words::kDateHereof, title ? title->end : 0);
    if (!hereof) return false;
    read_period(hereof->begin);
    labels_.begin = hereof->end;
    const auto closing = page_.find(words::kInstitution, hereof->end);
    labels_.end = std::min(closing ? closing->begin : page_.size(), hereof->end + 4 * kWidestBlank);
    labels_.dated = page_.find(words::kDated, labels_.begin, labels_.end);
    labels_.address = page_.find(words::kGuarantorAddress, labels_.begin, labels_.end);
    labels_.firm = page_.find(words::kNameOfFirm, labels_.begin, labels_.end);
    labels_.telephone = page_.find(words::kGuarantorTelephone, labels_.begin, labels_.end);
    labels_.signature = page_.find(words::kAuthorizedSignature, labels_.begin, labels_.end);
    return labels_.firm || labels_.signature || labels_.dated;
}

// "all within three (3) business days after the date hereof": the words nearest before `before`. Words and digits that disagree,
// and other days than business days, are no period.
void GuaranteeBlock::read_period(std::size_t before) {
    std::optional<Span> within;
    std::size_t from = before - std::min(before, kBeforePeriod);
    while (const auto next = page_.find(words::kWithin, from, before)) {
        within = next;
        from = next->end;
    }
    if (!within) return;
    const std::string text = tidy(page_.between(within->end, before));
    const auto days = read_count(text);
    if (days && *days <= kLongestPeriod) notes_.fields.guarantee_days = static_cast<std::int32_t>(*days);
    if (says_something(text)) notes_.note("guarantee_days", text);
}

// In front a label has a colon or the form's line behind it; below it stands in brackets.
bool GuaranteeBlock::labels_in_front() const {
    for (const auto& label : {labels_.firm, labels_.signature}) {
        if (!label) continue;
        if (label->begin > 0 && page_.text()[label->begin - 1] == '(') return false;
        const auto next = page_.text().find_first_not_of(' ', label->end);
        return next < labels_.end && (page_.text()[next] == ':' || page_.text()[next] == '_');
    }
    return false;
}

// ---- labels in front ----

std::string GuaranteeBlock::after_label(const std::optional<Span>& label) const {
    if (!label) return "";
    std::size_t next = labels_.end;
    for (const auto& other : {labels_.dated, labels_.address, labels_.firm, labels_.telephone, labels_.signature}) {
        if (other && other->begin >= label->end) next = std::min(next, other->begin);
    }
    return page_.between(label->end, next);
}

void GuaranteeBlock::read_in_front() {
    if (labels_.dated) {
        const std::string text = without_marks(after_label(labels_.dated));
        notes_.fields.dated = read_date(text);
        notes_.note("dated", text);
    }
    if (labels_.address) {
        const Span after{labels_.address->end, labels_.address->end + after_label(labels_.address).size()};
        for (const Cell& cell : cells_of(page_, after)) address_.push_back(cell.text);
    }
    if (labels_.firm) firm_.push_back(tidy(after_label(labels_.firm)));
    set_telephone(without_marks(after_label(labels_.telephone)));
    set_signatory(after_label(labels_.signature));
}

// ---- as printed: labels below ----

void GuaranteeBlock::read_below() {
    std::size_t upper_end = labels_.end;
    for (const auto& label : {labels_.address, labels_.firm, labels_.telephone, labels_.signature}) {
        if (label) upper_end = std::min(upper_end, label->begin);
    }
    std::size_t begin = labels_.begin;
    while (begin < upper_end && (page_.text()[begin] == '.' || page_.text()[begin] == ' ')) ++begin;
    // Without both labels nobody can say what else stands in the upper part.
    unclear_ = !labels_.firm || !labels_.address;
    while (upper_end > begin && (page_.text()[upper_end - 1] == '(' || page_.text()[upper_end - 1] == ' ')) --upper_end;
    if (page_.between(begin, upper_end).find('\n') == std::string::npos) unclear_ = true;  // one line has no columns
    read_upper({begin, upper_end}, {labels_.dated ? labels_.dated->begin : upper_end, read_date_below()});
    const std::size_t lower_begin = std::max(labels_.address ? labels_.address->end : 0, labels_.firm ? labels_.firm->end : 0);
    if (!labels_.telephone || !labels_.signature || !labels_.firm || !labels_.address) return;
    Span lower_part{lower_begin, std::min(labels_.telephone->begin, labels_.signature->begin)};
    // The brackets are the labels'.
    const std::string& text = page_.text();
    while (lower_part.begin < lower_part.end && (text[lower_part.begin] == ')' || text[lower_part.begin] == ' ')) ++lower_part.begin;
    while (lower_part.end > lower_part.begin && (text[lower_part.end - 1] == '(' || text[lower_part.end - 1] == ' ')) --lower_part.end;
    read_lower(lower_part);
}

// Reads the date; answers where it ends, so that what is left is address and firm.
std::size_t GuaranteeBlock::read_date_below() {
    if (!labels_.dated) return labels_.end;
    const auto after = page_.text().find_first_not_of(": _.", labels_.dated->end);
    if (after == std::string::npos || after >= labels_.end) return labels_.dated->end;
    const std::string rest = page_.between(after, labels_.end);
    const auto date = read_date_prefix(rest);
    const std::string line = rest.substr(0, rest.find('\n'));
    // No date, and far from the label: it was joined on from another line.
    if (!date && after - labels_.dated->end > kBesideLabel && line.size() > 1) unclear_ = unclear_ || page_.between(labels_.dated->end, after).find('\n') == std::string::npos;
    // A bracket opens the next label: the blank is empty.
    if (!date || (line.empty() && page_.text()[after] == '\n')) {
        // What stands in its line is no date that can be read: it is kept, and is not taken for the firm.
        const std::vector<Cell> cells = cells_of(page_, {after, after + line.size()});
        const bool empty = cells.empty() || page_.between(labels_.dated->end, after).find('_') != std::string::npos || is_address_like(cells.front().text);
        if (empty && !(!cells.empty() && has_digit(cells.front().text) && !is_address_like(cells.front().text))) return labels_.dated->end;
        notes_.note("dated", cells.front().text);
        return after + cells.front().raw.size();
    }
    notes_.fields.dated = date->date;
    notes_.note("dated", tidy(rest.substr(0, date->length)));
    return after + date->length;
}

void GuaranteeBlock::read_upper(Span block, Span date) {
    const std::size_t before_end = std::min(date.begin, block.end);
    std::vector<Cell> cells = cells_of(page_, {block.begin, before_end});
    if (date.end < block.end) {
        std::size_t begin = date.end;
        while (begin < block.end && std::string_view(".,_ ").find(page_.text()[begin]) != std::string_view::npos) ++begin;
        const std::size_t lines = cells.empty() ? 0 : cells.back().line;
        const auto line_breaks = page_.between(block.begin, before_end);
        const std::size_t line = std::max(lines, static_cast<std::size_t>(std::count(line_breaks.begin(), line_breaks.end(), '\n')));
        std::vector<Cell> behind = cells_of(page_, {begin, block.end});
        if (!behind.empty() && behind.front().line == 0) joined_from_ = cells.size();
        for (Cell& cell : behind) {
            cell.line += line;
            cells.push_back(std::move(cell));
        }
    }
    sort_cells(cells);
}

void GuaranteeBlock::sort_cells(const std::vector<Cell>& cells) {
    bool past_zip = false;
    for (std::size_t index = 0; index < cells.size(); ++index) {
        const Cell& cell = cells[index];
        const bool first = index == 0 || cells[index - 1].line != cell.line;
        const bool alone = first && (index + 1 == cells.size() || cells[index + 1].line != cell.line);
        const auto zip = end_of_zip(cell.text);
        const Side side = side_of(cell, first, alone);
        if (is_joined(cells, index)) {
            sort_joined(cell);
            past_zip = past_zip || zip != std::string::npos;
        } else if (zip != std::string::npos && says_something(std::string_view(cell.text).substr(zip))) {
            // Run together: what follows the ZIP code is the firm.
            address_.push_back(tidy(cell.text.substr(0, zip)));
            firm_.push_back(without_marks(cell.text.substr(zip)));
            past_zip = true;
        } else if (zip != std::string::npos && side != Side::kRight) {
            address_.push_back(cell.text);
            past_zip = true;
        } else if (side == Side::kRight || (past_zip && side == Side::kUnclear)) {
            firm_.push_back(cell.text);
        } else if (side == Side::kLeft && !past_zip && (firm_.empty() || !alone)) {
            address_.push_back(cell.text);
        } else if (past_zip && alone && !cell.before_blank) {
            firm_.push_back(cell.text);  // squeezed to the left: an address ends with its ZIP code
        } else {
            address_.push_back(cell.text);
            unclear_ = true;
        }
    }
    unclear_ = unclear_ || std::any_of(firm_.begin(), firm_.end(), [&](const std::string& part) { return is_not_firm(part, firm_.size() > 1); }) ||
               std::any_of(address_.begin(), address_.end(), [](const std::string& line) { return read_date(line).has_value(); });
    // The firm may stand among the address's lines where nothing else does.
    if (firm_.empty() && !address_.empty() && end_of_zip(address_.back()) == std::string::npos) unclear_ = true;
}

// Whether another line was joined on to the cell's: it stands behind the date, which is the last in its line, or there is a
// third piece in a line of two columns.
bool GuaranteeBlock::is_joined(const std::vector<Cell>& cells, std::size_t index) const {
    const Cell& cell = cells[index];
    if (index >= joined_from_ && cell.line == cells[joined_from_].line) return true;
    const bool first = index == 0 || cells[index - 1].line != cell.line;
    return !first && std::count_if(cells.begin(), cells.end(), [&](const Cell& other) { return other.line == cell.line; }) > 2;
}

// Columns say nothing there; what is an address says so itself, and anything else may be either.
void GuaranteeBlock::sort_joined(const Cell& cell) {
    if (is_address_like(cell.text) && !says_something(std::string_view(cell.text).substr(std::min(end_of_zip(cell.text), cell.text.size())))) {
        address_.push_back(cell.text);
    } else {
        unclear_ = true;
    }
}

GuaranteeBlock::Side GuaranteeBlock::side_of(const Cell& cell, bool first, bool alone) const {
    // In the first line only the date stands at the right; columns may be those of the words that the line was joined on to.
    if (cell.line == 0 && first && labels_.dated && cell.column < page_.column_of(labels_.dated->begin)) return Side::kLeft;
    if (cell.after_blank || (!first && cell.column >= kRightValue)) return Side::kRight;
    if (cell.column >= kRightValue) return Side::kRight;
    if (!alone && first) return Side::kLeft;
    return cell.column <= kLeftValue ? Side::kLeft : Side::kUnclear;
}

// Telephone and signature stand side by side.
void GuaranteeBlock::read_lower(Span block) {
    const std::vector<Cell> cells = cells_of(page_, block);
    const std::string text = tidy(page_.between(block.begin, block.end));
    const bool apart = cells.size() == 2 && telephone_in(cells[0].text).length > 0 && !has_digit(cells[1].text);
    if (apart) {
        set_telephone(cells[0].text);
        set_signatory(cells[1].text);
        return;
    }
    const TelephonePlace telephone = telephone_in(text);
    if (telephone.length == 0) {
        if (cells.size() == 1 && cells[0].column <= kLeftValue && !cells[0].after_blank && !cells[0].text.starts_with("/")) {
            notes_.note("signatory", text);  // in the telephone's column: whose it is cannot be said
        } else {
            set_signatory(text);
        }
        return;
    }
    set_telephone(tidy(text.substr(telephone.begin, telephone.length)));
    set_signatory(text.substr(0, telephone.begin) + " " + text.substr(telephone.begin + telephone.length));
}

void GuaranteeBlock::set_telephone(const std::string& text) {
    const bool only_numbers = std::none_of(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; });
    const TelephonePlace telephone = telephone_in(text);
    if (telephone.length > 0 && (only_numbers || telephone.length == text.size())) {
        notes_.set("guarantor_telephone", notes_.fields.guarantor_telephone, text);
    } else {
        notes_.note("guarantor_telephone", text);
    }
}

void GuaranteeBlock::set_signatory(const std::string& text) {
    const std::string signatory = without_marks(text);
    notes_.note("signatory", tidy(text));
    if (says_something(signatory) && !has_digit(signatory)) notes_.fields.signatory = signatory;
}

}  // namespace rightsdesk::paper
