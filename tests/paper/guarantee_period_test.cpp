// The form's own period for the certificates: "within three (3) business days after the date hereof" (rules.md section 1: keep
// both, flag a difference). Nothing is guessed.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "paper/form.h"
#include "support/filled_form.h"

namespace rightsdesk::paper {
namespace {

const std::string kPrintedPeriod = "three (3) business days after the date hereof";

// A filled-in form that says this instead.
std::string form_that_says(const std::string& period, support::Scan scan = {}) {
    std::string text = support::fill_form(7, scan).text;
    const auto at = text.find(kPrintedPeriod);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, kPrintedPeriod.size(), period);
}

TEST(GuaranteePeriod, IsTheNumberBeforeTheBusinessDays) {
    struct {
        const char* story;
        std::string period;
        std::optional<std::int32_t> days;
    } const rows[] = {
        {"as printed", kPrintedPeriod, 3},
        {"two", "two (2) business days after the date hereof", 2},
        {"one, and the day is one", "one (1) business day after the date hereof", 1},
        {"in digits alone", "5 business days after the date hereof", 5},
        {"in words alone", "two business days after the date hereof", 2},
        {"in capitals", "TWO (2) BUSINESS DAYS AFTER THE DATE HEREOF", 2},
        {"a line break between word and digit", "two\n(2) business days after the date hereof", 2},
        {"a line break before the business days", "two (2)\n     business days after the date hereof", 2},
        {"a line break within them", "two (2) business\ndays after the date\nhereof", 2},
        {"at the next line's beginning", "\n\n  two (2) business days after the date hereof", 2},
        {"word and digit disagree", "three (2) business days after the date hereof", std::nullopt},
        {"no number that can be read", "a few business days after the date hereof", std::nullopt},
        {"more than anybody waits", "900 business days after the date hereof", std::nullopt},
        {"the blank is empty", "______ business days after the date hereof", std::nullopt},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        const auto reading = parse_form(form_that_says(row.period));
        ASSERT_TRUE(reading.has_value());
        EXPECT_EQ(reading->fields.guarantee_days, row.days);
        const auto printed = parse_form(support::fill_form(7, {}).text);
        EXPECT_EQ(reading->fields.dated, printed->fields.dated) << "the block below is read all the same";
        EXPECT_EQ(reading->fields.guarantor_name, printed->fields.guarantor_name);
    }
}

TEST(GuaranteePeriod, IsAbsentWithoutItsWords) {
    const auto reading = parse_form(form_that_says("the time that the Prospectus states"));
    ASSERT_TRUE(reading.has_value());
    EXPECT_FALSE(reading->fields.guarantee_days.has_value());
    EXPECT_EQ(std::count(reading->missing.begin(), reading->missing.end(), "guarantee_days"), 0) << "a sender has nothing to supply";
}

TEST(GuaranteePeriod, SaysWhereItWasReadFrom) {
    const auto reading = parse_form(form_that_says("two (2) business days after the date hereof"));
    ASSERT_TRUE(reading.has_value());
    EXPECT_EQ(reading->read_from.at("guarantee_days"), std::vector<std::string>{"two (2)"});
}

}  // namespace
}  // namespace rightsdesk::paper
