#include "domain/whereabouts.h"

#include <algorithm>

#include "base/texts.h"
#include "domain/listed_addresses.h"
#include "domain/matching.h"
#include "domain/payment_identity.h"

namespace rightsdesk::domain {

namespace {

std::vector<OfferingId> offerings_of_account(const Book& desk, const std::string& account) {
    std::vector<OfferingId> found;
    for (const OfferingId& id : desk.offering_ids()) {
        if (desk.offering(id)->account == account) found.push_back(id);
    }
    return found;
}

std::vector<std::string> hashed_for(const AllBooks& books, const std::string& log, const std::vector<std::string>& keys) {
    std::vector<std::string> hashes;
    hashes.reserve(keys.size());
    for (const std::string& key : keys) hashes.push_back(books.hash(log, key));
    return hashes;
}

// Where an item is now: with the offering that it was attributed to, else at the desk.
Whereabouts whereabouts_of_item(const Book& desk, const std::string& id) {
    const UnattributedItem* item = desk.item(id);
    return {item != nullptr && item->attributed_to ? *item->attributed_to : std::string(kDesk), id, ""};
}

struct WireHit {
    OfferingId offering;
    SharedKeys shared;
};

// The opened offerings in whose books the wire is, those that share most keys.
std::vector<WireHit> closest_offerings(const AllBooks& books, const ConfirmWire& wire, Standings among) {
    const std::vector<std::string> keys = wire_keys(wire);
    std::vector<WireHit> hits;
    for (const OfferingId& id : books.desk.offering_ids()) {
        const Book* book = books.offering(id);
        if (book == nullptr) continue;
        const auto shared = closest_wire(*book, hashed_for(books, id, keys), wire.references, among);
        if (!shared || (!hits.empty() && shared->keys < hits.front().shared.keys)) continue;
        if (!hits.empty() && shared->keys > hits.front().shared.keys) hits.clear();
        hits.push_back({id, *shared});
    }
    return hits;
}

std::string names_of(const std::vector<WireHit>& hits) {
    std::vector<std::string> names;
    names.reserve(hits.size());
    for (const WireHit& hit : hits) names.push_back(hit.offering);
    return base::joined(names);
}

// Where a wire is known already; nothing when nobody told of it.
std::optional<Whereabouts> known_wire(const AllBooks& books, const ConfirmWire& wire) {
    const auto standing = closest_offerings(books, wire, Standings::kStanding);
    if (standing.size() == 1) return Whereabouts{standing.front().offering, standing.front().shared.id, ""};
    const auto item = closest_item(books.desk, hashed_for(books, kDesk, wire_keys(wire)), wire.references);
    if (item) return whereabouts_of_item(books.desk, item->id);
    if (standing.size() > 1) return Whereabouts{kDesk, "", "several offerings have money with its references: " + names_of(standing)};
    const auto gone = closest_offerings(books, wire, Standings::kTakenBack);
    return gone.empty() ? std::nullopt : std::optional(whereabouts_of_item(books.desk, gone.front().shared.id));
}

bool names_offering(const OfferingId& id, const ConfirmWire& wire) {
    for (const std::string* text : {&wire.references.notice_reference, &wire.remittance, &wire.references.end_to_end}) {
        for (std::string& word : reference_words(*text)) {
            // Banks write capitals; an offering's id has none.
            std::transform(word.begin(), word.end(), word.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
            if (word == id) return true;
        }
    }
    return false;
}

// Whether a notice of the book states the wire's confirmation number, as matching finds it.
bool is_confirmed(const Book& book, const ConfirmWire& wire) {
    Payment payment;
    payment.method = PaymentMethod::kWire;
    payment.amount = wire.amount;
    payment.institution = wire.institution;
    payment.value_date = wire.value_date;
    payment.references = wire.references;
    const auto match = match_payment(book, payment).match;
    return match && (match->evidence == Evidence::kConfirmationNumber || match->evidence == Evidence::kUniqueReference);
}

Whereabouts whereabouts_of_word(const AllBooks& books, const std::string& account, const std::string& number, const std::string& drawee, Money amount) {
    const std::vector<OfferingId> of_account = offerings_of_account(books.desk, account);
    std::vector<OfferingId> having;
    for (const OfferingId& id : of_account) {
        if (has_instrument(books, id, number, drawee, amount)) having.push_back(id);
    }
    if (having.size() == 1) return {having.front(), "", ""};
    const std::string account_is = "account " + account + " is " + (of_account.empty() ? "no offering's" : "of " + base::joined(of_account));
    if (having.size() > 1) return {kDesk, "", account_is + ", and instrument " + number + " of " + drawee + " is known to several: " + base::joined(having)};
    const auto hashes = hashed_for(books, kDesk, instrument_keys(number, drawee, amount));
    if (const auto item = closest_item(books.desk, hashes, {})) {
        const Whereabouts where = whereabouts_of_item(books.desk, item->id);
        if (where.log == kDesk) return {kDesk, "", "instrument " + number + " of " + drawee + " is item " + item->id + ", which waits: attribute that first"};
        return where;
    }
    if (of_account.size() == 1) return {of_account.front(), "", ""};
    return {kDesk, "", account_is + (of_account.empty() ? "" : ", and none of them has instrument " + number + " of " + drawee)};
}

// A wire that the bank takes back is where the wire is.
Whereabouts whereabouts_of_recall(const AllBooks& books, const ConfirmWire& wire) {
    const auto known = known_wire(books, wire);
    if (known && known->log != kDesk) return *known;
    if (known) return {kDesk, "", known->why.empty() ? "the wire that it takes back is item " + known->known_as + ", which waits: attribute that first" : known->why};
    const std::vector<OfferingId> of_account = offerings_of_account(books.desk, wire.account);
    if (of_account.size() == 1) return {of_account.front(), "", ""};
    const std::string account_is = "account " + wire.account + " is " + (of_account.empty() ? "no offering's" : "of " + base::joined(of_account));
    return {kDesk, "", account_is + (of_account.empty() ? "" : ", and none of them has the wire that it takes back")};
}

}  // namespace

std::vector<OfferingId> offerings_named(const AllBooks& books, const ConfirmWire& wire) {
    std::vector<OfferingId> opened = offerings_of_account(books.desk, wire.account);
    std::erase_if(opened, [&](const OfferingId& id) { return books.offering(id) == nullptr; });
    std::vector<OfferingId> named;
    for (const OfferingId& id : opened) {
        if (names_offering(id, wire) || !notice_named(*books.offering(id), wire).empty()) named.push_back(id);
    }
    if (!named.empty()) return named;
    for (const OfferingId& id : opened) {
        const Book& book = *books.offering(id);
        if (book.life() != nullptr && is_confirmed(book, wire)) named.push_back(id);
    }
    return named;
}

std::optional<OfferingId> counted_elsewhere(const AllBooks& books, const ConfirmWire& wire, const OfferingId& but) {
    for (const WireHit& hit : closest_offerings(books, wire, Standings::kStanding)) {
        if (hit.offering != but) return hit.offering;
    }
    return std::nullopt;
}

bool has_instrument(const AllBooks& books, const OfferingId& offering, const std::string& number, const std::string& drawee, Money amount) {
    const Book* book = books.offering(offering);
    return book != nullptr && same_money(*book, hashed_for(books, offering, instrument_keys(number, drawee, amount)));
}

bool has_wire(const AllBooks& books, const OfferingId& offering, const ConfirmWire& wire) {
    const Book* book = books.offering(offering);
    return book != nullptr && closest_wire(*book, hashed_for(books, offering, wire_keys(wire)), wire.references, Standings::kStanding);
}

Whereabouts whereabouts_of(const AllBooks& books, const ConfirmWire& wire) {
    if (const auto known = known_wire(books, wire)) return *known;
    const std::vector<OfferingId> of_account = offerings_of_account(books.desk, wire.account);
    if (of_account.empty()) return {kDesk, "", "account " + wire.account + " is no offering's"};
    if (of_account.size() == 1) return {of_account.front(), "", ""};
    const std::vector<OfferingId> named = offerings_named(books, wire);
    if (named.size() == 1) return {named.front(), "", ""};
    const std::string account_is = "account " + wire.account + " is of " + base::joined(of_account);
    if (named.empty()) return {kDesk, "", account_is + ", and its references name none of them"};
    return {kDesk, "", account_is + ", and its references name several: " + base::joined(named)};
}

Whereabouts whereabouts_of(const AllBooks& books, const ReceiveInstrument& instrument) {
    if (const auto offering = offering_of_address(books.desk, instrument.channel, instrument.address)) return {*offering, "", ""};
    const auto keys = instrument_keys(instrument.number, instrument.drawee, instrument.amount);
    if (const auto item = closest_item(books.desk, hashed_for(books, kDesk, keys), {})) return whereabouts_of_item(books.desk, item->id);
    return {kDesk, "", instrument.address + " is listed by no offering, or by several, for " + to_text(instrument.channel)};
}

Whereabouts whereabouts_of(const AllBooks& books, const ConfirmClearance& clearance) {
    return whereabouts_of_word(books, clearance.account, clearance.number, clearance.drawee, clearance.amount);
}

Whereabouts whereabouts_of(const AllBooks& books, const ReportBounce& bounce) {
    const auto wire = wire_told_of(bounce);
    return wire ? whereabouts_of_recall(books, *wire) : whereabouts_of_word(books, bounce.account, bounce.number, bounce.drawee, bounce.amount);
}

}  // namespace rightsdesk::domain
