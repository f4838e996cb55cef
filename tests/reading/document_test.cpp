// What a document may be, and what it may not: everything is bounded before a pixel is decoded.
#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>

#include "reading/document.h"
#include "support/fax_files.h"

namespace rightsdesk::reading {

namespace {

std::span<const std::byte> bytes_of(const std::string& octets) { return std::as_bytes(std::span(octets)); }

std::string little(std::uint64_t value, std::size_t octets) {
    std::string text;
    for (std::size_t at = 0; at < octets; ++at) text.push_back(static_cast<char>(value >> (8 * at) & 0xFF));
    return text;
}

// A TIFF of one directory, of one strip of Group 4 that holds nothing: what a bomb looks like before it goes off.
std::string tiff_of_size(std::uint32_t width, std::uint32_t height, std::uint16_t bits = 1) {
    const auto entry = [](std::uint16_t tag, std::uint16_t type, std::uint32_t value) { return little(tag, 2) + little(type, 2) + little(1, 4) + little(value, 4); };
    std::string directory = little(8, 2) + entry(256, 4, width) + entry(257, 4, height) + entry(258, 3, bits) + entry(259, 3, 4) + entry(262, 3, 0) + entry(273, 4, 8) + entry(277, 3, 1) + entry(279, 4, 4);
    return std::string("II*\0", 4) + little(12, 4) + std::string(4, '\0') + directory + little(0, 4);
}

std::string refusal(const std::string& octets, const Limits& limits = {}) {
    auto document = open_document(bytes_of(octets), limits);
    if (!document) return document.error().message;
    for (std::uint32_t page = 0; page < (*document)->pages(); ++page) {
        const auto read = (*document)->page(page);
        if (!read) return read.error().message;
    }
    return "";
}

std::string fax(support::FaxCoding coding) { return support::tiff_of(support::fax_form(1, {.turned = false}), coding); }

}  // namespace

TEST(Document, FaxesOfEachCodingAreDecoded) {
    for (const auto coding : {support::FaxCoding::kGroup3, support::FaxCoding::kGroup3TwoDimensional, support::FaxCoding::kGroup4}) {
        const std::string octets = fax(coding);
        auto document = open_document(bytes_of(octets), {});
        ASSERT_TRUE(document) << document.error().message;
        EXPECT_EQ((*document)->pages(), 2U);
        const auto page = (*document)->page(0);
        ASSERT_TRUE(page) << page.error().message;
        EXPECT_EQ(page->across, 204U);
        EXPECT_EQ(page->down, 196U);
        EXPECT_EQ(pixGetWidth(page->picture.get()), 1728);
    }
}

TEST(Document, NeitherTiffNorPdfIsRefused) {
    EXPECT_NE(refusal("Dear Sirs, please find enclosed").find("neither TIFF nor PDF"), std::string::npos);
    EXPECT_NE(refusal("").find("neither TIFF nor PDF"), std::string::npos);
    EXPECT_NE(refusal(std::string("\x89PNG\r\n\x1a\n", 8)).find("neither TIFF nor PDF"), std::string::npos);
}

TEST(Document, MoreOctetsThanTheLimitAreRefused) { EXPECT_NE(refusal(fax(support::FaxCoding::kGroup4), {.octets = 1'000}).find("at most 1000 are read"), std::string::npos); }

TEST(Document, MorePagesThanTheLimitAreRefused) { EXPECT_NE(refusal(fax(support::FaxCoding::kGroup4), {.pages = 1}).find("more than 1 pages"), std::string::npos); }

TEST(Document, MorePixelsThanTheLimitAreRefusedBeforeTheyAreDecoded) {
    EXPECT_NE(refusal(tiff_of_size(100'000, 100'000)).find("100000 by 100000 pixels"), std::string::npos);
    EXPECT_NE(refusal(fax(support::FaxCoding::kGroup4), {.pixels_per_page = 1'000}).find("at most 1000 are read"), std::string::npos);
}

TEST(Document, APageWithoutPixelsOrOfStrangeOnesIsRefused) {
    EXPECT_NE(refusal(tiff_of_size(0, 0)), "");
    EXPECT_NE(refusal(tiff_of_size(1'728, 100, 32)).find("32 bits"), std::string::npos);
}

TEST(Document, ATruncatedTiffIsRefusedWhereverItEnds) {
    const std::string whole = fax(support::FaxCoding::kGroup4);
    for (const std::size_t length : {std::size_t{4}, std::size_t{8}, whole.size() / 4, whole.size() / 2}) EXPECT_NE(refusal(whole.substr(0, length)), "") << length;
}

TEST(Document, ADirectoryThatPointsAtItselfEnds) {
    std::string circle = tiff_of_size(1'728, 100);
    circle.replace(circle.size() - 4, 4, little(12, 4));
    EXPECT_NE(refusal(circle), "");
}

TEST(Document, AHostilePdfIsRefused) {
    EXPECT_NE(refusal("%PDF-1.7\nnothing of a PDF follows"), "");
    const std::string giant =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    EXPECT_NE(refusal(giant).find("14400 by 14400 points"), std::string::npos);
}

}  // namespace rightsdesk::reading
