// A table written three ways: for people, for spreadsheets, for programs. Small writers over one computation.
#pragma once

#include <iosfwd>

#include "domain/table.h"
#include "runtime/json.h"

namespace rightsdesk::telling {

// Aligned columns where they fit into kTextColumns characters, else a paragraph a row, a running total beside its figure.
// Then the notes, and what does not tie.
inline constexpr std::size_t kTextColumns = 150;
void print_table(std::ostream& out, const domain::Table& table);

// RFC 4180: a header, CRLF, fields quoted where they have a comma, a quote or a line end. Money as dollars, "1234.50"; no
// totals, no notes: rows only.
void write_csv(std::ostream& out, const domain::Table& table);

// {"report", "title", "rows": [{column: value}], "totals": {...} or null, "notes": [...], "does_not_tie": [...]}. Money in whole
// cents under "<column>_cents".
runtime::Json table_document(const domain::Table& table);

}  // namespace rightsdesk::telling
