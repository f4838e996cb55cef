// An offering's terms from TOML, checked and explained. The keys and what each may be are in README.md.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/terms.h"

namespace rightsdesk::terms {

inline constexpr std::size_t kMaxFileBytes = 1'000'000;

// The terms in `toml`. Invalid otherwise, with every mistake on a line of its own: "<name>:<line>: <key>: <what it was>;
// <what is allowed>". Unknown keys are mistakes, and so are terms that contradict each other. A text that is no TOML at
// all gives its first mistake only. Pure; safe from every thread.
base::Result<domain::Terms> parse_terms(std::string_view toml, std::string_view name);

// The same for a file; `name` is its path. NotFound when it cannot be read.
base::Result<domain::Terms> load_terms(const std::string& path);

}  // namespace rightsdesk::terms
