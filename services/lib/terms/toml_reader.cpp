#include "terms/toml_reader.h"

#include <algorithm>
#include <sstream>

#include "base/texts.h"
#include "domain/civil.h"

namespace rightsdesk::terms {

namespace {

constexpr std::size_t kMaxTextBytes = 500;
constexpr std::size_t kMaxMistakes = 100;
constexpr std::size_t kMaxQuotedBytes = 60;

std::size_t line_at(const toml::node& value) { return value.source().begin.line; }

domain::Date from_toml(const toml::date& day) { return domain::date_of(day.year, day.month, day.day); }

bool printable(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; });
}

// On one line, and cut short between two characters.
std::string quotable(std::string text) {
    const bool cut = text.size() > kMaxQuotedBytes;
    text = base::shortened(std::move(text), kMaxQuotedBytes);
    for (char& letter : text) letter = printable(std::string(1, letter)) ? letter : '?';
    return cut ? text + "..." : text;
}

}  // namespace

void Mistakes::add(std::size_t line, const std::string& key, const std::string& what) {
    found_.push_back({line, name_ + ":" + std::to_string(line) + ": " + key + ": " + what});
}

std::string Mistakes::told() const {
    std::vector<Mistake> sorted = found_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Mistake& left, const Mistake& right) { return left.line < right.line; });
    std::string all;
    for (std::size_t index = 0; index < sorted.size() && index < kMaxMistakes; ++index) all += (index == 0 ? "" : "\n") + sorted[index].text;
    if (sorted.size() > kMaxMistakes) all += "\n... and " + std::to_string(sorted.size() - kMaxMistakes) + " more";
    return all;
}

std::string was(const toml::node& value) {
    std::ostringstream written;
    value.visit([&](const auto& node) {
        if constexpr (toml::is_table<decltype(node)>) written << "a table";
        else if constexpr (toml::is_array<decltype(node)>) written << "a list";
        else if constexpr (toml::is_string<decltype(node)>) written << '"' << quotable(node.get()) << '"';
        else written << node;
    });
    return "was " + written.str();
}

Section::Section(Mistakes& mistakes, const toml::table* table, std::string path, std::size_t line)
    : mistakes_(mistakes), table_(table), path_(std::move(path)), line_(line) {}

std::size_t Section::line_of(const std::string& key) const {
    const toml::node* found = table_ == nullptr ? nullptr : table_->get(key);
    return found == nullptr ? line_ : line_at(*found);
}

void Section::mistake(const std::string& key, const std::string& what) { mistakes_.add(line_of(key), path_of(key), what); }
void Section::missing(const std::string& key, const std::string& allowed) { mistakes_.add(line_, path_of(key), "is missing; " + allowed); }
void Section::mistake_at(const toml::node& value, const std::string& key, const std::string& what) { mistakes_.add(line_at(value), path_of(key), what); }

const toml::node* Section::node(const std::string& key) {
    asked_.push_back(key);
    return table_ == nullptr ? nullptr : table_->get(key);
}

std::optional<std::string> Section::checked_text(const std::string& key, const toml::node& value) {
    const auto text = value.value_exact<std::string>();
    if (!text) {
        mistake_at(value, key, was(value) + "; must be a text in quotes");
    } else if (text->find_first_not_of(' ') == std::string::npos || text->size() > kMaxTextBytes || !printable(*text)) {
        mistake_at(value, key, was(value) + "; must be a text of one line, 1 to " + std::to_string(kMaxTextBytes) + " bytes");
    } else {
        return text;
    }
    return std::nullopt;
}

std::optional<domain::Date> Section::checked_date(const std::string& key, const toml::node& value) {
    if (const auto* day = value.as_date()) {
        const auto checked = domain::parse_date(domain::to_text(from_toml(day->get())));
        if (checked) return *checked;
    }
    if (const auto text = value.value_exact<std::string>()) {
        const auto day = domain::parse_date(*text);
        if (day) return *day;
    }
    mistake_at(value, key, was(value) + "; must be a date like 2002-06-28");
    return std::nullopt;
}

