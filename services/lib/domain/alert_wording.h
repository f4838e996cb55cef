// What alerts say: an alert's words, and those of the matters that take many. No holder's name, address or account number.
#pragma once

#include <string>
#include <vector>

#include "domain/entities.h"

namespace rightsdesk::domain {

struct Wording {
    Severity severity = Severity::kInfo;
    std::string kind;
    std::string what;
    std::string whom;
    std::string next;
};

std::string reasons_text(const std::vector<Reason>& reasons);
std::string missing_text(const std::vector<Missing>& missing);

// Certificates for a guaranteed notice that another firm sent: they count, and its guarantor hears that it need send none.
Wording wording_of_another(const Notice& notice, const CertificatesReceived& received);

// Certificates of one delivery that lie here for a notice that no longer counts; and of so many deliveries at once.
Wording wording_to_return(const NoticeId& notice, const std::string& delivery);
Wording wording_to_return_many(const std::string& log, std::size_t deliveries);

// A final price; what it bills may be paid until then.
Wording wording_of_price(const std::string& log, Money estimated, Money price, const std::optional<Deadline>& bill_until);

// What is owed after the hour and not done: its deadline is near, or past.
Wording wording_of_owed(const std::string& log, const OwedReminder& reminder);
std::string cause_of(Owed owed);

// A proposal that can be approved.
Wording wording_of_waiting(const std::string& log, const Proposal& proposal);

}  // namespace rightsdesk::domain
