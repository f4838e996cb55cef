// The faxed pages themselves: the same each time, as dark as they should be where they should be, and TIFFs that others can read.
#include <gtest/gtest.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>

#include "support/fax_files.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::support {
namespace {

// Of a place's dots without its outermost `margin` (a share of it): how many are black, in thousandths.
int ink_of(const Bitmap& picture, const PagePlace& place, double margin) {
    const int left = place.x + static_cast<int>(place.width * margin);
    const int right = std::min(picture.width, place.x + place.width - static_cast<int>(place.width * margin));
    const int top = place.y + static_cast<int>(place.height * margin);
    const int bottom = std::min(picture.height, place.y + place.height - static_cast<int>(place.height * margin));
    int black = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) black += picture.black(x, y) ? 1 : 0;
    }
    return 1'000 * black / std::max(1, (right - left) * (bottom - top));
}

double black_share(const Bitmap& picture) {
    std::int64_t black = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) black += picture.black(x, y) ? 1 : 0;
    }
    return static_cast<double>(black) / picture.width / picture.height;
}

TEST(FaxedForm, IsTheSameForTheSameSeed) {
    for (const Quality quality : kQualities) {
        const FaxRequest request{.quality = quality, .layout = "unit_offering"};
        const FaxedForm one = fax_form(4711, request);
        const FaxedForm again = fax_form(4711, request);
        EXPECT_EQ(tiff_of(one, FaxCoding::kGroup4), tiff_of(again, FaxCoding::kGroup4)) << base::to_text(quality);
        EXPECT_EQ(truth_of(one).dump(), truth_of(again).dump()) << base::to_text(quality);
        EXPECT_EQ(pdf_of(one, PdfKind::kPicturesWithText), pdf_of(again, PdfKind::kPicturesWithText)) << base::to_text(quality);
        EXPECT_NE(tiff_of(one, FaxCoding::kGroup4), tiff_of(fax_form(4712, request), FaxCoding::kGroup4)) << base::to_text(quality);
    }
}

TEST(FaxedForm, HasTheSameCaseInEveryQuality) {
    const FaxedForm clean = fax_form(12, {});
    for (const Quality quality : kQualities) EXPECT_TRUE(fax_form(12, {.quality = quality}).meant == clean.meant) << base::to_text(quality);
}

TEST(Boxes, SaidToBeFilledAreDarkerThanThoseSaidToBeEmpty) {
    std::size_t filled_boxes = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        for (const char* layout : {"form_itself", "participant_form"}) {
            const FaxedForm form = fax_form(seed, {.layout = layout});
            int lightest_filled = 1'000;
            int darkest_empty = 0;
            for (const PagePlace& box : form.box_places) {
                const int ink = ink_of(form.pages[box.page].picture, box, 0.25);
                filled_boxes += box.filled ? 1 : 0;
                (box.filled ? lightest_filled : darkest_empty) = box.filled ? std::min(lightest_filled, ink) : std::max(darkest_empty, ink);
                EXPECT_EQ(form.boxes.at(box.blank), box.filled);
            }
            EXPECT_GT(lightest_filled, darkest_empty + 50) << layout << ", seed " << seed;
            EXPECT_LT(darkest_empty, 60) << layout << ", seed " << seed;
        }
    }
    EXPECT_GT(filled_boxes, 100U);
}

TEST(Places, AreWhereTheValuesStand) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const FaxedForm form = fax_form(seed, {.quality = seed % 2 == 0 ? Quality::kCleanFine : Quality::kCleanStandard});
        for (const PagePlace& place : form.values) {
            EXPECT_GT(ink_of(form.pages[place.page].picture, place, 0), 40) << "seed " << seed << ": " << place.blank << " \"" << place.text << "\"";
            EXPECT_LT(ink_of(form.pages[place.page].picture, place, 0), 600) << "seed " << seed << ": " << place.blank << " \"" << place.text << "\"";
        }
    }
}

