#include "paper/sheet_columns.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <vector>

namespace rightsdesk::paper {

namespace {

constexpr std::int32_t kRowsAround = 10;  // letters: rows of a block with the same columns

// Two rules of a row whose gap dirt closed, among those of columns.
void drop_joined(std::vector<SheetRule>& rules) {
    const auto left = std::min_element(rules.begin(), rules.end(), [](const SheetRule& one, const SheetRule& other) { return one.left < other.left; });
    const auto right = std::max_element(rules.begin(), rules.end(), [](const SheetRule& one, const SheetRule& other) { return one.right < other.right; });
    if (rules.empty()) return;
    const std::int32_t wide = (right->right - left->left) * 7 / 10;
    const auto is_wide = [wide](const SheetRule& rule) { return rule.right - rule.left > wide; };
    if (std::count_if(rules.begin(), rules.end(), is_wide) == 1 && rules.size() > 2) std::erase_if(rules, is_wide);
}

// Where no rule of the rows around one lies, and rules of several end or begin: columns are parted there. Where a fax tears rules it tears
// each at another place.
std::vector<Column> gutters_around(const Sheet& sheet, std::int32_t letter, std::uint32_t page, std::int32_t y) {
    std::vector<SheetRule> rules;
    rules.reserve(sheet.rules.size());
    std::copy_if(sheet.rules.begin(), sheet.rules.end(), std::back_inserter(rules), [&](const SheetRule& rule) { return rule.page == page && std::abs(rule.y - y) <= kRowsAround * letter; });
    drop_joined(rules);
    std::sort(rules.begin(), rules.end(), [](const SheetRule& one, const SheetRule& other) { return one.left < other.left; });
    std::vector<Column> gutters;
    std::int32_t reached = rules.empty() ? 0 : rules.front().right;
    for (const SheetRule& rule : rules) {
        const auto end_there = std::count_if(rules.begin(), rules.end(), [&](const SheetRule& other) { return std::abs(other.right - reached) <= letter / 4; });
        const auto begin_there = std::count_if(rules.begin(), rules.end(), [&](const SheetRule& other) { return std::abs(other.left - rule.left) <= letter / 4; });
        if (rule.left - reached >= letter * 3 / 2 && (end_there > 1 || begin_there > 1)) gutters.push_back({reached, rule.left});
        reached = std::max(reached, rule.right);
    }
    return gutters;
}

}  // namespace

Column column_of(const Sheet& sheet, std::int32_t letter, const SheetWord& first, const SheetWord& last) {
    Column column;
    for (const SheetWord& word : sheet.words) {
        if (word.page != first.page || std::abs(word.bottom - first.bottom) > letter / 2) continue;
        if (word.right < first.left - 2 * letter) column.from = std::max(column.from.value_or(0), (word.right + first.left) / 2);
        if (word.left > last.right + 2 * letter) column.to = std::min(column.to.value_or(word.left), (word.left + last.right) / 2);
    }
    return column;
}

Column narrow_to_gutters(const Sheet& sheet, std::int32_t letter, const SheetWord& first, const SheetWord& last, Column& column) {
    Column within;
    for (const Column& gutter : gutters_around(sheet, letter, first.page, first.top)) {
        const std::int32_t middle = (*gutter.from + *gutter.to) / 2;
        if (middle < first.left) within.from = middle;
        if (middle > last.right && !within.to) within.to = middle;
    }
    if (within.from) column.from = within.from;
    if (within.to) column.to = within.to;
    return within;
}

std::int32_t width_of(const Sheet& sheet, std::uint32_t page) {
    std::int32_t width = 0;
    for (const SheetWord& word : sheet.words) width = word.page == page ? std::max(width, word.right) : width;
    for (const SheetRule& rule : sheet.rules) width = rule.page == page ? std::max(width, rule.right) : width;
    return width;
}

}  // namespace rightsdesk::paper
