// A notice as it comes by fax, from a seed, with the truth beside it: a case (form_values.h), a layout (layouts/), a hand that filled
// it in, and the line it came over. The same seed and request give the same octets, with the same fonts installed.
//
//     const FaxedForm fax = fax_form(7, {.quality = Quality::kCleanFine, .layout = "form_itself"});
//     write(tiff_of(fax)); compare(read, fax.meant);
//
// The calls throw std::runtime_error: of a layout that does not exist, of fonts that are not installed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "domain/types.h"
#include "support/fax_line.h"
#include "support/printed_form.h"

namespace rightsdesk::support {

// The first three are held to figures (issue "Real feeds"); the others are measured.
RIGHTSDESK_ENUM(Quality, kCleanFine, kSkewedSpeckledFine, kCleanStandard, kWornFine, kDarkPage, kHandwriting)
inline constexpr std::array<Quality, 6> kQualities = {Quality::kCleanFine, Quality::kSkewedSpeckledFine, Quality::kCleanStandard, Quality::kWornFine, Quality::kDarkPage, Quality::kHandwriting};

// Seeds, first to last. What is tuned on is never what is judged: whoever changes a threshold looks at the first range alone.
struct SeedRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
inline constexpr SeedRange kTuningSeeds{1, 99'999};
inline constexpr SeedRange kJudgedSeeds{100'000, 199'999};
static_assert(kTuningSeeds.last < kJudgedSeeds.first);

struct FaxRequest {
    Quality quality = Quality::kCleanFine;
    std::string layout = "form_itself";
    bool turned = true;  // now and then a page lies on its head, or sideways; false: never
    bool cover = false;  // a cover sheet comes first, as most brokers' machines send one
};

// Dots of the faxed page.
struct PagePlace {
    std::string blank;
    std::size_t page = 0;  // from 0
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    std::string text = {};  // of a value: what stands there
    bool filled = false;    // of a box
};

struct FaxedPage {
    Bitmap picture;
    PrintedPage printed;
    cairo_matrix_t from_sheet{};  // points of the sheet into dots
    double skew_degrees = 0;      // clockwise
    int turn = 0;                 // clockwise: 0, 90, 180, 270; the pages of one fax may differ
};

struct FaxedForm {
    std::uint64_t seed = 0;
    FaxRequest request;
    PrintStyle style;
    bool ours = true;
    std::map<std::string, std::string> written;  // by blank, those of this layout alone
    std::map<std::string, bool> boxes;           // by name, those of this layout alone
    domain::NoticeFields meant;
    std::vector<FaxedPage> pages;
    std::vector<PagePlace> values;
    std::vector<PagePlace> box_places;
};

// Points of the sheet into dots: crooked about the middle, then turned (clockwise, in degrees), then in the scanner's dots and lines,
// `shift` points to the right.
cairo_matrix_t way_of_page(double skew_degrees, int turn, double lines_per_inch, double shift);
FaxedForm fax_form(std::uint64_t seed, const FaxRequest& request);
// What the seed's case is on this layout: also without any page.
FormValues case_on_layout(std::uint64_t seed, const FormLayout& layout);

}  // namespace rightsdesk::support
