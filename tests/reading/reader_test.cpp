// Whole pages: what is certain is right, and what is not is said.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>

#include "paper/field_meaning.h"
#include "reading/reading.h"
#include "support/fax_files.h"

namespace rightsdesk::reading {

namespace {

// Tesseract is slow to start: one for all.
Reader& reader() {
    static Reader kept = [] {
        auto opened = Reader::open(std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/templates");
        if (!opened) throw std::runtime_error(opened.error().message);
        return *std::move(opened);
    }();
    return kept;
}

PageReading read(const std::string& octets) {
    auto page = reader().read(std::as_bytes(std::span(octets)));
    if (!page) throw std::runtime_error(page.error().message);
    return *std::move(page);
}

struct Counted {
    std::size_t fields = 0;
    std::size_t right = 0;
};

// No field may be wrong, or passed over, without being flagged; how many are right.
Counted compare(const support::FaxedForm& form, const PageReading& page) {
    Counted counted;
    domain::NoticeFields::visit_members(form.meant, [&](std::string_view name, const auto& /*member*/) {
        const std::string field(name);
        const auto meant = paper::value_text(form.meant, field);
        const auto value = paper::value_text(page.fields, field);
        if (!meant && !value) return;
        ++counted.fields;
        if (meant == value) {
            ++counted.right;
            return;
        }
        EXPECT_FALSE(value.has_value()) << "seed " << form.seed << ": " << field << " was read as " << value.value_or("") << ", meant was " << meant.value_or("nothing");
        EXPECT_TRUE(std::find(page.missing.begin(), page.missing.end(), field) != page.missing.end()) << "seed " << form.seed << ": " << field << " was passed over";
    });
    return counted;
}

Counted read_forms(support::Quality quality, const std::string& layout, std::uint64_t first, std::uint64_t count) {
    Counted all;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto form = support::fax_form(seed, {.quality = quality, .layout = layout});
        const Counted one = compare(form, read(support::tiff_of(form, support::coding_of(form))));
        all.fields += one.fields;
        all.right += one.right;
    }
    return all;
}

}  // namespace

// The figures of the issue are measured on many more by tools/bench-ocr.
TEST(Reader, CleanFinePagesAreRead) {
    const Counted counted = read_forms(support::Quality::kCleanFine, "form_itself", support::kJudgedSeeds.first, 4);
    EXPECT_GE(counted.right * 100, counted.fields * 90) << counted.right << " of " << counted.fields;
}

TEST(Reader, CrookedAndSpeckledPagesAreRead) {
    const Counted counted = read_forms(support::Quality::kSkewedSpeckledFine, "form_itself", support::kJudgedSeeds.first, 2);
    EXPECT_GE(counted.right * 100, counted.fields * 85) << counted.right << " of " << counted.fields;
}

TEST(Reader, StandardPagesAreRead) {
    const Counted counted = read_forms(support::Quality::kCleanStandard, "form_itself", support::kJudgedSeeds.first, 2);
    EXPECT_GE(counted.right * 100, counted.fields * 60) << counted.right << " of " << counted.fields;
}

TEST(Reader, PagesThatLieSidewaysOrOnTheirHeadAreTurned) {
    std::size_t turned = 0;
    for (std::uint64_t seed = support::kJudgedSeeds.first; turned < 2; ++seed) {
        const auto form = support::fax_form(seed, {});
        if (form.pages.front().turn == 0) continue;
        ++turned;
        const Counted counted = compare(form, read(support::tiff_of(form, support::FaxCoding::kGroup4)));
        EXPECT_GE(counted.right * 100, counted.fields * 80) << "turned by " << form.pages.front().turn;
    }
}

// Of a tuning seed: leptonica takes a typewriter's letters, half their rows lost, for others that lie on their side.
TEST(Reader, AnUprightPageIsNotLaidOnItsSide) {
    const auto form = support::fax_form(3'117, {.quality = support::Quality::kCleanStandard});
    ASSERT_EQ(form.pages.front().turn, 0);
    EXPECT_EQ(read(support::tiff_of(form, support::coding_of(form))).layout, "form_itself");
}

// Of tuning seeds: the last page has a few rows, on their head or on their side, and the shapes of their letters do not tell.
TEST(Reader, AShortPageIsTurnedByItsWords) {
    const auto on_its_head = support::fax_form(5'106, {.layout = "estimated_price"});
    const auto on_its_side = support::fax_form(5'141, {.layout = "primary_subscription"});
    for (const support::FaxedForm* form : {&on_its_head, &on_its_side}) {
        ASSERT_NE(form->pages.back().turn, 0);
        const PageReading page = read(support::tiff_of(*form, support::coding_of(*form)));
        for (const std::string field : {"guarantor_address", "guarantor_telephone", "dated"}) {
            EXPECT_EQ(paper::value_text(page.fields, field), paper::value_text(form->meant, field)) << "turned by " << form->pages.back().turn;
        }
    }
}

// Of a tuning seed: the address begins at the foot of the first page.
TEST(Reader, AValueThatGoesOnOverleafIsReadThere) {
    const auto form = support::fax_form(5'112, {.layout = "estimated_price"});
    ASSERT_EQ(form.pages.size(), 2U);
    const PageReading page = read(support::tiff_of(form, support::coding_of(form)));
    EXPECT_EQ(page.fields.guarantor_address, form.meant.guarantor_address);
}

// Of tuning seeds: tesseract begins an option's words with its box; half the rows make the frame's lines thick.
TEST(Reader, ABoxIsFoundWhereItsWordsReachIntoItAndItsFrameIsNoMark) {
    const auto reached_into = support::fax_form(5'166, {.quality = support::Quality::kSkewedSpeckledFine, .layout = "participant_form"});
    const auto thick = support::fax_form(5'155, {.quality = support::Quality::kCleanStandard});
    for (const support::FaxedForm* form : {&reached_into, &thick}) {
        ASSERT_TRUE(form->meant.payment_method);
        EXPECT_EQ(read(support::tiff_of(*form, support::coding_of(*form))).fields.payment_method, form->meant.payment_method);
    }
}

TEST(Reader, ATendersNoticeHasTheTitleAndIsNotOurs) {
    for (const std::string layout : {"tender_offer", "exchange_offer"}) {
        const auto form = support::fax_form(support::kJudgedSeeds.first + 7, {.layout = layout});
        const PageReading page = read(support::tiff_of(form, support::FaxCoding::kGroup4));
        EXPECT_EQ(page.verdict, Verdict::kNotOurs) << page.reason;
        EXPECT_EQ(page.layout, layout);
        EXPECT_NE(page.reason.find("send it to that offer's"), std::string::npos);
    }
}

TEST(Reader, EachLayoutIsChosenByItsOwnWords) {
    for (const std::string layout : {"subscription_certificate", "primary_subscription", "unit_offering", "estimated_price", "participant_form", "payment_guaranteed"}) {
        const auto form = support::fax_form(support::kJudgedSeeds.first + 3, {.layout = layout, .turned = false});
        const PageReading page = read(support::pdf_of(form, support::PdfKind::kPrinted));
        EXPECT_EQ(page.layout, layout);
        const Counted counted = compare(form, page);
        EXPECT_GE(counted.right * 100, counted.fields * 70) << layout << ": " << counted.right << " of " << counted.fields;
    }
}

TEST(Reader, EveryReadingHasItsPlaceOnThePage) {
    const auto form = support::fax_form(support::kJudgedSeeds.first + 1, {.turned = false});
    const PageReading page = read(support::tiff_of(form, support::FaxCoding::kGroup4));
    ASSERT_FALSE(page.readings.empty());
    for (const domain::ReadField& reading : page.readings) {
        ASSERT_TRUE(reading.place.has_value()) << reading.field;
        EXPECT_GE(reading.place->page, 1U);
        EXPECT_LE(reading.place->left + reading.place->width, 1'001U) << reading.field;
        EXPECT_LE(reading.confidence, 1'000U);
    }
}

// The same form, sent as it is and with its pages turned: a place is where the words lie on the paper that came.
TEST(Reader, APlaceIsOnThePageAsItCameHoweverItLay) {
    std::set<int> turns;
    for (std::uint64_t seed = support::kJudgedSeeds.first; turns.size() < 3; ++seed) {
        const auto lying = support::fax_form(seed, {});
        const int turn = lying.pages.front().turn;
        if (turn == 0 || !turns.insert(turn).second) continue;
        const auto upright = support::fax_form(seed, {.turned = false});
        const PageReading as_it_is = read(support::tiff_of(upright, support::FaxCoding::kGroup4));
        const PageReading turned = read(support::tiff_of(lying, support::FaxCoding::kGroup4));
        std::size_t compared = 0;  // within 50: a sheet that went through sideways has another length
        for (const domain::ReadField& reading : turned.readings) {
            const auto same = std::find_if(as_it_is.readings.begin(), as_it_is.readings.end(), [&](const domain::ReadField& other) { return other.field == reading.field; });
            if (same == as_it_is.readings.end() || !same->place || !reading.place || same->place->page != 1 || reading.place->page != 1) continue;
            if (same->text.empty() || same->text != reading.text) continue;  // read otherwise, elsewhere perhaps
            ++compared;
            const auto middle = [](std::uint32_t from, std::uint32_t size) { return static_cast<double>(from) + static_cast<double>(size) / 2; };
            const double across = middle(same->place->left, same->place->width), down = middle(same->place->top, same->place->height);
            const double x = turn == 90 ? 1'000 - down : turn == 180 ? 1'000 - across : down;
            const double y = turn == 90 ? across : turn == 180 ? 1'000 - down : 1'000 - across;
            EXPECT_NEAR(middle(reading.place->left, reading.place->width), x, 50) << reading.field << " turned by " << turn;
            EXPECT_NEAR(middle(reading.place->top, reading.place->height), y, 50) << reading.field << " turned by " << turn;
        }
        EXPECT_GE(compared, 3U) << "seed " << seed << " turned by " << turn;
    }
}

}  // namespace rightsdesk::reading
