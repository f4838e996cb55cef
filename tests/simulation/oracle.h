// What must hold after a story, whatever the weather was; each in a sentence that says what was found instead.
#pragma once

#include "domain/allocating.h"
#include "domain/report.h"
#include "rightsdesk/report_text.h"
#include "rightsdesk/verification.h"
#include "runtime/json.h"
#include "runtime/ledger.h"
#include "simulation/simulated_suite.h"

namespace rightsdesk::simulation {

// A log read and folded anew, for the oracle alone.
struct ReadLog {
    std::vector<Record> records;
    std::vector<store::LogRecord> stored;
    std::unique_ptr<Book> book;
};

class Oracle {
public:
    Oracle(const Story& story, const Played& played) : story_(story), played_(played) {
        if (!played.problem.empty()) wrong(played.problem);
        for (const auto& [name, log] : played.logs->logs) read(name);
    }

    // Everything that is wrong, a line each; empty when nothing is.
    std::string judge() {
        every_message_has_its_one_decision();
        every_log_is_whole();
        time_waits_for_everybody();
        hours_act_once_and_not_before();
        lateness_is_by_the_stamp();
        if (offering() != nullptr) shares_and_money_tie();
        return problems_;
    }

    // The same messages in good weather end the same. Numbers and links differ, for they tell the order of writing; so do alerts, which were raised
    // for what was true in between: money that came before its notice, say; so do reminders of a cover, which certificates of the same
    // instant may forestall; and proposals of refunds, of which one holds what waits by then.
    // Everything else is equal: every other entity of the offering, and its report.
    std::string differs_from(const Oracle& calm) const {
        if (offering() == nullptr || calm.offering() == nullptr) return "the offering was not opened in both\n";
        const std::string here = report(), there = calm.report();
        if (here != there) return "the report differs from the one of good weather:\n" + first_difference(there, here);
        const auto states = lasting(*offering()), calm_states = lasting(*calm.offering());
        for (const auto& [name, state] : calm_states) {
            const auto found = states.find(name);
            if (found == states.end()) return name + " is there only in good weather\n";
            if (found->second != state) return name + " differs from the one of good weather:\n  calm: " + words_of(*calm.offering(), name) + "\n  here: " + words_of(*offering(), name) + "\n";
        }
        for (const auto& [name, state] : states) {
            if (!calm_states.contains(name)) return name + " is not there in good weather\n";
        }
        return receipts_differ(calm);
    }

    [[nodiscard]] const Book* offering() const {
        const auto found = logs_.find(kOffering);
        return found == logs_.end() || found->second.book->life() == nullptr ? nullptr : found->second.book.get();
    }
    [[nodiscard]] std::string report() const {
        std::ostringstream text;
        tools::print_report(text, report_of(*offering()));
        return text.str();
    }
    // What was recorded, a line a record, for whoever looks at a seed.
    [[nodiscard]] std::string records() const {
        std::string text;
        for (const auto& [name, log] : logs_) {
            for (std::size_t at = 0; at < log.records.size(); ++at) {
                const Record& record = log.records[at];
                text += name + " " + std::to_string(at + 1) + " " + instant_text(record.at) + " " + record.service + " <- " + record.cause.source + "/" + std::to_string(record.cause.sequence) + " " +
                        std::string(base::type_name(record.event)) + " " + std::visit([](const auto& event) { return runtime::to_json(event).dump(); }, record.event) + "\n";
            }
        }
        return text;
    }
    // The last link of each log: two runs with the same ones have the same records.
    [[nodiscard]] std::string links() const {
        std::string links;
        for (const auto& [name, log] : logs_) {
            for (const store::LogRecord& record : log.stored) links += name + " " + std::to_string(record.sequence) + " " + record.link + "\n";
        }
        return links;
    }

private:
    void wrong(const std::string& what) { problems_ += what + "\n"; }

    void read(const std::string& name) {
        ReadLog log;
        log.book = std::make_unique<Book>(name);
        runtime::Ledger ledger(*log.book);
        for (const auto& [sequence, stored] : played_.logs->logs.at(name).records) {
            if (const auto applied = ledger.apply(stored); !applied) return wrong(name + ": " + applied.error().message);
            log.records.push_back(*ledger.recent(sequence)->record);
            log.stored.push_back(stored);
        }
        logs_.emplace(name, std::move(log));
    }

