// Widths of words, by cairo, the same on the sheet as they are painted (no hinting, no rounding to pixels).
#pragma once

#include <cairo.h>
#include <string>

#include "support/printed_form.h"

namespace rightsdesk::support {

void set_typeface(cairo_t* context, const Typeface& face);
// Points.
double width_of(const std::string& text, const Typeface& face);
// Whether a font of this name is there, and not another in its place.
bool has_family(const std::string& family);
// Throws std::runtime_error, with the Debian package to install, where a family is not there.
void require_families();

}  // namespace rightsdesk::support
