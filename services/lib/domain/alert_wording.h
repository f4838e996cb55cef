// What alerts say: an alert's words, and those of the matters that take many. No holder's name, address or account number.
#pragma once

#include <string>
#include <vector>

#include "domain/alert_kinds.h"
#include "domain/book.h"

namespace rightsdesk::domain {

struct Wording {
    RankedKind kind;
    std::string what;
    std::string whom;
    std::string next;
};

std::string reasons_text(const std::vector<Reason>& reasons);
std::string missing_text(const std::vector<Missing>& missing);
// How much is open before the hour, in a line.
std::string open_matters(const Book& book);
// That the hour is so near.
Wording wording_of_hour(const Book& book, std::int64_t minutes, const Deadline& hour);

// Certificates for a guaranteed notice that another firm sent: they count, and its guarantor hears that it need send none.
Wording wording_of_another(const Notice& notice, const CertificatesReceived& received);

// That the offering is suspended, and until when holders may withdraw.
Wording wording_of_suspension(const std::string& log, const Suspension& suspension);

// What came in that is no offering's: an item of the desk. `what`: "a notice"; of money words_for says it.
Wording wording_of_item(const std::string& item, const std::string& what, const std::string& why);
std::string words_for(const MoneyMessage& message);
// What a service could not decide.
Wording wording_of_quarantine(const std::string& log, const ItemQuarantined& event);

// More rights were sold through the agent and exercised than were issued. `words`: rights_words.
Wording wording_of_rights(const std::string& log, const std::string& words);

// Certificates of one delivery that lie here for a notice that no longer counts; and of so many deliveries at once.
// Money of which nobody knows when it came; `passed`: the hour has.
Wording wording_of_receipt(const Payment& payment, const std::optional<Date>& day, bool passed);
// A notice that counts for fewer rights than its guarantor guaranteed.
Wording wording_of_short_cover(const Notice& notice, Rights came);
// Certificates that came to an address that is not listed, or what is asked about them.
Wording wording_of_delivery(const Notice& notice, const CertificatesReceived& received);
Wording wording_to_return(const NoticeId& notice, const std::string& delivery);
Wording wording_to_return_many(const std::string& log, std::size_t deliveries);

// A final price; what it bills may be paid until then.
Wording wording_of_price(const std::string& log, Money estimated, Money price, const std::optional<Deadline>& bill_until);

// What is owed after the hour and not done: its deadline is near, or past.
Wording wording_of_owed(const std::string& log, const OwedReminder& reminder);
std::string cause_of(Owed owed);

// A notice that does not simply count; nothing of one that needs nobody.
std::optional<Wording> wording_of_notice(const std::string& log, const Notice& notice);
// A notice that a person must key; `passed`: the hour has.
Wording wording_of_keying(const std::string& log, const Notice& notice, bool passed);

// A proposal that can be approved.
Wording wording_of_waiting(const std::string& log, const Proposal& proposal);
// A nominee's notice that over-subscribes for owners of whom nothing is certified that holds, and why it is asked.
Wording wording_of_owners(const Notice& notice, const std::string& why);

// Acknowledgements on one disk: proposed, and in force.
Wording wording_of_going_without(const WithoutReplicaProposed& event);
Wording wording_of_one_disk(const ReplicaWaived& event);

// What is to be declared in a dead source's stead, and what was.
Wording wording_of_watermark(const WatermarkProposal& proposal);
Wording wording_of_declared(const Watermark& watermark);

// A bank's file that a feed could not take: what the bank told in it is not in the books.
Wording wording_of_file_set_aside(const FileSetAside& event);

}  // namespace rightsdesk::domain
