// Intake's decisions: what comes in on paper and by telephone, and what later changes it. Pure; each answers with the
// events to commit, or says when to try again. Cures, waivers and rejections are in notice_cures.h, certificates that come for a
// notice in certificate_delivery.h.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// ---- commands in an offering's log ----

// Whether the document's bytes have the SHA-256 that the gateway states.
bool document_is_intact(const SubmitNotice& command);

// Decides a notice: NoticeDecided or, where it is on file already, DeliveryLinked, with NoticeRedecided when this delivery
// is better than what the notice stood on. `fields` is what the document and the gateway's keying say, absent when nobody
// could read it. Refuses kHashDiffers; asks to be retried while the offering is being opened.
Decision submit_notice(const Book& book, const SubmitNotice& command, const std::optional<NoticeFields>& fields, const Context& context);

// The institution communicates its guarantee (rules.md section 1, "telephone"). Where the terms require it, it mends the
// notice only when it came in time.
Decision confirm_by_telephone(const Book& book, const ConfirmByTelephone& command, const Context& context);

// ---- commands in the desk's log (watermarks: watermarks.h) ----

// A notice that came in on a number or address that no offering lists, or several do.
Decision submit_to_desk(const Book& desk, const SubmitNotice& command, const Context& context);

// A person says whose it is. `submitted`: what the item holds, from its first record; absent when it holds no notice.
Decision attribute_notice(const Book& desk, const AttributeNotice& command, const std::optional<SubmitNotice>& submitted);

// In the offering's log: the notice leaves it. It is rejected with that reason, and certificates that came for it go back. Refused for one
// that was linked to a notice on file, and for one that counts in a tabulated offering. `item`: the desk's, attributed to this
// offering, which has taken in all that the desk has for it.
Decision take_back_notice(const Book& book, const UnattributedItem& item, const TakeBackNotice& command, const Context& context);

// ---- reactions ----

// Decides an attributed notice in its offering, once for each attribution, under the item's id and by its own stamp. `arrived`: when the
// desk recorded it. One that was taken back from here counts again as it did.
Decision take_attributed(const Book& book, const NoticeAttributed& event, const std::optional<NoticeFields>& fields, Instant arrived,
                         const Context& context);

// Decides again every late notice that the hour as it stands now reaches (rules.md section 2), every guarantee that it revives, and
// every required telephone call that is in time now. In parts.
Decision redecide_after_extension(const Book& book, const Context& context);

// Decides again every guarantee that had lapsed and, by the calendar with the closing in it, has not (rules.md section 6).
Decision redecide_after_closing(const Book& book, Date closing, const Context& context);

// Money matched to a notice settles how it was to be paid (rules.md section 1: "nothing is guessed, a defect unless the
// money settles it").
Decision redecide_after_money(const Book& book, const PaymentId& payment, const NoticeId& notice);

// The last money of a notice was taken back: what only the money had settled is open again.
Decision redecide_after_money_left(const Book& book, const NoticeId& notice);

// The bank took money back, or has it again after it was presented again or cleared after all: the same of every notice that it was
// matched to (rules.md section 3: a return "re-decides everything that leaned on it"). In parts.
Decision redecide_after_money_turned(const Book& book, const PaymentId& payment, const Context& context);

}  // namespace rightsdesk::domain
