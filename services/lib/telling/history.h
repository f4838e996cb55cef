// What the log says of some entities: the events that wrote them, in order. It is how a decision is explained.
#pragma once

#include <string>
#include <vector>

#include "domain/book.h"
#include "runtime/json.h"
#include "store/store.h"

namespace rightsdesk::telling {

struct Happened {
    store::Sequence sequence = 0;
    domain::Record record;
};

// Every event of `log` that wrote one of `names`, oldest first; the personal part stays sealed. Reads the whole log.
base::Result<std::vector<Happened>> history_of(store::Store& store, const std::string& log, const std::vector<domain::EntityName>& names);

// "17  2002-06-26T14:15:00Z  intake  NoticeDecided, because of fax-1.17: defective (undated)": one line of a history.
std::string line_of(const Happened& happened);

// The record with its number.
runtime::Json document_of(const Happened& happened);
runtime::Json document_of(const std::vector<Happened>& history);

}  // namespace rightsdesk::telling
