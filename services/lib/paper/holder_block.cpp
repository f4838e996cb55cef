#include "paper/holder_block.h"

#include <algorithm>
#include <array>

#include "paper/certificate_numbers.h"
#include "paper/form_words.h"
#include "paper/letters.h"
#include "paper/people.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kLeftColumn = 20;   // a left column's value begins before it, indented or not
constexpr std::size_t kRightColumn = 30;  // a right column's value begins behind it; the form's begins at 46
constexpr std::size_t kNearLabel = 14;   // columns that a ragged line moves a value by

// An address ends with its ZIP code; what follows was joined on from another line, or is the other column's.
bool goes_on_after_zip(const std::vector<std::string>& lines) {
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const std::size_t end = end_of_zip(lines[at]);
        if (end == std::string::npos) continue;
        if (at + 1 < lines.size() || says_something(std::string_view(lines[at]).substr(end))) return true;
    }
    return false;
}

void add_line(std::string& text, const std::string& line) { text += (text.empty() ? "" : "\n") + line; }

}  // namespace

void HolderBlock::read(std::size_t from) {
    find_labels(from);
    const bool has_names = labels_.names.has_value();
    const bool has_address = labels_.address.has_value();
    if (labels_.signatures && has_names && has_address && labels_.address->begin < labels_.names->begin) {
        read_columns();
    } else {
        read_one_below_the_other();
    }
    set_fields();
    read_telephone();
    read_certificates();
}

void HolderBlock::find_labels(std::size_t from) {
    auto guarantee = page_.find(words::kGuarantee, from);
    if (!guarantee) guarantee = page_.find(words::kGuaranteeTitle, from);
    labels_.end = std::min(page_.size(), guarantee ? guarantee->begin : from + 4 * kWidestBlank);
    labels_.signatures = page_.find(words::kSignatures, from, labels_.end);
    const std::size_t start = labels_.signatures ? labels_.signatures->end : from;
    labels_.certificates = page_.find(words::kCertificates, start, labels_.end);
    const std::size_t end = labels_.certificates ? labels_.certificates->begin : labels_.end;
    labels_.address = page_.find(words::kAddress, start, end);
    labels_.names = page_.find(words::kNames, start, end);
    labels_.print = page_.find(words::kTypeOrPrint, start, end);
    labels_.telephone = page_.find(words::kTelephone, start, end);
}

std::size_t HolderBlock::next_label(std::size_t after) const {
    std::size_t next = labels_.end;
    for (const auto& label : {labels_.signatures, labels_.address, labels_.names, labels_.print, labels_.telephone, labels_.certificates}) {
        if (label && label->begin >= after) next = std::min(next, label->begin);
    }
    return next;
}

std::string HolderBlock::after_label(const Span& label) const { return page_.between(label.end, next_label(label.end)); }

// ---- as printed: two columns ----

void HolderBlock::read_columns() {
    const Labels& at = labels_;
    add_line(signatures_, page_.between(at.signatures->end, at.address->begin));
    std::string below;  // the signature
    const std::vector<Cell> cells = cells_of(page_, {at.address->end, at.names->begin});
    for (std::size_t index = 0; index < cells.size(); ++index) {
        const Cell& cell = cells[index];
        const bool first = index == 0 || cells[index - 1].line != cell.line;
        const bool alone = first && (index + 1 == cells.size() || cells[index + 1].line != cell.line);
        if (cell.line == 0 && address_.empty()) {
            address_.push_back(cell.text);
        } else if (cell.line == 0) {
            unclear_ = true;  // the address is the last in its line: this was joined on from another one
        } else if (address_.empty() || !(says_something(signatures_) || is_under(*at.address, cell))) {
            unclear_ = true;  // its label's own line is empty: it may be written above the next one
        } else {
            sort_cell(cell, first, alone, below);
        }
    }
    // Without line ends and the form's lines nobody can say where the address ends and another column begins.
    const std::string beside = page_.between(at.address->end, at.names->begin);
    unclear_ = unclear_ || (beside.find('\n') == std::string::npos && beside.find("__") == std::string::npos);
    const bool address_said = !address_.empty();
    // What may belong to either column may be a signature.
    signatures_unclear_ = unclear_ || goes_on_after_zip(address_);
    read_names();
    // An address that begins below its label's line may lack what stands above it.
    if (!address_.empty() && !address_said) unclear_ = true;
    // Without a name in its own line, what stands above that may be the name.
    if (names_.empty() && !below.empty()) unclear_ = signatures_unclear_ = true;
    if (!names_.empty()) add_line(signatures_, below);
}

void HolderBlock::read_names() {
    const Labels& at = labels_;
    const std::size_t end = next_label(at.names->end);
    const std::vector<Cell> cells = cells_of(page_, {at.names->end, end});
    for (std::size_t index = 0; index < cells.size(); ++index) {
        const Cell& cell = cells[index];
        const bool first = index == 0 || cells[index - 1].line != cell.line;
        const bool alone = first && (index + 1 == cells.size() || cells[index + 1].line != cell.line);
        const bool third = index >= 2 && cells[index - 2].line == cell.line;
        if (cell.line == 0 && first && !cell.after_blank) {
            read_name_row(cell, alone);
        } else if (third || (cell.line > 0 && names_.empty())) {
            unclear_ = true;
        } else {
            sort_cell(cell, first, alone, names_);
        }
    }
    if (!at.print || at.print->begin != end) return;
    for (const Cell& cell : cells_of(page_, {at.print->end, next_label(at.print->end)})) {
        if (telephone_in(cell.text).length > 0) {
            telephone_above_ = cell.text;
        } else {
            address_.push_back(cell.text);
        }
    }
}