    // ---- messages ----

    void every_message_has_its_one_decision() {
        std::map<std::string, std::pair<std::string, store::Sequence>> decided;  // by hash
        for (const auto& [name, log] : logs_) {
            for (std::size_t at = 0; at < log.records.size(); ++at) {
                const Record& record = log.records[at];
                if (record.position != 0 || record.payload_hash.empty()) continue;
                const std::string where = name + " " + std::to_string(at + 1);
                if (!played_.sent.contains(record.payload_hash)) wrong(where + ": recorded, and nobody sent it");
                const auto [first, fresh] = decided.emplace(record.payload_hash, std::pair(name, at + 1));
                if (!fresh) wrong(where + ": decided before, at " + first->second.first + " " + std::to_string(first->second.second));
            }
        }
        for (const auto& [hash, message] : played_.sent) {
            const std::string who = message.source + "/" + std::to_string(message.number) + " (" + message.what + ")";
            const auto found = decided.find(hash);
            const auto receipt = played_.receipts.find(hash);
            if (found == decided.end()) wrong(who + " was never decided");
            if (receipt == played_.receipts.end()) wrong(who + " has no receipt");
            if (found == decided.end() || receipt == played_.receipts.end()) continue;
            const auto& [log, sequence] = found->second;
            if (receipt->second != receipt_of(logs_.at(log).records.at(sequence - 1), log, sequence)) wrong(who + " has another receipt than its record makes");
        }
    }

    void every_log_is_whole() {
        store::MemoryStore store(played_.logs);
        for (const auto& [name, log] : logs_) {
            const auto verified = tools::verify_log(store, name);
            if (!verified) {
                wrong(verified.error().message);
                continue;
            }
            for (const std::string& problem : verified->problems) wrong(name + ": " + problem);
        }
    }

    // ---- time ----

    // Nobody still had something to do when the time moved: what follows from a record is decided at the record's own time, and once by each service.
    void time_waits_for_everybody() {
        std::set<std::tuple<std::string, std::string, std::string, std::uint64_t>> reacted;
        for (const auto& [name, log] : logs_) {
            Instant last{0};
            for (std::size_t at = 0; at < log.records.size(); ++at) {
                const Record& record = log.records[at];
                const std::string where = name + " " + std::to_string(at + 1);
                if (std::holds_alternative<DeskOpened>(record.event)) continue;  // from before there was a stepped time
                if (record.at < last) wrong(where + " is earlier than the record before it");
                last = record.at;
                const auto source = logs_.find(record.cause.source);
                if (source == logs_.end() || record.position != 0) continue;
                if (record.cause.sequence == 0 || record.cause.sequence > source->second.records.size()) {
                    wrong(where + " follows from a record that is not there");
                    continue;
                }
                const Record& cause = source->second.records[record.cause.sequence - 1];
                if (moment_after(cause) != record.at) wrong(where + " was decided when the time had moved on from what it follows from");
                // In parts, where there are many.
                if (played_.most_effects == kMostEffects && !reacted.emplace(name, record.service, record.cause.source, record.cause.sequence).second) {
                    wrong(where + ": " + record.service + " followed " + record.cause.source + " " + std::to_string(record.cause.sequence) + " twice");
                }
            }
        }
    }
    // A step is recorded at the time before it.
    static Instant moment_after(const Record& record) {
        const auto* stepped = std::get_if<TimeStepped>(&record.event);
        return stepped == nullptr ? record.at : stepped->to;
    }

