// Filled-in forms from seeds, as scans and faxes hand them over: every field is what was meant or absent, and never anything
// else; on pages that a person reads without trouble next to nothing is absent.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/describe.h"
#include "domain/civil.h"
#include "paper/form.h"
#include "support/filled_form.h"
#include "support/scale.h"

namespace rightsdesk::paper {
namespace {

using domain::NoticeFields;
using support::Blank;
using support::Scan;

std::size_t seeds() { return support::counted<std::size_t>(150, 1'000); }

// What was done to the page, and of a thousand fields how many must be read.
struct Spoiling {
    std::string name;
    Scan scan;
    std::size_t least_right = 980;
};

void PrintTo(const Spoiling& row, std::ostream* out) { *out << row.name; }

const std::vector<Spoiling>& rows() {
    static const std::vector<Spoiling> all = {
        {"AsPrinted", {}, 999},  // an address without a ZIP code beside an empty firm may be the firm
        {"BareValues", {.blank = Blank::kBare}, 980},
        {"ExtendedLines", {.blank = Blank::kExtended}, 980},
        {"InsideLines", {.blank = Blank::kInside}, 980},
        {"Ragged", {.ragged = true}, 980},
        {"Rewrapped", {.rewrapped = true}, 980},
        {"RaggedAndRewrapped", {.ragged = true, .rewrapped = true}, 980},
        {"Indented", {.indented = true}, 980},
        {"Tabs", {.tabs = true, .crlf = true}, 980},
        {"Faxed", {.indented = true, .faxed = true}, 980},
        {"LowerCase", {.lower_case = true}, 980},
        {"UpperCase", {.upper_case = true}, 980},
        {"Shortened", {.without_title = true, .without_table = true, .without_last = true}, 980},
        {"OddBoxes", {.odd_boxes = true}, 980},
        {"Misread", {.misread = true}, 980},
        {"AllMild", {.ragged = true, .rewrapped = true, .indented = true, .crlf = true, .faxed = true, .misread = true, .without_title = true}, 980},
        {"RaggedEverywhere", {.ragged_everywhere = true}, 900},
        {"Trimmed", {.trimmed = true}, 900},
        {"TrimmedBare", {.trimmed = true, .blank = Blank::kBare}, 800},
        {"Joined", {.joined = true}, 800},
        {"Split", {.split = true}, 800},
        {"JoinedBare", {.joined = true, .blank = Blank::kBare}, 700},
        {"SplitBare", {.split = true, .blank = Blank::kBare}, 700},
        {"DoubleSpaced", {.double_spaced = true}, 980},
        {"DoubleSpacedBare", {.double_spaced = true, .blank = Blank::kBare}, 980},
        {"CloseSet", {.close_set = true}, 980},
        {"CloseSetBare", {.close_set = true, .blank = Blank::kBare}, 980},
        {"Dotted", {.dotted = true}, 980},
        {"Torn", {.torn = true}, 980},
        {"Narrow", {.narrow = true}, 800},
        {"NarrowBare", {.narrow = true, .blank = Blank::kBare}, 500},
        {"OneLine", {.one_line = true}, 500},
        {"OneLineBare", {.one_line = true, .blank = Blank::kBare}, 500},
        {"OneNarrowLineBare", {.narrow = true, .one_line = true, .blank = Blank::kBare}, 500},
        {"AboveTrimmed", {.trimmed = true, .blank = Blank::kAbove}, 300},
        {"AboveJoined", {.joined = true, .blank = Blank::kAbove}, 300},
        {"AboveCloseSet", {.close_set = true, .blank = Blank::kAbove}, 300},
        {"AboveDoubleSpaced", {.double_spaced = true, .blank = Blank::kAbove}, 300},
        {"AboveTheLine", {.blank = Blank::kAbove}, 500},
        {"AllHarsh", {.ragged_everywhere = true, .rewrapped = true, .joined = true, .split = true, .trimmed = true, .faxed = true, .misread = true, .blank = Blank::kBare}, 500},
    };
    return all;
}

template <class T>
std::string shown(const T& value) {
    if constexpr (requires { value.has_value(); }) {
        return value ? shown(*value) : "-";
    } else if constexpr (std::is_same_v<T, std::string>) {
        return "'" + value + "'";
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        std::string all;
        for (const std::string& one : value) all += "'" + one + "' ";
        return all.empty() ? "-" : all;
    } else if constexpr (std::is_enum_v<T>) {
        return base::to_text(value);
    } else if constexpr (std::is_same_v<T, domain::Date>) {
        return domain::to_text(value);
    } else if constexpr (std::is_integral_v<T>) {
        return std::to_string(value);
    } else {
        return std::to_string(value.value);
    }
}

std::map<std::string, std::string> shown_fields(const NoticeFields& fields) {
    std::map<std::string, std::string> all;
    NoticeFields::visit_members(fields, [&](std::string_view name, const auto& member) { all[std::string(name)] = shown(member); });
    return all;
}

struct Tally {
    std::size_t right = 0;
    std::size_t absent = 0;
    std::size_t wrong = 0;
    std::map<std::string, std::size_t> absent_of;
    [[nodiscard]] std::size_t all() const { return right + absent + wrong; }
};

void compare(const NoticeFields& meant, const Reading& reading, std::uint64_t seed, Tally& tally) {
    const auto wanted = shown_fields(meant);
    for (const auto& [name, value] : shown_fields(reading.fields)) {
        if (value == wanted.at(name)) {
            ++tally.right;
        } else if (value == "-") {
            ++tally.absent;
            ++tally.absent_of[name];
        } else {
            ++tally.wrong;
            EXPECT_EQ(value, wanted.at(name)) << name << ", seed " << seed;
        }
    }
}

Tally read_all(const std::string& name, std::size_t count, const std::function<Scan(std::uint64_t)>& scan_of) {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        const support::FilledForm form = support::fill_form(seed, scan_of(seed));
        const auto reading = parse_form(form.text);
        EXPECT_TRUE(reading.has_value()) << "seed " << seed << ": " << (reading ? "" : reading.error().message);
        if (reading) compare(form.meant, *reading, seed, tally);
    }
    std::string absent;
    for (const auto& [field, times] : tally.absent_of) absent += " " + field + " " + std::to_string(times);
    std::printf("%s: of %zu fields %zu right, %zu absent, %zu wrong;%s\n", name.c_str(), tally.all(), tally.right, tally.absent, tally.wrong, absent.c_str());
    return tally;
}

class FilledIn : public testing::TestWithParam<Spoiling> {};

TEST_P(FilledIn, EveryFieldIsRightOrAbsentAndNeverWrong) {
    const Spoiling& row = GetParam();
    const Tally tally = read_all(row.name, seeds(), [&](std::uint64_t) { return row.scan; });
    EXPECT_GE(tally.right * 1'000, tally.all() * row.least_right);
}

TEST(FilledInAnyhow, EveryFieldIsRightOrAbsentAndNeverWrong) {
    const Tally tally = read_all("AnyMild", 4 * seeds(), support::any_mild_scan);
    EXPECT_GE(tally.right * 1'000, tally.all() * 980);
}

INSTANTIATE_TEST_SUITE_P(All, FilledIn, testing::ValuesIn(rows()), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace rightsdesk::paper
