#!/usr/bin/env python3
"""Faults planted into copies of the suite's sources, so that the checker can be seen to see.

    plant.py --list                 the faults: name, what the checker must say of it, where, what is wrong
    plant.py --files                the sources that faults are planted in
    plant.py --into DIR [--root R]  copies of the sources with every fault in them, asleep, and of the Redis function with one each

One build holds all faults of the services: each asks `planted("name")`, which reads the environment variable RIGHTSDESK_PLANTED. A
text that is no longer in its source, or is there twice, is an error: the fault must be planted anew. Exit codes: 0 done, 1 a text does
not match, 2 wrong arguments.
"""

import argparse
import pathlib
import sys

RUNTIME, DOMAIN, CLIENT = "services/lib/runtime", "services/lib/domain", "services/lib/client"
FUNCTION = "services/lib/store/commit.lua"


class Fault:
    """`rules`: one of these the checker must name. `edits`: (file, the text as it is, the text with the fault in it)."""

    def __init__(self, name, what, rules, *edits):
        self.name, self.what, self.rules, self.edits = name, what, rules, edits

    @property
    def in_function(self):
        return self.edits[0][0] == FUNCTION


FAULTS = [
    Fault("acknowledge-before-commit", "the receipt goes out whether or not the commit holds", ("lost",),
          (f"{RUNTIME}/committing.cpp", "    if (!results) {\n        take_back(trials);",
           """    if (!results) {
        if (planted("acknowledge-before-commit")) {
            store::Sequence next = place.ledger->head().sequence + 1;
            for (const auto& trial : trials) {
                if (!trial->work.payload_hash.empty()) planted_receipts()[claim_name(trial->work.context.identity)] = domain::receipt_of(trial->records.front(), log, next);
                next += trial->records.size();
            }
        }
        take_back(trials);"""),
          (f"{RUNTIME}/door.cpp", "    if (work.outcome != Outcome::kCommitted && work.outcome != Outcome::kDuplicate) return later;",
           """    const auto early = planted_receipts().find(claim_name(work.context.identity));
    if (work.outcome == Outcome::kUndecided && early != planted_receipts().end()) return early->second;
    if (work.outcome != Outcome::kCommitted && work.outcome != Outcome::kDuplicate) return later;""")),
    Fault("retry-later-as-accepted", "what could not be committed is answered as accepted", ("lost", "receipt"),
          (f"{RUNTIME}/door.cpp", "    receipt.kind = domain::ReceiptKind::kRetryLater;\n    receipt.status = \"retry_later\";\n    receipt.explanation = why;",
           "    receipt.kind = planted(\"retry-later-as-accepted\") ? domain::ReceiptKind::kAccepted : domain::ReceiptKind::kRetryLater;\n"
           "    receipt.status = \"retry_later\";\n    receipt.explanation = why;")),
    Fault("skip-the-gap", "what was read from the log, because it was not heard, is not reacted to", ("effect", "alert", "lost"),
          (f"{RUNTIME}/desk_service.cpp", "        if (!folded) return tl::unexpected(folded.error());\n        if (place.unpublished",
           """        if (!folded) return tl::unexpected(folded.error());
        if (planted("skip-the-gap")) {
            for (auto& one : places_) {
                const auto cursor = one.second.cursors.find(place.ledger->log());
                if (cursor != one.second.cursors.end() && cursor->second.handled + 1 == record.sequence) cursor->second.handled = record.sequence;
            }
        }
        if (place.unpublished""")),
    Fault("forget-identities", "an identity is forgotten after forty records", ("twice",),
          (f"{RUNTIME}/ledger.cpp", "    return found == claims_.end() ? nullptr : &found->second;",
           "    if (planted(\"forget-identities\") && found != claims_.end() && head_.sequence > found->second.first + 40) return nullptr;\n"
           "    return found == claims_.end() ? nullptr : &found->second;"),
          (f"{RUNTIME}/committing.cpp", "    if (!work.payload_hash.empty()) item.identities.push_back(",
           "    if (!work.payload_hash.empty() && !planted(\"forget-identities\")) item.identities.push_back(")),
    Fault("fresh-receipt", "a repeat gets a receipt of its own, with the number of the day", ("receipt", "lost"),
          (f"{RUNTIME}/door.cpp", "    return domain::receipt_of(*records->front().record, log, work.first);",
           "    const bool fresh = planted(\"fresh-receipt\") && work.outcome == Outcome::kDuplicate;\n"
           "    return domain::receipt_of(*records->front().record, log, fresh ? place.ledger->head().sequence : work.first);")),
    Fault("receipts-crossed", "the receipts of a batch go out in the wrong order", ("lost", "receipt"),
          (f"{RUNTIME}/committing.cpp", "        work.first = results[at].first;",
           "        work.first = results[planted(\"receipts-crossed\") && !work.payload_hash.empty() ? results.size() - 1 - at : at].first;")),
    Fault("cursor-before-effect", "a consumer's cursor is saved before what it does", ("effect", "cursor"),
          (f"{RUNTIME}/reacting.cpp", "    if (!works.empty()) works.front().context.unfinished = cursor.unfinished;",
           """    if (!works.empty()) works.front().context.unfinished = cursor.unfinished;
    if (planted("cursor-before-effect") && !works.empty()) {
        store::Batch batch;
        batch.log = target_log;
        batch.epoch = std::max<std::uint64_t>(1, pair.target->ledger->head().epoch);
        batch.items.resize(1);
        batch.items[0].cursor = store::CursorMove{name_, source_log, cursor.saved, works.back().reacted_to};
        const auto moved_first = on_.store.commit(batch);
        if (!moved_first) return tl::unexpected(moved_first.error());
        if (moved_first->front().outcome == store::ItemOutcome::kCommitted) cursor.saved = works.back().reacted_to;
    }"""),
          (f"{RUNTIME}/committing.cpp", "        if (!work.source.empty() && work.reacted_to <= place.cursors.at(work.source).saved) work.outcome",
           "        if (!planted(\"cursor-before-effect\") && !work.source.empty() && work.reacted_to <= place.cursors.at(work.source).saved) work.outcome"),
          (f"{RUNTIME}/committing.cpp", "        if (!work.source.empty()) {\n            const auto from",
           "        if (!work.source.empty() && !planted(\"cursor-before-effect\") && !planted(\"effect-without-cursor\")) {\n            const auto from")),
    Fault("effect-without-cursor", "a consumer's cursor is saved some time after what it does", ("cursor",),
          (f"{RUNTIME}/committing.cpp", "        if (!work.source.empty() && !work.more) place.cursors.at(work.source).saved = trials[at]->passed;",
           "        if (!work.source.empty() && !work.more && (*trials[at]).item.cursor) place.cursors.at(work.source).saved = trials[at]->passed;")),
    Fault("less-at-the-hour", "< for <= at the hour", ("late",),
          (f"{DOMAIN}/notice_judgement.cpp", "    return stamp < life.expiration.instant || (life.terms.expiration_inclusive &&",
           "    return stamp < life.expiration.instant || (!planted(\"less-at-the-hour\") && life.terms.expiration_inclusive &&")),
    Fault("late-by-arrival", "late is judged by when it reached the desk, not by the gateway's stamp", ("late",),
          (f"{DOMAIN}/notice_judgement.cpp", "    if (!in_time(life, arrival.delivery.stamp)) reasons.push_back(Reason::kLate);",
           "    if (!in_time(life, planted(\"late-by-arrival\") ? arrival.delivery.arrived : arrival.delivery.stamp)) reasons.push_back(Reason::kLate);")),
    Fault("hour-too-early", "the hour is acted on a millisecond before it comes", ("early",),
          (f"{DOMAIN}/offering_life.cpp", "            if (context.now >= life->expiration.instant) {",
           "            if (context.now.value >= life->expiration.instant.value - (planted(\"hour-too-early\") ? 1'000'000 : 0)) {")),
    Fault("hour-of-the-terms", "the hour is acted on as the terms have it, extended or not", ("early",),
          (f"{DOMAIN}/offering_life.cpp", "                decision.add(OfferingExpired{life->expiration});\n            } else",
           "                decision.add(OfferingExpired{life->expiration});\n"
           "            } else if (planted(\"hour-of-the-terms\") && context.now >= life->terms.expiration.instant) {\n"
           "                decision.add(OfferingExpired{life->expiration});\n            } else")),
    Fault("count-without-the-bank", "the offering is counted before the bank has said that it told of everything", ("early",),
          (f"{DOMAIN}/offering_life.cpp", "                watermarks_past(desk, life->terms.bank_feeds, life->expiration.instant)) {",
           "                (planted(\"count-without-the-bank\") || watermarks_past(desk, life->terms.bank_feeds, life->expiration.instant))) {")),
    Fault("cover-too-early", "a cover deadline is acted on while it runs", ("early", "late"),
          (f"{DOMAIN}/covers.cpp", "    if (now > until && life.stage == Stage::kCounted &&",
           "    if (planted(\"cover-too-early\") && now < until && life.stage == Stage::kCounted) return CoverDeadlineMissed{id, clock.missing};\n"
           "    if (now > until && life.stage == Stage::kCounted &&")),
    Fault("wire-counted-twice", "two messages of one wire are two wires", ("doubled",),
          (f"{DOMAIN}/payment_identity.cpp", "keys.push_back(\"wire|\" + wire.references.*reference + \"|\" + money);",
           "keys.push_back(\"wire|\" + wire.references.*reference + \"|\" + money + (planted(\"wire-counted-twice\") ? wire.message_id : \"\"));")),
    Fault("a-cent-more", "one refund in three gives back a cent more than there is", ("cents",),
          (f"{DOMAIN}/refunding.cpp", "        refund.amount = payment.refundable;",
           "        refund.amount = payment.refundable + Money(planted(\"a-cent-more\") && refunds.size() % 3 == 0 ? 1 : 0);")),
    Fault("refund-paid-twice", "a refund that was paid is paid again", ("doubled",),
          (f"{DOMAIN}/refunding.cpp", "        std::erase_if(payments, [&](const PaymentId& id) { return book.payment(id)->status != PaymentStatus::kGood; });",
           "        std::erase_if(payments, [&](const PaymentId& id) { return book.payment(id)->status != PaymentStatus::kGood; });\n"
           "        if (planted(\"refund-paid-twice\") && !payments.empty()) payments.push_back(payments.front());")),
    Fault("approved-by-one", "one person is two", ("people",),
          (f"{DOMAIN}/approvals.cpp", "+ (proposal.by_person ? 1 : 0) + 1);", "+ (proposal.by_person ? 1 : 0) + (planted(\"approved-by-one\") ? 2 : 1));")),
    Fault("alert-lost", "of some defects nobody is told", ("alert",),
          ("services/notification/notification.cpp", "    Decision decision = alerts_for(around.books.book(target), record, context);",
           "    if (planted(\"alert-lost\") && std::holds_alternative<NoticeDecided>(record.event) && record.cause.sequence % 2 == 0) return {};\n"
           "    Decision decision = alerts_for(around.books.book(target), record, context);")),
    Fault("number-given-again", "a gateway that starts again has forgotten which numbers it gave out", ("journal", "conflict", "lost"),
          (f"{CLIENT}/journal.cpp", "        next_number_ = message->number + 1;", "        if (!planted(\"number-given-again\")) next_number_ = message->number + 1;")),
    Fault("sent-under-a-new-number", "a gateway that starts again sends what has no receipt under new numbers", ("doubled", "twice", "lost"),
          (f"{CLIENT}/sender.cpp", "    const auto now = Clock::now();\n    for (const auto& [number, message] : journal_->unsettled()) {",
           """    const auto now = Clock::now();
    if (planted("sent-under-a-new-number")) {
        const auto before = journal_->unsettled();
        for (const auto& [number, message] : before) {
            const auto bytes = journal_->read(number);
            auto envelope = bytes ? wire::decode_envelope(*bytes) : base::Result<domain::Envelope>(tl::unexpected(bytes.error()));
            if (!envelope) return tl::unexpected(envelope.error());
            envelope->identity.sequence = next_number();
            const auto again = submit_encoded({next_number(), message.door, wire::encode(*envelope), message.stamp, message.label, true, message.through});
            if (!again) return again;
        }
        return {};
    }
    for (const auto& [number, message] : journal_->unsettled()) {""")),
    Fault("journal-kept-in-memory", "a gateway's messages are written into its journal with the first receipt that comes, not before they are sent", ("journal", "lost", "unsent", "conflict"),
          (f"{CLIENT}/journal_files.cpp", "    base::Result<> append(std::string_view octets) override { return",
           """    base::Result<> append(std::string_view octets) override {
        static std::string gathered;
        gathered += octets;
        const char kind = octets[16];
        if (planted("journal-kept-in-memory") && (kind == 2 || kind == 4)) return {};
        const std::string all = std::exchange(gathered, {});
        octets = all;
        return""")),
    Fault("versions-stand-still", "a state is written under the version that it had", ("versions",),
          (FUNCTION, "local version, n = successor(argv[i + 2]), #new_states", "local version, n = argv[i + 2] == '0' and '1' or argv[i + 2], #new_states")),
    Fault("chain-of-one", "a record's link does not go on from the link before", ("chain", "head"),
          (FUNCTION, "link = sha1hex(link .. ':' .. seq .. ':' .. name)", "link = sha1hex(':' .. seq .. ':' .. name)")),
    Fault("identity-not-claimed", "the claim of an identity is not written", ("identity",),
          (FUNCTION, "    write_hash(keys[3], new_identities)\n", "")),
]