std::optional<std::int64_t> Section::checked_whole(const std::string& key, const toml::node& value, std::int64_t least, std::int64_t most) {
    const auto number = value.value_exact<std::int64_t>();
    if (number && *number >= least && *number <= most) return number;
    mistake_at(value, key, was(value) + "; must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<std::string> Section::text(const std::string& key) {
    const toml::node* value = node(key);
    return value == nullptr ? std::nullopt : checked_text(key, *value);
}

std::optional<bool> Section::flag(const std::string& key) {
    const toml::node* value = node(key);
    if (value == nullptr) return std::nullopt;
    const auto truth = value->value_exact<bool>();
    if (!truth) mistake(key, was(*value) + "; must be true or false");
    return truth;
}

std::optional<std::int64_t> Section::whole(const std::string& key, std::int64_t least, std::int64_t most) {
    const toml::node* value = node(key);
    return value == nullptr ? std::nullopt : checked_whole(key, *value, least, most);
}

std::optional<domain::Date> Section::date(const std::string& key) {
    const toml::node* value = node(key);
    return value == nullptr ? std::nullopt : checked_date(key, *value);
}

const toml::array* Section::list(const std::string& key, std::size_t most, const char* of_what) {
    const toml::node* value = node(key);
    if (value == nullptr) return nullptr;
    const toml::array* items = value->as_array();
    if (items == nullptr) {
        mistake(key, was(*value) + "; must be a list of " + of_what + " in square brackets");
    } else if (items->size() > most) {
        mistake(key, "was a list of " + std::to_string(items->size()) + "; at most " + std::to_string(most) + " are taken");
        return nullptr;
    }
    return items;
}

std::vector<std::string> Section::texts(const std::string& key, std::size_t most) {
    std::vector<std::string> read;
    const toml::array* items = list(key, most, "texts");
    for (std::size_t index = 0; items != nullptr && index < items->size(); ++index) {
        const auto text = checked_text(key, (*items)[index]);
        if (!text) continue;
        if (std::find(read.begin(), read.end(), *text) != read.end()) mistake_at((*items)[index], key, "\"" + *text + "\" is listed twice");
        else read.push_back(*text);
    }
    return read;
}

std::vector<domain::Date> Section::dates(const std::string& key, std::size_t most) {
    std::vector<domain::Date> read;
    const toml::array* items = list(key, most, "dates");
    for (std::size_t index = 0; items != nullptr && index < items->size(); ++index) {
        if (const auto day = checked_date(key, (*items)[index])) read.push_back(*day);
    }
    return read;
}

std::vector<std::int64_t> Section::wholes(const std::string& key, std::int64_t least, std::int64_t most, std::size_t most_items) {
    std::vector<std::int64_t> read;
    const toml::array* items = list(key, most_items, "whole numbers");
    for (std::size_t index = 0; items != nullptr && index < items->size(); ++index) {
        const auto number = checked_whole(key, (*items)[index], least, most);
        if (!number) continue;
        if (std::find(read.begin(), read.end(), *number) != read.end()) mistake_at((*items)[index], key, std::to_string(*number) + " is listed twice");
        else read.push_back(*number);
    }
    return read;
}

Section Section::section(const std::string& key) {
    const toml::node* value = node(key);
    if (value == nullptr) return Section(mistakes_, nullptr, path_of(key), line_);
    if (value->as_table() == nullptr) mistake(key, was(*value) + "; must be a table");
    return Section(mistakes_, value->as_table(), path_of(key), line_at(*value));
}

std::vector<Section> Section::sections(const std::string& key, std::size_t most) {
    std::vector<Section> read;
    const toml::array* items = list(key, most, "tables");
    for (std::size_t index = 0; items != nullptr && index < items->size(); ++index) {
        const toml::node& item = (*items)[index];
        if (item.as_table() == nullptr) mistake_at(item, key, was(item) + "; must be a table");
        else read.emplace_back(mistakes_, item.as_table(), path_of(key), line_at(item));
    }
    return read;
}

std::optional<std::size_t> Section::one_of_texts(const std::string& key, const std::vector<std::string>& allowed) {
    const toml::node* value = node(key);
    if (value == nullptr) return std::nullopt;
    const auto text = value->value_exact<std::string>();
    const auto found = text ? std::find(allowed.begin(), allowed.end(), *text) : allowed.end();
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    mistake(key, was(*value) + "; must be one of " + base::joined(allowed));
    return std::nullopt;
}

void Section::finish() {
    if (table_ == nullptr) return;
    std::vector<std::string> known = asked_;
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    for (const auto& [key, value] : *table_) {
        const std::string name(key.str());
        if (std::binary_search(known.begin(), known.end(), name)) continue;
        mistakes_.add(key.source().begin.line, path_of(quotable(name)), "is no key here; those known are " + base::joined(known));
    }
}

}  // namespace rightsdesk::terms