// Whether it stands in the right column by its place.
bool HolderBlock::is_under(const Span& label, const Cell& cell) const {
    const std::size_t column = page_.column_of(label.begin);
    return column >= kRightColumn && cell.column + kNearLabel >= column;
}

// The name's own line. Where the scan closed the gap between the columns, the signature tells where the name ends.
void HolderBlock::read_name_row(const Cell& cell, bool alone) {
    const bool clear = !alone || cell.before_blank;
    const bool run_together = end_of_zip(cell.text) != std::string::npos;
    if (clear && !run_together) {
        add_line(names_, cell.text);
        return;
    }
    const std::string signer = without_marks(signatures_);
    if (!signer.empty() && lower(cell.text) == lower(signer)) {
        add_line(names_, cell.text);
    } else if (!signer.empty() && lower(cell.text).starts_with(lower(signer) + " ") && run_together) {
        add_line(names_, cell.text.substr(0, signer.size()));
        address_.push_back(cell.text.substr(signer.size() + 1));
    } else if (run_together || address_.empty() || end_of_zip(address_.back()) == std::string::npos) {
        notes_.note("names", cell.text);
        unclear_ = unclear_ || run_together || !address_.empty();
        if (!unclear_) add_line(names_, cell.text);
    } else {
        add_line(names_, cell.text);
    }
}

void HolderBlock::sort_cell(const Cell& cell, bool first, bool alone, std::string& left) {
    switch (side_of(cell, first, alone)) {
        case Side::kLeft: add_line(left, cell.text); return;
        case Side::kRight: address_.push_back(cell.text); return;
        case Side::kUnclear: unclear_ = true; return;
    }
}

HolderBlock::Side HolderBlock::side_of(const Cell& cell, bool first, bool alone) const {
    if (!first || cell.after_blank || end_of_zip(cell.text) != std::string::npos) return Side::kRight;
    if (!alone || cell.text.starts_with("/s/") || cell.text.starts_with("/S/")) return Side::kLeft;
    const std::size_t label = page_.column_of(labels_.address->begin);
    if (is_under(*labels_.address, cell)) return Side::kRight;
    const std::size_t margin = page_.column_of(labels_.signatures->begin);
    if (label >= margin + kRightColumn && cell.column <= margin + kLeftColumn && !is_address_like(cell.text)) return Side::kLeft;
    return Side::kUnclear;
}

// ---- other forms: one label below the other ----

void HolderBlock::read_one_below_the_other() {
    const auto lines_after = [&](const std::optional<Span>& label) {
        std::vector<std::string> lines;
        if (!label) return lines;
        const std::vector<Cell> cells = cells_of(page_, {label->end, next_label(label->end)});
        lines.reserve(cells.size());
        for (const Cell& cell : cells) lines.push_back(cell.text);
        return lines;
    };
    for (const std::string& line : lines_after(labels_.signatures)) add_line(signatures_, line);
    for (const std::string& line : lines_after(labels_.names)) add_line(names_, line);
    address_ = lines_after(labels_.address);
}

// ---- fields ----

void HolderBlock::set_fields() {
    if (signatures_unclear_) {
        notes_.note("signatures", tidy(signatures_));
    } else {
        notes_.set_people("signatures", notes_.fields.signatures, signatures_);
    }
    notes_.note("names", tidy(names_));
    const std::string address = address_of(address_);
    // Digits among names are a piece of the address.
    unclear_ = unclear_ || goes_on_after_zip(address_) || has_digit(names_) || has_digit(signatures_);
    if (unclear_) {
        notes_.note("address", address);
        return;
    }
    notes_.set_people("names", notes_.fields.names, names_);
    notes_.set("address", notes_.fields.address, address);
}

void HolderBlock::read_telephone() {
    if (!labels_.telephone) return;
    std::string text = without_marks(after_label(*labels_.telephone));
    // Written above its line: nothing else there looks like a telephone's number.
    if (!says_something(text)) text = without_marks(telephone_above_);
    const TelephonePlace telephone = telephone_in(text);
    // Two numbers are both its text; anything else beside a number may be another field's.
    const bool only_numbers = std::none_of(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; });
    if (telephone.length > 0 && (only_numbers || (telephone.begin == 0 && telephone.length == text.size()))) {
        notes_.set("telephone", notes_.fields.telephone, text);
    } else {
        notes_.note("telephone", text);
    }
}

void HolderBlock::read_certificates() {
    if (!labels_.certificates) return;
    const auto available = page_.find(words::kIfAvailable, labels_.certificates->end, std::min(labels_.end, labels_.certificates->end + kWidestBlank));
    const std::size_t from = available ? available->end : labels_.certificates->end;
    if (labels_.end - from > kWidestBlank) return;
    const std::string text = without_marks(page_.between(from, labels_.end));
    notes_.note("certificate_numbers", text);
    if (auto numbers = read_certificate_numbers(text)) notes_.fields.certificate_numbers = std::move(*numbers);
}

}  // namespace rightsdesk::paper
