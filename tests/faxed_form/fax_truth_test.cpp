// The truth beside a faxed form: it is on the page, where it is said to be, and on no page twice over.
#include <gtest/gtest.h>

#include <poppler-document.h>
#include <poppler-page.h>

#include <cmath>
#include <memory>
#include <set>
#include <sstream>

#include "base/result.h"
#include "support/blank_form.h"
#include "support/fax_files.h"
#include "support/filled_form.h"
#include "support/scale.h"

namespace rightsdesk::support {
namespace {

std::string words_alone(const std::string& text) {
    std::istringstream stream(text);
    std::string all;
    for (std::string word; stream >> word;) all += (all.empty() ? "" : " ") + word;
    return all;
}

// By somebody else's eyes: poppler, from the PDF.
std::string text_of_pdf(const std::string& octets) {
    std::vector<char> bytes(octets.begin(), octets.end());
    const std::unique_ptr<poppler::document> document(poppler::document::load_from_data(&bytes));
    if (!document) throw std::runtime_error("poppler reads no document");
    std::string text;
    for (int number = 0; number < document->pages(); ++number) {
        const std::unique_ptr<poppler::page> page(document->create_page(number));
        const auto utf8 = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
        text += std::string(utf8.begin(), utf8.end()) + "\n";
    }
    return text;
}

// The words of a blank form, each blank as its name, without the marks of its layout.
std::vector<std::string> own_words_of(std::string_view text, bool with_marks) {
    std::string plain;
    for (std::string line : lines_in(text)) {
        if (line.starts_with("%") || line.starts_with("<") || line.starts_with("Exhibit") || line.starts_with("~")) continue;
        if (with_marks && line.starts_with("@")) line = " {box:" + line.substr(1, line.find(' ') - 1) + "} " + line.substr(line.find(' '));
        if (with_marks && !line.empty() && std::string_view("!^>:;.").find(line.front()) != std::string_view::npos) line = line.substr(1);
        plain += line + "\n";
    }
    std::string spaced;
    for (std::size_t at = 0; at < plain.size(); ++at) {
        if (plain[at] == '{') {
            const std::size_t end = plain.find('}', at);
            const std::size_t bar = plain.find('|', at);
            spaced += " {" + plain.substr(at + 1, std::min(bar, end) - at - 1) + "} ";
            at = end;
        } else {
            spaced.push_back(plain[at]);
        }
    }
    std::istringstream stream(spaced);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        if (word != "||" && word != "<S>" && word != "<C>") words.push_back(word);
    }
    return words;
}

TEST(FormItself, HasTheWordsAndTheBlanksOfTheForm) {
    // Columns are read across or down, so the order is not asked for.
    const auto of_form = own_words_of(kBlankForm, false);
    const auto of_layout = own_words_of(layout_named("form_itself")->text, true);
    EXPECT_EQ(std::multiset<std::string>(of_form.begin(), of_form.end()), std::multiset<std::string>(of_layout.begin(), of_layout.end()));
}

TEST(FormItself, HasTheCasesOfTheTextForm) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        domain::NoticeFields meant = case_on_layout(seed, *layout_named("form_itself")).meant;
        domain::NoticeFields of_text = fill_form(seed).meant;
        // The faxes' people can multiply.
        meant.aggregate_cents = of_text.aggregate_cents;
        EXPECT_TRUE(meant == of_text) << "seed " << seed;
    }
}

TEST(Case, PaysForWhatItAsks) {
    std::size_t right = 0;
    std::size_t all = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto meant = case_on_layout(seed, *layout_named("form_itself")).meant;
        if (meant.subscription_price != "2.00" || !meant.basic_shares || !meant.excess_shares || !meant.aggregate_cents) continue;
        ++all;
        right += meant.aggregate_cents->value == 200 * (meant.basic_shares->value + meant.excess_shares->value) ? 1 : 0;
    }
    EXPECT_GT(all, 50U);
    EXPECT_GT(right * 100, all * 80);
    EXPECT_LT(right, all) << "some notices are wrong";
}

struct LayoutRow {
    const char* layout;
    std::set<std::string> lacks;  // fields that its blanks do not ask for
};

