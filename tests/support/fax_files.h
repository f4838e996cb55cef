// A faxed form as files: what the gateway would be given, and the truth beside it.
#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "support/faxed_form.h"

namespace rightsdesk::support {

// How fax servers store what they received: T.4 in one or two dimensions, T.6.
enum class FaxCoding { kGroup3, kGroup3TwoDimensional, kGroup4 };

// One directory a page, with its resolution in dots an inch and the fill order that receivers use (either of them, by the seed).
std::string tiff_of(const FaxedForm& form, FaxCoding coding);
// The coding that the form's seed chooses.
FaxCoding coding_of(const FaxedForm& form);

// What comes by mail or from a fax server that makes PDF: the faxed pictures, with or without the words lying invisibly behind them, or
// the form as it was printed, before any scanner saw it.
enum class PdfKind { kPictures, kPicturesWithText, kPrinted };
std::string pdf_of(const FaxedForm& form, PdfKind kind);

// One page for the eye: as many dots down an inch as across.
void write_png(const Bitmap& picture, const std::filesystem::path& path);

// {seed, layout, ours, quality, hand, pages: [{skew, turn, width, height, dots_per_inch, lines_per_inch}], fields: as the command's
// JSON has them, written: {blank: text}, boxes: {name: filled}, places: [{blank, page, x, y, width, height, text}], box_places: [...]}.
// Pages count from 1, as the command counts them; dots from the upper left.
nlohmann::ordered_json truth_of(const FaxedForm& form);

}  // namespace rightsdesk::support
