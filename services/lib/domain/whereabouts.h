// Whereabouts: which log a message about money belongs to, when an account serves several offerings (rules.md section 3, "Which
// offering"). Looked for in this order: where the same money is known already, by its business keys; the only offering that has the
// account; the one offering that its references name, or of which a notice states its confirmation number. What none or several fit is the
// desk's, for a person. The answer rests on the books alone, so that whoever asks them gets the same.
#pragma once

#include <functional>

#include "domain/decision.h"

namespace rightsdesk::domain {

// Every book at once. Business keys are stored hashed, with a key for each log.
struct AllBooks {
    const Book& desk;
    std::function<const Book*(const OfferingId&)> offering;  // nothing where it is not opened
    std::function<std::string(const std::string& log, const std::string& text)> hash;
};

struct Whereabouts {
    std::string log = kDesk;
    std::string known_as = {};  // the id of the payment or the item that it is known as; empty where it is told of for the first time
    std::string why = {};       // at the desk: why no offering has it
};

// A wire that is known goes where it is, whatever its references say. One that was taken back from an offering is where its item is.
Whereabouts whereabouts_of(const AllBooks& books, const ConfirmWire& wire);

// By the address that it came in on; where that is no single offering's, to where the item is that it is known as.
Whereabouts whereabouts_of(const AllBooks& books, const ReceiveInstrument& instrument);

// The bank's word on an instrument goes to the offering that has it: one with this account or, where none of them does, the one that a desk
// item of this number, drawee and amount was attributed to.
Whereabouts whereabouts_of(const AllBooks& books, const ConfirmClearance& clearance);
Whereabouts whereabouts_of(const AllBooks& books, const ReportBounce& bounce);

// The offerings with this account that a wire names, by reference or, where it names none so, by a notice that states its confirmation
// number; in order of id.
std::vector<OfferingId> offerings_named(const AllBooks& books, const ConfirmWire& wire);

// The offerings, but for one, in whose books a wire stands: it counts once.
std::optional<OfferingId> counted_elsewhere(const AllBooks& books, const ConfirmWire& wire, const OfferingId& but);

// Whether the wire stands in the offering's books.
bool has_wire(const AllBooks& books, const OfferingId& offering, const ConfirmWire& wire);

// Whether the offering's books have the instrument that a clearance or a bounce tells of.
bool has_instrument(const AllBooks& books, const OfferingId& offering, const std::string& number, const std::string& drawee, Money amount);

}  // namespace rightsdesk::domain