    void hours_act_once_and_not_before() {
        const auto found = logs_.find(kOffering);
        if (found == logs_.end()) return;
        Book book(kOffering);
        std::set<Instant> acted;
        std::set<NoticeId> missed;
        int counted = 0, tabulated = 0;
        std::vector<Event> item;
        for (const Record& record : found->second.records) {
            if (const auto* expired = std::get_if<OfferingExpired>(&record.event)) {
                if (book.life()->expiration != expired->deadline) wrong("an hour acted that was not in force");
                if (record.at < expired->deadline.instant) wrong("the hour acted before its time");
                if (!acted.insert(expired->deadline.instant).second) wrong("the hour acted twice");
            }
            if (const auto* over = std::get_if<CoverDeadlineMissed>(&record.event)) {
                if (record.at <= book.cover(over->notice)->deadline.instant) wrong("the cover of " + over->notice + " was missed before its time");
                if (!missed.insert(over->notice).second) wrong("the cover of " + over->notice + " was missed twice");
            }
            if (std::holds_alternative<OfferingCounted>(record.event) && ++counted > 1) wrong("the offering was counted twice");
            if (std::holds_alternative<OfferingTabulated>(record.event) && ++tabulated > 1) wrong("the offering was tabulated twice");
            item.push_back(record.event);
            if (record.position + 1 < record.of) continue;
            evolve(book, item);
            item.clear();
        }
    }

    // By the stamp of the trusted gateway, against the deadline as it stands in the end: before it, and where the terms say so at it.
    void lateness_is_by_the_stamp() {
        const Book* book = offering();
        if (book == nullptr) return;
        const Life& life = *book->life();
        for (const auto& [id, stamp] : story_.stamps) {
            const Notice* notice = book->notice(id);
            if (notice == nullptr) continue;  // the same as another, or refused
            const Instant counts = std::min(stamp, first_stamp(*notice));
            const bool late = life.terms.expiration_inclusive ? counts > life.expiration.instant : counts >= life.expiration.instant;
            const bool said = std::find(notice->reasons.begin(), notice->reasons.end(), Reason::kLate) != notice->reasons.end();
            if (late != said) wrong(id + " is" + (said ? "" : " not") + " judged late, and was" + (late ? "" : " not") + " stamped after the hour");
        }
    }
    static Instant first_stamp(const Notice& notice) {
        Instant first = notice.deliveries.front().stamp;
        for (const Delivery& delivery : notice.deliveries) first = std::min(first, delivery.stamp);
        return first;
    }

    // ---- shares and money ----

    void shares_and_money_tie() {
        const Report report = report_of(*offering());
        for (const std::string& what : report.does_not_tie) wrong("does not tie: " + what);
        if (!report.being_recorded.empty()) wrong("still being recorded at rest: " + report.being_recorded);
        proration_is_proportional();
    }

    // Where over-subscriptions are in proportion to one figure alone: worked out again in another way, by cutting down all at once until it fits.
    void proration_is_proportional() {
        const Book& book = *offering();
        const Allocation* allocation = book.allocation(AllocationKind::kFinal);
        const OverSubscriptionTerms& over = book.life()->terms.over_subscription;
        const bool simple = over.basis == Basis::kRequested || over.basis == Basis::kBasicShares;
        if (allocation == nullptr || allocation->status == AllocationStatus::kStarted || !simple || over.extra_supply || over.cap_shares || over.cap_of_basic) return;
        std::vector<Claim> claims;
        std::int64_t left = allocation->supply.value;
        for (const NoticeId& id : book.notice_ids()) {
            const Allotment* allotment = book.allotment(AllocationKind::kFinal, id);
            const Funding* funding = book.funding(id);
            if (allotment == nullptr || funding == nullptr) continue;
            left -= allotment->basic.value;
            // Basic shares purchased: by the terms a holder may over-subscribe without exercising all that it might.
            const std::int64_t asked = funding->deemed_over.value;
            claims.push_back({id, asked, over.basis == Basis::kRequested ? asked : funding->deemed_basic.value, allotment->over.value, -1, 0});
        }
        share_exactly(claims, left);
        std::int64_t given = 0, asked = 0;
        for (const Claim& claim : claims) {
            given += claim.given;
            asked += claim.weight > 0 ? claim.asked : 0;
        }
        if (given != std::min(left, asked)) wrong("allotted were " + std::to_string(given) + " of " + std::to_string(left) + " over-subscription shares, and " + std::to_string(asked) + " were asked for");
        for (const Claim& claim : claims) {
            // Whole shares: what is cut off goes to the largest remainders, one each.
            const bool up = claim.given == claim.exactly + 1 && claim.remainder > 0;
            const bool passed_over = std::any_of(claims.begin(), claims.end(), [&](const Claim& other) { return other.remainder > claim.remainder && other.given == other.exactly; });
            if (claim.given != claim.exactly && (!up || passed_over)) {
                wrong(claim.notice + " was allotted " + std::to_string(claim.given) + " over-subscription shares, and its exact part is from " + std::to_string(claim.exactly));
            }
        }
    }
    struct Claim {
        NoticeId notice;
        std::int64_t asked = 0, weight = 0, given = 0, exactly = 0;  // exactly: rounded down
        std::int64_t remainder = 0;                                  // of it, of one share in so many as weigh together
    };
    static void share_exactly(std::vector<Claim>& claims, std::int64_t left) {
        std::vector<Claim*> open;
        open.reserve(claims.size());
        for (Claim& claim : claims) open.push_back(&claim);
        for (bool served = true; served;) {
            served = false;
            std::int64_t weights = 0;
            for (const Claim* claim : open) weights += claim->weight;
            const std::int64_t now = left;
            for (Claim*& claim : open) {
                if (claim->weight > 0 && claim->asked * weights > now * claim->weight) continue;
                claim->exactly = claim->weight > 0 ? claim->asked : 0;
                left -= claim->exactly;
                claim = nullptr;
                served = true;
            }
            std::erase(open, nullptr);
        }
        std::int64_t weights = 0;
        for (const Claim* claim : open) weights += claim->weight;
        for (Claim* claim : open) {
            claim->exactly = left * claim->weight / weights;
            claim->remainder = left * claim->weight % weights;
        }
    }

