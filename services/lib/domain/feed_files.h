// Files of banks that a feed could not take: on record, and an alert until the file has been taken (the house's "bad input is kept and visible").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// What a feed's file is known as, in receipts and alerts: "file/bank-1/statement.xml".
std::string file_subject(const std::string& source, const std::string& file);

// Both in the desk's log; the source is the sender. Refused: kValueUnusable, without a name and a SHA-256 as they are written, and the first
// without a reason.
Decision report_file_set_aside(const ReportFileSetAside& command, const Context& context);
Decision report_file_taken(const ReportFileTaken& command, const Context& context);

}  // namespace rightsdesk::domain
