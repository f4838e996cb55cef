// What is no notice, and what somebody made to look like one.
#include <gtest/gtest.h>

#include <string>

#include "paper/form.h"
#include "support/filled_form.h"

namespace rightsdesk::paper {
namespace {

std::string reason_of(const std::string& text) {
    const auto reading = parse_form(text);
    return reading ? "" : reading.error().message;
}

TEST(Unusable, IsRefusedWithItsReason) {
    EXPECT_EQ(reason_of(""), "the document has no text");
    EXPECT_EQ(reason_of(" \n\f ____ \n"), "the document has no text");
    EXPECT_EQ(reason_of(std::string(kMaxFormOctets + 1, 'x')), "the document has more than 256 KiB: that is no notice's text");
    EXPECT_EQ(reason_of(std::string("%PDF-1.4\n") + std::string(600, '\x01')), "the document is no text: hand over the text layer of the fax");
    const std::string other = "the words of a notice of guaranteed delivery for rights are not in the document";
    EXPECT_EQ(reason_of("Dear Sirs, please find enclosed our check. Yours, John Smith"), other);
    EXPECT_EQ(reason_of("NOTICE OF GUARANTEED DELIVERY for Tender of Shares pursuant to the Offer to Purchase"), other);
}

TEST(Unusable, TheEmptyFormHasEveryFieldMissingButTheOneThatIsPrinted) {
    const std::string blank = support::with_own_words(support::kBlankForm, [](std::string word) { return word.front() == '%' ? "" : word; });
    std::string form;
    for (bool in_mark = false; const char letter : blank) {
        if (letter == '{') in_mark = true;
        if (!in_mark) form.push_back(letter);
        if (letter == '}') form += "____________";
        if (letter == '}') in_mark = false;
    }
    const auto reading = parse_form(form);
    ASSERT_TRUE(reading.has_value());
    std::size_t fields = 0;
    domain::NoticeFields::visit_members(reading->fields, [&](std::string_view, const auto&) { ++fields; });
    EXPECT_EQ(reading->missing.size(), fields - 1);
    EXPECT_EQ(reading->fields.guarantee_days, 3);
}

// Nothing to compare with: it must come to an end, within its bounds, and say what is missing.
TEST(Unusable, TornPagesAreReadToTheirEnd) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        std::string text = support::fill_form(seed, {.ragged_everywhere = true, .joined = true}).text;
        support::Random random(seed);
        for (std::size_t times = 1 + random.below(60); times > 0; --times) {
            const std::size_t at = random.below(text.size());
            switch (random.below(4)) {
                case 0: text.erase(at, 1 + random.below(40)); break;
                case 1: text.insert(at, 1 + random.below(3), static_cast<char>(random.below(256))); break;
                case 2: text.insert(at, text.substr(random.below(text.size()), random.below(200))); break;
                default: text[at] = static_cast<char>(random.below(256)); break;
            }
        }
        if (random.one_in(4)) text.resize(random.below(text.size()));
        const auto reading = parse_form(text);
        EXPECT_TRUE(reading.has_value() || !reading.error().message.empty());
    }
}

// As large as may be, of what the reader looks for: linear time makes this a matter of milliseconds, quadratic of minutes.
TEST(Unusable, LargePagesMadeOfLabelsTakeNoTime) {
    const std::string form = support::fill_form(1).text;
    for (const std::string filler : {"Signature(s) ", "Name of maker: ", "____ ", "|X| ", "/s/ ", "s/ ", "X", "12 ", "\n", "payment of the Subscription Price of ", "subscriptoin agnet ", "Dated: ", " and ", "(", ".", "a\n____________\n"}) {
        for (const std::string label : {"GUARANTEE OF DELIVERY", "Address", "Name(s)", "either (check"}) {
            std::string large = form;
            const auto at = large.find(label);
            ASSERT_NE(at, std::string::npos);
            std::string filled;
            while (filled.size() + filler.size() + large.size() < kMaxFormOctets) filled += filler;
            large.insert(at, filled);
            EXPECT_TRUE(parse_form(large).has_value());
        }
    }
}

}  // namespace
}  // namespace rightsdesk::paper