# At which a service dies, whenever it meets it: tests/resilience sees what becomes of it. Of no use under fire, where every seed would meet them.
POISONS = [
    Fault("poisonous-message", "intake dies while it decides about a notice of this delivery", (),
          ("services/intake/intake.cpp", "    return std::visit(Deciding{documents_, registers_, kept_, around, log, context}, command);",
           """    const auto* notice = std::get_if<SubmitNotice>(&command);
    if (planted("poisonous-message") && notice != nullptr && notice->delivery == "poison") std::abort();
    return std::visit(Deciding{documents_, registers_, kept_, around, log, context}, command);""")),
    Fault("poisonous-record", "notification dies while it reacts to the record of a notice of this delivery", (),
          ("services/notification/notification.cpp", "    if (source != target) return {};  // what the desk records",
           """    const auto* decided = std::get_if<NoticeDecided>(&record.event);
    if (planted("poisonous-record") && decided != nullptr && decided->notice.deliveries.front().id == "poison") std::abort();
    if (source != target) return {};  // what the desk records""")),
]

HEADER = """// Written by tests/chaos/plant.py.
#pragma once

#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "domain/receipts.h"

namespace rightsdesk {

inline bool planted(const char* name) {
    static const char* chosen = std::getenv("RIGHTSDESK_PLANTED");
    return chosen != nullptr && std::strcmp(chosen, name) == 0;
}
inline std::map<std::string, domain::Receipt>& planted_receipts() {
    static std::map<std::string, domain::Receipt> receipts;
    return receipts;
}

}  // namespace rightsdesk
"""


