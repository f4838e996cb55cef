// Pages drawn for people: what stands where, and what is not drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "reading/drawing.h"
#include "reading/picture.h"
#include "support/fax_files.h"

namespace rightsdesk::reading {

namespace {

std::span<const std::byte> octets_of(const std::string& text) { return std::as_bytes(std::span(text)); }

// A PDF of one sheet of 612 by 792 points, upright or turned, with what the page's operators paint.
std::string pdf_painting(const std::string& operators, const std::string& more = "", const std::string& size = "612 792") {
    std::string pdf = "%PDF-1.4\n";
    std::vector<std::size_t> at;
    for (const std::string& body : {std::string("<< /Type /Catalog /Pages 2 0 R >>"), std::string("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + size + "] /Contents 4 0 R " + more + " >>",
                                    "<< /Length " + std::to_string(operators.size()) + " >>\nstream\n" + operators + "\nendstream"}) {
        at.push_back(pdf.size());
        pdf += std::to_string(at.size()) + " 0 obj\n" + body + "\nendobj\n";
    }
    const std::size_t table = pdf.size();
    pdf += "xref\n0 5\n0000000000 65535 f \n";
    for (const std::size_t offset : at) pdf += std::string(10 - std::to_string(offset).size(), '0') + std::to_string(offset) + " 00000 n \n";
    return pdf + "trailer << /Size 5 /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

Picture picture_in(const std::string& png) { return Picture(pixReadMemPng(reinterpret_cast<const l_uint8*>(png.data()), png.size())); }

// The pixel at thousandths of the page; 0 is black.
unsigned grey_at(const Picture& page, std::uint32_t left, std::uint32_t top) {
    l_uint32 value = 0;
    EXPECT_EQ(pixGetPixel(page.get(), pixGetWidth(page.get()) * static_cast<int>(left) / 1000, pixGetHeight(page.get()) * static_cast<int>(top) / 1000, &value), 0);
    return value;
}

// How much of a place is dark.
double ink_in(const Picture& page, const domain::ReadPlace& place) {
    int dark = 0, all = 0;
    for (std::uint32_t top = place.top; top < place.top + place.height; ++top) {
        for (std::uint32_t left = place.left; left < place.left + place.width; ++left) {
            ++all;
            dark += grey_at(page, left, top) < 128U ? 1 : 0;
        }
    }
    return all == 0 ? 0 : static_cast<double>(dark) / all;
}

const support::FaxRequest kClean{.quality = support::Quality::kCleanFine};

// Of the first form with a page that lies on its side.
std::uint64_t sideways_seed() {
    for (std::uint64_t seed = 2; seed < 200; ++seed) {
        const auto form = support::fax_form(seed, kClean);
        if (std::any_of(form.pages.begin(), form.pages.end(), [](const auto& page) { return page.picture.width > page.picture.height; })) return seed;
    }
    throw std::runtime_error("no form lies on its side");
}

std::string why_not(const std::string& document, std::uint32_t page = 1) {
    const auto drawn = draw_page(octets_of(document), page);
    return drawn ? "it is drawn" : drawn.error().message;
}

}  // namespace

TEST(Drawing, WhatStandsOnThePageLiesWhereItStands) {
    // From 306 to 367 points from the left, from 79 to 158 points from the top.
    const auto drawn = draw_page(octets_of(pdf_painting("306 634 61 79 re f")), 1);
    ASSERT_TRUE(drawn) << drawn.error().message;
    const Picture page = picture_in(*drawn);
    ASSERT_TRUE(page);
    EXPECT_EQ(pixGetWidth(page.get()), static_cast<int>(kMostDrawnAcross));
    EXPECT_EQ(pixGetHeight(page.get()), 2'236);
    EXPECT_EQ(grey_at(page, 550, 150), 0U);
    EXPECT_EQ(grey_at(page, 450, 150), 255U);
    EXPECT_EQ(grey_at(page, 550, 250), 255U);
}

TEST(Drawing, APageThatItsFileTurnsIsDrawnTurned) {
    const auto drawn = draw_page(octets_of(pdf_painting("306 634 61 79 re f", "/Rotate 180")), 1);
    ASSERT_TRUE(drawn) << drawn.error().message;
    const Picture page = picture_in(*drawn);
    EXPECT_EQ(grey_at(page, 450, 850), 0U);
    EXPECT_EQ(grey_at(page, 550, 150), 255U);
}

// Where the reader found a field there is ink, though a sheet was put into the scanner sideways.
TEST(Drawing, AFieldLiesOnThePictureWhereTheReaderFoundIt) {
    auto reader = Reader::open(std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/templates");
    ASSERT_TRUE(reader) << reader.error().message;
    const std::string document = support::pdf_of(support::fax_form(sideways_seed(), kClean), support::PdfKind::kPictures);
    const auto read = reader->read(octets_of(document));
    ASSERT_TRUE(read) << read.error().message;
    std::map<std::uint32_t, Picture> pages;
    std::size_t found = 0;
    for (const domain::ReadField& field : read->readings) {
        if (!field.place || field.text.empty()) continue;
        Picture& page = pages[field.place->page];
        if (!page) page = picture_in(draw_page(octets_of(document), field.place->page).value_or(""));
        ASSERT_TRUE(page) << "page " << field.place->page;
        EXPECT_GT(ink_in(page, *field.place), 0.01) << field.field;
        ++found;
    }
    EXPECT_GT(found, 10U);
}

TEST(Drawing, PagesAreCountedWhereAReaderWouldRefuseThem) {
    const std::string two = support::pdf_of(support::fax_form(1, {.turned = false}), support::PdfKind::kPictures);
    const auto counted = count_pages(octets_of(two));
    ASSERT_TRUE(counted) << counted.error().message;
    EXPECT_EQ(*counted, 2U);
    EXPECT_NE(why_not(two, 3).find("no page 3: the document has 2"), std::string::npos);
    EXPECT_NE(why_not(two, 0).find("no page 0"), std::string::npos);
}

TEST(Drawing, WhatCannotBeDrawnSaysWhy) {
    EXPECT_NE(why_not("%PDF-1.4\nnothing of it").find("damaged"), std::string::npos);
    EXPECT_NE(why_not("Dear Sirs").find("neither TIFF nor PDF"), std::string::npos);
    EXPECT_NE(why_not(pdf_painting("", "", "14000 14000")).find("drawn, it has more than"), std::string::npos) << "a bomb before it goes off";
}

}  // namespace rightsdesk::reading