TEST(Pages, AreTurnedNowAndThenAndThenWider) {
    std::map<int, int> turns;
    for (std::uint64_t seed = 1; seed <= 80; ++seed) {
        for (const FaxedPage& page : fax_form(seed, {.layout = "participant_form"}).pages) {
            ++turns[page.turn];
            EXPECT_EQ(page.picture.width, page.turn % 180 == 0 ? kLineDots : kWideLineDots);
        }
    }
    EXPECT_GT(turns[0], 60);
    EXPECT_GT(turns[90] + turns[180] + turns[270], 3);
    for (std::uint64_t seed = 1; seed <= 80; ++seed) EXPECT_EQ(fax_form(seed, {.layout = "participant_form", .turned = false}).pages[0].turn, 0);
}

TEST(Pages, AreAsCrookedAsTheirQualitySays) {
    double most = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        for (const FaxedPage& page : fax_form(seed, {.quality = Quality::kSkewedSpeckledFine}).pages) most = std::max(most, std::fabs(page.skew_degrees));
        for (const FaxedPage& page : fax_form(seed, {}).pages) EXPECT_LE(std::fabs(page.skew_degrees), 0.25);
    }
    EXPECT_LE(most, 3);
    EXPECT_GT(most, 2.5);
}

TEST(Pages, HaveTurnsOfTheirOwn) {
    std::size_t differing = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const FaxedForm form = fax_form(seed, {});
        differing += form.pages.front().turn != form.pages.back().turn ? 1 : 0;
    }
    EXPECT_GT(differing, 2U);
}

TEST(Cover, ComesFirstAndHasNothingOfTheForm) {
    const FaxedForm without = fax_form(3, {});
    const FaxedForm with = fax_form(3, {.cover = true});
    ASSERT_EQ(with.pages.size(), without.pages.size() + 1);
    EXPECT_TRUE(with.meant == without.meant);
    EXPECT_GT(black_share(with.pages[0].picture), 0.002);
    for (const PagePlace& place : with.values) EXPECT_GT(place.page, 0U);
    EXPECT_EQ(with.values.size(), without.values.size());
}

InkMap white_sheet() { return {kLineDots, 2'156, std::vector<std::uint8_t>(static_cast<std::size_t>(kLineDots) * 2'156)}; }

TEST(Line, TurnsOverTheShareOfDotsThatIsAsked) {
    Random random(1);
    EXPECT_EQ(black_share(transmit(white_sheet(), kFineLinesPerInch, {}, random)), 0);
    // Four specks in five are black.
    EXPECT_NEAR(black_share(transmit(white_sheet(), kFineLinesPerInch, {.speckle = 0.005}, random)), 0.004, 0.0002);
}

TEST(Line, StreaksDownThePage) {
    Random random(5);
    bool streaked = false;
    for (int times = 0; times < 10; ++times) streaked = black_share(transmit(white_sheet(), kFineLinesPerInch, {.streaks = 3, .streaks_anywhere = true}, random)) > 0.0005 || streaked;
    EXPECT_TRUE(streaked);
}

TEST(Line, CutsWhatLiesAtTheEdges) {
    Random random(1);
    InkMap black = white_sheet();
    std::fill(black.ink.begin(), black.ink.end(), 255);
    const Bitmap picture = transmit(std::move(black), kFineLinesPerInch, {.cut_left = 36, .cut_right = 18}, random);
    EXPECT_FALSE(picture.black(101, 700));  // half an inch is 102 dots
    EXPECT_TRUE(picture.black(102, 700));
    EXPECT_TRUE(picture.black(kLineDots - 52, 700));
    EXPECT_FALSE(picture.black(kLineDots - 51, 700));
    const Bitmap shadowed = transmit(white_sheet(), kFineLinesPerInch, {.shadow = 6}, random);
    EXPECT_TRUE(shadowed.black(kLineDots - 1, 700));
    EXPECT_FALSE(shadowed.black(kLineDots - 40, 700));
}

