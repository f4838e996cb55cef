// The reports that an issuer is owed, from an offering's log: each from the book as it stood at the moment that it is of.
#pragma once

#include "base/describe.h"
#include "domain/table.h"
#include "store/store.h"

namespace rightsdesk::telling {

RIGHTSDESK_ENUM(ReportKind, kSummary, kTally, kCount, kHolders, kGuarantors, kRefunds, kExceptions)
RIGHTSDESK_ENUM(ReportFormat, kText, kCsv, kJson)

// Of every kind but kSummary, which is no table: that is a bug. NotFound when the offering is not open yet.
base::Result<domain::Table> contract_table(store::Store& store, const std::string& offering, ReportKind kind);

}  // namespace rightsdesk::telling