    // ---- the same end ----

    static std::map<EntityName, base::Bytes> lasting(const Book& book) {
        std::map<EntityName, base::Bytes> states;
        for (const auto& [name, entity] : book.entities()) {
            if (name.starts_with("alert/") || name.starts_with("proposal/refunds-")) continue;
            Entity lasts = entity;
            if (auto* cover = std::get_if<CoverClock>(&lasts)) cover->reminded.clear();
            states.emplace(name, wire::encode_state(lasts));
        }
        return states;
    }
    static std::string words_of(const Book& book, const EntityName& name) {
        return std::visit([](const auto& entity) { return runtime::to_json(entity).dump(); }, *book.entity(name));
    }
    // Receipts are equal but for the number of their record, by which a conflict also calls what it is about.
    std::string receipts_differ(const Oracle& calm) const {
        for (const auto& [hash, receipt] : calm.played_.receipts) {
            const auto here = played_.receipts.find(hash);
            if (here == played_.receipts.end()) continue;  // one of the clock's
            Receipt same = here->second;
            same.sequence = receipt.sequence;
            if (same.kind == ReceiptKind::kConflict) same.subject = receipt.subject;
            if (same != receipt) return identity_of(receipt) + " was answered " + told(here->second) + ", and in good weather " + told(receipt) + "\n";
        }
        return "";
    }
    static std::string identity_of(const Receipt& receipt) { return receipt.identity.source + "/" + std::to_string(receipt.identity.sequence); }
    static std::string told(const Receipt& receipt) {
        return base::to_text(receipt.kind) + " " + receipt.subject + " " + receipt.status + " [" + base::joined(receipt.reasons, ", ") + "] " + receipt.explanation;
    }
    static std::string first_difference(const std::string& left, const std::string& right) {
        std::istringstream one(left), other(right);
        std::string text, a, b;
        while (true) {
            const bool has_a = static_cast<bool>(std::getline(one, a)), has_b = static_cast<bool>(std::getline(other, b));
            if (!has_a && !has_b) return text;
            if (!has_a) a = "(end)";
            if (!has_b) b = "(end)";
            if (a != b) text += "  calm: " + a + "\n  here: " + b + "\n";
            if (text.size() > 2'000) return text;
        }
    }

    const Story& story_;
    const Played& played_;
    std::map<std::string, ReadLog> logs_;
    std::string problems_;
};

}  // namespace rightsdesk::simulation