TEST(Line, WritesTheSendersLineOnTop) {
    Random random(1);
    const Bitmap picture = transmit(white_sheet(), kFineLinesPerInch, {.header = "06/26/2002 15:31  FAX 212 555 0199"}, random);
    EXPECT_GT(ink_of(picture, {.blank = "", .x = 50, .y = 0, .width = 400, .height = 32}, 0), 30);
    EXPECT_EQ(ink_of(picture, {.blank = "", .x = 0, .y = 33, .width = kLineDots, .height = 2'000}, 0), 0);
}

TEST(Line, StainsADarkPage) {
    Random random(1);
    EXPECT_GT(black_share(transmit(white_sheet(), kFineLinesPerInch, {.darkness = 0.4, .noise = 0.3, .coffee = true}, random)), 0.005);
}

// ---- files ----

using ReadTiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

struct CodingRow {
    const char* name;
    FaxCoding coding;
    int compression;
};
class Coded : public testing::TestWithParam<CodingRow> {};

TEST_P(Coded, IsReadAgainDotForDotWithItsResolution) {
    const Folder folder;
    for (const Quality quality : {Quality::kSkewedSpeckledFine, Quality::kCleanStandard}) {
        for (const std::uint64_t seed : {20U, 21U}) {
            const FaxedForm form = fax_form(seed, {.quality = quality});
            const auto path = folder / "fax.tif";
            write_file(path, tiff_of(form, GetParam().coding));
            const ReadTiff file(TIFFOpen(path.c_str(), "r"), TIFFClose);
            ASSERT_TRUE(file);
            ASSERT_EQ(TIFFNumberOfDirectories(file.get()), form.pages.size());
            for (std::size_t number = 0; number < form.pages.size(); ++number) {
                ASSERT_EQ(TIFFSetDirectory(file.get(), static_cast<tdir_t>(number)), 1);
                const Bitmap& picture = form.pages[number].picture;
                float across = 0;
                float down = 0;
                std::uint16_t compression = 0;
                std::uint32_t width = 0;
                std::uint32_t height = 0;
                TIFFGetField(file.get(), TIFFTAG_XRESOLUTION, &across);
                TIFFGetField(file.get(), TIFFTAG_YRESOLUTION, &down);
                TIFFGetField(file.get(), TIFFTAG_COMPRESSION, &compression);
                TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
                TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
                EXPECT_EQ(across, 204);
                EXPECT_EQ(down, quality == Quality::kCleanStandard ? 98 : 196);
                EXPECT_EQ(compression, GetParam().compression);
                ASSERT_EQ(width, static_cast<std::uint32_t>(picture.width));
                ASSERT_EQ(height, static_cast<std::uint32_t>(picture.height));
                std::vector<std::uint8_t> row(static_cast<std::size_t>(TIFFScanlineSize(file.get())));
                for (int y = 0; y < picture.height; ++y) {
                    ASSERT_EQ(TIFFReadScanline(file.get(), row.data(), static_cast<std::uint32_t>(y), 0), 1);
                    const auto* wanted = picture.bits.data() + static_cast<std::size_t>(y) * picture.stride();
                    ASSERT_TRUE(std::equal(row.begin(), row.end(), wanted)) << "page " << number + 1 << ", row " << y;
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Codings, Coded,
                         testing::Values(CodingRow{"group_3", FaxCoding::kGroup3, COMPRESSION_CCITTFAX3}, CodingRow{"group_3_two_dimensional", FaxCoding::kGroup3TwoDimensional, COMPRESSION_CCITTFAX3},
                                         CodingRow{"group_4", FaxCoding::kGroup4, COMPRESSION_CCITTFAX4}),
                         [](const testing::TestParamInfo<CodingRow>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace rightsdesk::support