def edited(root, texts, fault, file, old, new):
    text = texts.get(file)
    if text is None:
        text = (root / file).read_text()
    if text.count(old) != 1:
        raise LookupError(f"{fault.name}: {file} has this text {text.count(old)} times, and must have it once:\n{old}")
    return text.replace(old, new)


def write(path, text):
    """Only what changed, so that nothing is built again in vain."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def plant(root, into):
    texts = {}
    for fault in FAULTS + POISONS:
        for file, old, new in fault.edits:
            if file == FUNCTION:
                write(into / f"{fault.name}.lua", edited(root, {}, fault, file, old, new))
            else:
                texts[file] = edited(root, texts, fault, file, old, new)
    write(into / "planted.h", HEADER)
    for file, text in texts.items():
        write(into / file, '#include "planted.h"\n#line 1 "' + file + '"\n' + text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    given = parser.parse_args()
    if given.list:
        for fault in FAULTS:
            print(f"{fault.name}\t{','.join(fault.rules)}\t{'function' if fault.in_function else 'services'}\t{fault.what}")
        return 0
    if given.files:
        print("\n".join(sorted({file for fault in FAULTS + POISONS for file, _, _ in fault.edits if file != FUNCTION})))
        return 0
    if given.into is None:
        parser.error("--list, --files or --into DIR")
    try:
        plant(given.root, given.into)
    except (LookupError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
