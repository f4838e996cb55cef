// A log read to its end, in pages: only an empty page is the end, for large records come few at a time.
#pragma once

#include <functional>
#include <string>

#include "store/store.h"

namespace rightsdesk::store {

// What `visit` makes of a record: whether it wants the next one.
using VisitRecord = std::function<Result<bool>(const LogRecord&)>;

// Shows the records with sequence > after, in order, until the log ends or `visit` wants no more. The number of the last one
// shown, `after` when there was none; the store's error, or that of `visit`, ends it at once.
Result<Sequence> read_to_end(Store& store, const std::string& log, Sequence after, const VisitRecord& visit);

}  // namespace rightsdesk::store
