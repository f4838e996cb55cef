// The bounds and forms of store.h, checked alike for every implementation before it looks at its data.
#pragma once

#include <string_view>

#include "store/store.h"

namespace rightsdesk::store {

// "desk" or an offering's id: [a-z0-9-]{1,40}.
bool is_log_name(std::string_view name);
// kInvalid, of a name that is none.
tl::unexpected<base::Error> not_a_log();

// The field that holds a consumer's cursor: "<consumer>/<source>".
std::string cursor_field(std::string_view consumer, std::string_view source);

// kInvalid, naming what and where, when the batch can never be committed: a name, number or size out of bounds, an
// identity without an event to be the receipt of, a name used twice in one item, a cursor that goes back.
base::Result<> check_batch(const Batch& batch);

// kInvalid when no such lease can be asked for.
base::Result<> check_lease(const std::string& log, const std::string& service, const std::string& instance, std::chrono::milliseconds duration);

// The texts of ItemResult::detail for kStale.
std::string stale_version(std::string_view entity, Version actual, Version expected);
std::string stale_index(std::string_view key, const std::optional<std::string>& actual, const std::optional<std::string>& expected);
std::string stale_cursor(std::string_view field, Sequence actual, Sequence expected);
std::string stale_head(Sequence actual, Sequence expected);
std::string stale_earlier();

}  // namespace rightsdesk::store
