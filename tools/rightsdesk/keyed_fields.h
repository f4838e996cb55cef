// What a person keys, as typed: NAME=VALUE once for each field, or a JSON object as `rightsdesk notice parse` prints its fields.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::tools {

inline constexpr std::size_t kMaxFieldsFileOctets = 64U * 1024U;

// `file`: the object's text, or empty; an object with the member "fields" stands for that member. Nulls are nothing said. `typed`: "dated=2002-06-26";
// it holds over the file, and names, signatures and certificate_numbers once for each. Numbers may have commas, aggregate_cents is
// whole cents or, with a point or a dollar sign, dollars. kInvalid names every mistake with its field.
base::Result<domain::NoticeFields> read_keyed_fields(const std::string& file, const std::vector<std::string>& typed);

}  // namespace rightsdesk::tools
