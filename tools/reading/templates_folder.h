// The layouts, a TOML file each (deploy/templates; its README says what is in them).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "paper/form_template.h"
#include "paper/sheet.h"

namespace rightsdesk::reading {

inline constexpr std::size_t kMostTemplates = 200;

// One file's text. kInvalid: each mistake with file, line and what is allowed.
base::Result<paper::FormTemplate> parse_template(std::string_view text, const std::string& file);

// All *.toml of a folder, by name. kInvalid: one is mistaken, two have one name, or there is none.
base::Result<std::vector<paper::FormTemplate>> load_templates(const std::string& folder);

// The one of which most words stand on the sheet. Null where there is none that is near enough.
const paper::FormTemplate* choose_template(const std::vector<paper::FormTemplate>& templates, const paper::Sheet& sheet);

}  // namespace rightsdesk::reading
