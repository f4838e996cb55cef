// Lines of print as the reader cuts them out of faxed pages, with what stands on them, from seeds: what its line network is trained on and
// held against. The same seed gives the same lines, with the same fonts installed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reading/line_picture.h"
#include "support/line_texts.h"

namespace rightsdesk::support {

struct FaxedLine {
    std::string text;
    reading::LinePicture picture;
    std::uint8_t quality = 0;  // 0 fine, 1 fine, crooked and with specks, 2 standard
};

// Those of one page, some ninety: none of a page that the reader would lay otherwise.
std::vector<FaxedLine> fax_lines(std::uint64_t seed, const LineTexts& texts);

}  // namespace rightsdesk::support
