// Two offerings that use one account, and their desk, without services: what each log says is folded, and what one log takes in from
// another is taken in at once, or when the test says so.
#pragma once

#include <map>

#include "domain/attributing.h"
#include "domain/books.h"
#include "domain/clearing.h"
#include "domain/intake.h"
#include "support/builders.h"

namespace rightsdesk::support {

inline constexpr const char* kRareMedium = "rare-medium-2002";
inline constexpr const char* kOrchard = "orchard-reit-2002";

// The sample's terms for another issuer: the same account, price and hour, and channels of its own.
inline Terms orchard_terms() {
    Terms terms = sample_terms();
    terms.id = kOrchard;
    terms.issuer = "Orchard Realty Trust";
    terms.channels = {{Channel::kFax, "+17185550202"}, {Channel::kMail, "40 Wall Street, New York, NY 10005"}};
    return terms;
}

class SeveralOfferings {
public:
    SeveralOfferings() : desk(desk_book({sample_terms(), orchard_terms()})) {
        offerings.emplace(kRareMedium, open_book());
        offerings.emplace(kOrchard, open_book(orchard_terms()));
    }

    Book& book(const OfferingId& id) { return offerings.at(id); }

    [[nodiscard]] AllBooks books() const {
        return {desk,
                [this](const OfferingId& id) {
                    const auto found = offerings.find(id);
                    return found == offerings.end() ? nullptr : &found->second;
                },
                [](const std::string&, const std::string& text) { return "#" + text; }};
    }

    // What payment clearing makes of a message: decided where it belongs, and folded there.
    template <class Message>
    Decision tell(const Message& message, const std::string& source = "bank-1") {
        const Whereabouts where = whereabouts_of(books(), message);
        const Context with = as(source);
        if (where.log != kDesk) return take(where.log, decide_in(book(where.log), message, with, where.known_as));
        const UnattributedItem* item = desk.item(where.known_as);
        if (item == nullptr) {
            firsts.emplace(with.new_id(), message);
            return take(kDesk, hold_at_desk(message, where.why, with));
        }
        return take(kDesk, link_at_desk(books(), *item, firsts.at(item->id), message, with));
    }

    Decision attribute(const std::string& item, const OfferingId& offering) {
        const auto first = firsts.find(item);
        return take(kDesk, attribute_payment(books(), {item, offering, "the sender's letter"}, first == firsts.end() ? std::nullopt : std::optional(first->second)));
    }
    Decision take_back(const std::string& item, const std::string& person = "alice") {
        const UnattributedItem known = *desk.item(item);
        return take(*known.attributed_to, take_back_payment(book(*known.attributed_to), known, firsts.at(item), {item, "it named the other issue"}, as(person)));
    }

    // Folds a decision in its log, event by event: the books tie after each. Then the other logs take in what concerns them.
    Decision take(const std::string& log, const Decision& decision) {
        CHECK(decision.retry_later.empty());
        Book& into = log == kDesk ? desk : book(log);
        for (const Event& event : decision.events) {
            evolve(into, {event});
            if (log != kDesk) broken += imbalance(books_of(into));
        }
        if (consuming) {
            for (const Event& event : decision.events) consume(log, event);
        }
        return decision;
    }
    // By cursor, in the services.
    void consume(const std::string& log, const Event& event) {
        if (const auto* attributed = std::get_if<PaymentAttributed>(&event)) take(attributed->offering, take_attributed_payment(book(attributed->offering), *attributed, as("desk").now, as("desk")));
        if (const auto* undone = std::get_if<PaymentTakenBack>(&event)) take(kDesk, undo_attribution(desk, log, *undone));
    }

    [[nodiscard]] Context as(const std::string& source) { return context(source, ++sequence_[source], now); }
    // Dollars that the offering's books were advised of.
    std::int64_t advised(const OfferingId& id) { return books_of(book(id)).advised.value / 100; }

    Book desk;
    std::map<OfferingId, Book> offerings;
    std::map<std::string, MoneyMessage> firsts;  // of the desk's items
    Instant now = new_york("2002-06-27T12:00:00");
    bool consuming = true;
    std::string broken;  // what did not tie

private:
    static Decision decide_in(const Book& book, const ConfirmWire& wire, const Context& with, const std::string& known_as) { return confirm_wire(book, wire, with.new_id(), with, known_as); }
    static Decision decide_in(const Book& book, const ReceiveInstrument& check, const Context& with, const std::string&) { return receive_instrument(book, check, with.new_id(), with.now, with); }
    static Decision decide_in(const Book& book, const ConfirmClearance& word, const Context& with, const std::string&) { return confirm_clearance(book, word, with); }
    static Decision decide_in(const Book& book, const ReportBounce& word, const Context& with, const std::string&) { return report_bounce(book, word, with); }

    std::map<std::string, std::uint64_t> sequence_;
};

}  // namespace rightsdesk::support