class OnLayout : public testing::TestWithParam<LayoutRow> {};

TEST_P(OnLayout, MeansWhatItAsksForAndNothingElse) {
    std::set<std::string> present;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto meant = case_on_layout(seed, *layout_named(GetParam().layout)).meant;
        domain::NoticeFields::visit_members(meant, [&](std::string_view name, const auto& member) {
            if (member != std::remove_cvref_t<decltype(member)>{}) present.emplace(name);
        });
    }
    domain::NoticeFields all;
    domain::NoticeFields::visit_members(all, [&](std::string_view name, const auto&) { EXPECT_NE(present.contains(std::string(name)), GetParam().lacks.contains(std::string(name))) << name; });
}

// Whatever is written is in the text layer of the printed page, and each blank has its place.
TEST_P(OnLayout, PrintsEveryValue) {
    for (std::uint64_t seed = 1; seed <= counted<std::uint64_t>(15, 200); ++seed) {
        const FaxedForm form = fax_form(seed, {.layout = GetParam().layout});
        const std::string text = words_alone(text_of_pdf(pdf_of(form, PdfKind::kPrinted)));
        std::set<std::string> placed;
        for (const PagePlace& place : form.values) placed.insert(place.blank);
        for (const auto& [blank, value] : form.written) {
            for (const std::string& line : lines_in(value)) EXPECT_NE(text.find(words_alone(line)), std::string::npos) << "seed " << seed << ": " << blank << " \"" << line << "\" in\n" << text;
            EXPECT_TRUE(placed.contains(blank)) << "seed " << seed << ": " << blank;
        }
    }
}

// What stands on a sheet has room there, and room of its own.
TEST_P(OnLayout, SetsNothingOnTopOfAnother) {
    for (std::uint64_t seed = 1; seed <= counted<std::uint64_t>(25, 400); ++seed) {
        for (const FaxedPage& page : fax_form(seed, {.layout = GetParam().layout}).pages) {
            for (const PlacedText& one : page.printed.texts) {
                EXPECT_TRUE(one.x > 20 && one.x + one.width < kSheetWidth - 20 && one.baseline > 40 && one.baseline < kSheetHeight - 20) << "seed " << seed << ": " << one.text;
                for (const PlacedText& other : page.printed.texts) {
                    const bool same_line = std::fabs(one.baseline - other.baseline) < 5;
                    const bool overlap = one.x < other.x + other.width - 0.5 && other.x < one.x + one.width - 0.5;
                    EXPECT_FALSE(&one != &other && same_line && overlap) << "seed " << seed << ": \"" << one.text << "\" on \"" << other.text << "\"";
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Layouts, OnLayout,
    testing::Values(LayoutRow{"form_itself", {}}, LayoutRow{"subscription_certificate", {}}, LayoutRow{"primary_subscription", {}}, LayoutRow{"unit_offering", {}},
                    LayoutRow{"estimated_price", {}}, LayoutRow{"participant_form", {"signatures", "address", "telephone", "certificate_numbers"}},
                    LayoutRow{"payment_guaranteed",
                              {"payment_delivery", "transferor_institution", "transfer_date", "confirmation_number", "maker", "instrument_date", "instrument_number", "drawee"}},
                    LayoutRow{"tender_offer",
                              {"rights_held", "basic_shares", "excess_shares", "subscription_price", "aggregate_cents", "payment_delivery", "payment_method", "transferor_institution",
                               "transfer_date", "confirmation_number", "maker", "instrument_date", "instrument_number", "drawee", "guarantee_days"}}),
    [](const testing::TestParamInfo<LayoutRow>& row) { return std::string(row.param.layout); });

TEST(Layouts, AreAllInTheTableAndOneIsNotOurs) {
    ASSERT_EQ(form_layouts().size(), 8U);
    for (const FormLayout& layout : form_layouts()) EXPECT_EQ(layout.ours, layout.name != "tender_offer") << layout.name;
    EXPECT_EQ(layout_named("no such"), nullptr);
    EXPECT_THROW(fax_form(1, {.layout = "no such"}), std::runtime_error);
}

}  // namespace
}  // namespace rightsdesk::support
