// Intake's stories: what comes in, what people do about it, and what changes it later.
#include "domain/intake.h"

#include <gtest/gtest.h>

#include "domain/certificate_delivery.h"
#include "domain/notice_cures.h"
#include "domain/notice_judgement.h"
#include "support/builders.h"

using namespace rightsdesk;
using namespace rightsdesk::support;

namespace {

using Reasons = std::vector<Reason>;
constexpr const char* kBeforeTheHour = "2002-06-28T11:00:00";
constexpr const char* kAfterTheHour = "2002-06-28T17:30:00";

// A gateway hands a notice over, and intake decides.
Decision submit(Book& book, const NoticeBuilder& notice) {
    const SubmitNotice command = notice.submission();
    return run(book, submit_notice(book, command, command.keyed, notice.context()));
}

Context alice(std::string_view civil = kBeforeTheHour) { return context("alice", 1, new_york(civil)); }
Context bob(std::string_view civil = kBeforeTheHour) { return context("bob", 1, new_york(civil)); }

CureDefect cure(const Book& book, const NoticeId& id, Reason reason, const std::string& value, std::string_view at = kBeforeTheHour) {
    return CureDefect{book.log(), id, reason, value, "letter of the guarantor, 28 June", new_york(at)};
}

ProposeWaiver waiver(const Book& book, const NoticeId& id, Reason reason) { return ProposeWaiver{book.log(), id, reason, "the issuer agrees"}; }

DeliverCertificates certificates(const Book& book, const NoticeId& id) {
    DeliverCertificates command;
    command.offering = book.log();
    command.notice = id;
    command.stamp = new_york("2002-07-01T16:00:00");
    command.channel = Channel::kCourier;
    command.address = kSampleCourier;
    command.rights = Rights(1'000);
    command.certificate_numbers = {"RC-1001"};
    command.signature_guarantee = true;
    return command;
}

NoticeStatus status(const Book& book, const NoticeId& id) { return book.notice(id)->status; }

// What is open against a notice, but for the telephone confirmation, which none of these stories wait for.
Reasons open_reasons(const Book& book, const NoticeId& id) { return without(book.notice(id)->reasons, {Reason::kTelephoneUnconfirmed}); }

void extend(Book& book, const std::string& civil) {
    const Deadline before = book.life()->expiration;
    run(book, OfferingExtended{"extension-1", Extension{before, new_york_deadline(civil), {"alice", "bob"}}});
}

void count(Book& book) { run(book, OfferingCounted{{}, new_york("2002-06-29T09:00:00")}); }
void tabulate(Book& book) { run(book, OfferingTabulated{0, 0, new_york("2002-07-08T09:00:00")}); }

}  // namespace

TEST(Submission, ANoticeInOrderIsAccepted) {
    Book book = open_book();
    const Decision decision = submit(book, a_notice().id("fax-1", 17).for_shares(1'000).and_excess(500));
    EXPECT_EQ(names_of(decision), Names({"NoticeDecided"}));
    const Notice& notice = *book.notice("fax-1.17");
    EXPECT_EQ(notice.status, NoticeStatus::kAccepted);
    EXPECT_EQ(notice.reasons, Reasons{Reason::kTelephoneUnconfirmed});
    EXPECT_EQ(notice.basic_entitlement, Shares(1'000));
    ASSERT_EQ(notice.deliveries.size(), 1U);
    EXPECT_TRUE(notice.deliveries[0].listed);
    EXPECT_EQ(notice.deliveries[0].gateway, "fax-1");
    EXPECT_EQ(decision.reads, Names{"life"});
    ASSERT_EQ(decision.keys.size(), notice.keys.size());
    EXPECT_EQ(decision.keys[0].key, notice.keys[0]);
    EXPECT_EQ(decision.keys[0].entity, "notice/fax-1.17");
}

TEST(Submission, WhatIsPersonalIsInTheSealedPartOnly) {
    Book book = open_book();
    const Decision decision = submit(book, a_notice());
    const auto* decided = find_event<NoticeDecided>(decision);
    ASSERT_NE(decided, nullptr);
    EXPECT_EQ(decided->sealed.personal.names, std::vector<std::string>{"Ida M. Holder"});
    EXPECT_EQ(decided->sealed.personal.telephone, "(518) 555-0142");
    EXPECT_EQ(decided->sealed.personal.signatory, "J. Finch");
}

TEST(Submission, ADocumentWithAnotherHashIsRefused) {
    Book book = open_book();
    const NoticeBuilder notice = a_notice();
    SubmitNotice command = notice.submission();
    command.document.value += "!";
    EXPECT_EQ(refusal_of(submit_notice(book, command, command.keyed, notice.context())), Refusal::kHashDiffers);
}

TEST(Submission, WaitsWhileTheOfferingIsBeingOpened) {
    const Book unopened("rare-medium-2002");
    const NoticeBuilder notice = a_notice();
    const SubmitNotice command = notice.submission();
    const Decision decision = submit_notice(unopened, command, command.keyed, notice.context());
    EXPECT_FALSE(decision.retry_later.empty());
    EXPECT_TRUE(decision.events.empty());
}

TEST(Submission, WhatNobodyCanReadIsRefusedAndKept) {
    Book book = open_book();
    const NoticeBuilder notice = a_notice();
    run(book, submit_notice(book, notice.submission(), std::nullopt, notice.context()));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kRefused);
    EXPECT_EQ(book.notice("fax-1.1")->reasons, (Reasons{Reason::kUnreadable}));
    EXPECT_FALSE(book.notice("fax-1.1")->deliveries[0].document.empty());
}

TEST(Linking, FaxAndMailedOriginalAreOneNotice) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1));
    const Decision decision = submit(book, a_notice().id("mail-1", 9).by_mail().received("2002-06-28T09:00:00"));
    EXPECT_EQ(names_of(decision), Names({"DeliveryLinked"}));
    EXPECT_EQ(book.notice_ids().size(), 1U);
    EXPECT_EQ(book.notice("fax-1.1")->deliveries.size(), 2U);
    EXPECT_EQ(counting_delivery(*book.life(), *book.notice("fax-1.1")).stamp, new_york("2002-06-27T10:00:00"));
}

TEST(Linking, AMisdirectedFaxIsMendedByTheOneThatReachesTheListedNumber) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1).by_fax("+17185550999"));
    ASSERT_EQ(status(book, "fax-1.1"), NoticeStatus::kMisdirected);
    const Decision decision = submit(book, a_notice().id("fax-1", 2).received("2002-06-28T16:59:59"));
    EXPECT_EQ(names_of(decision), Names({"DeliveryLinked", "NoticeRedecided"}));
    EXPECT_EQ(find_event<NoticeRedecided>(decision)->cause, RedecisionCause::kDelivery);
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_EQ(counting_delivery(*book.life(), *book.notice("fax-1.1")).stamp, new_york("2002-06-28T16:59:59"));
}

TEST(Linking, ALateOriginalDoesNotSpoilAFaxInTime) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1));
    EXPECT_EQ(names_of(submit(book, a_notice().id("mail-1", 9).by_mail().received("2002-07-01T09:00:00"))), Names({"DeliveryLinked"}));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
}

TEST(Linking, ASignedCopyInTimeMendsAnUnsignedOneAndALateOneDoesNot) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1).unsigned_by_holder());
    submit(book, a_notice().id("mail-1", 1).by_mail().received(kAfterTheHour));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kDefective);
    submit(book, a_notice().id("mail-1", 2).by_mail().received("2002-06-28T12:00:00"));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_EQ(book.notice("fax-1.1")->deliveries.size(), 3U);
}

TEST(Linking, ANearlyEqualNoticeIsAPersonsQuestion) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1));
    submit(book, a_notice().id("fax-1", 2).dated("2002-06-25"));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted) << "the first stands";
    EXPECT_EQ(status(book, "fax-1.2"), NoticeStatus::kInQuestion);
    EXPECT_EQ(book.notice("fax-1.2")->possible_duplicate_of, "fax-1.1");
    run(book, cure_defect(book, cure(book, "fax-1.2", Reason::kPossibleDuplicate, "", kAfterTheHour), alice(kAfterTheHour)));
    EXPECT_EQ(status(book, "fax-1.2"), NoticeStatus::kAccepted) << "two genuine accounts alike exist";
}

TEST(Cures, ADateSuppliedInTimeStartsAnUndatedGuarantee) {
    Book book = open_book();
    submit(book, a_notice().undated());
    const Decision decision = run(book, cure_defect(book, cure(book, "fax-1.1", Reason::kUndated, "2002-06-28"), alice()));
    EXPECT_EQ(names_of(decision), Names({"DefectCured", "NoticeRedecided"}));
    EXPECT_EQ(book.notice("fax-1.1")->content.dated, day("2002-06-28")) << "later than the notice, not later than the cure";
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_EQ(book.notice("fax-1.1")->cured, Reasons{Reason::kUndated});
}

TEST(Cures, WhatACureBringsUpIsAmongTheReasonsAfter) {
    struct Row {
        const char* sentence;
        NoticeBuilder notice;
        Reason reason;
        const char* value;
        Reasons after;
    };
    const std::vector<Row> rows = {
        {"a date that has not come", a_notice().undated(), Reason::kUndated, "2002-06-29", {Reason::kPostDated}},
        {"a date whose three days were over", a_notice().undated(), Reason::kUndated, "2002-06-20", {Reason::kGuaranteeLapsed}},
        {"a firm on no list", a_notice().where([](auto& f) { f.guarantor_name.reset(); }), Reason::kGuarantorMissing, "Dune Road Capital",
         {Reason::kGuarantorUnknown}},
        {"a listed firm", a_notice().guaranteed_by("Cedar Street Brokers LLC"), Reason::kGuarantorIneligible, "Bowery Trust Company", {}},
        {"fewer rights than basic shares", a_notice().where([](auto& f) { f.rights_held.reset(); }), Reason::kRightsMissing, "400",
         {Reason::kBasicBeyondRights}},
        {"shares that differ from the aggregate", a_notice().where([](auto& f) { f.basic_shares = Shares(0); }), Reason::kSharesMissing, "1000+500",
         {Reason::kAggregateDiffers}},
        {"a way to pay", a_notice().where([](auto& f) { f.payment_method.reset(); }), Reason::kPaymentMethodUnclear, "bank_draft",
         {Reason::kPaymentDetailsMissing}},
        {"the right date of a post-dated guarantee", a_notice().dated("2002-06-29"), Reason::kPostDated, "2002-06-26", {}},
        {"evidence that a post-dated guarantee holds", a_notice().dated("2002-06-29"), Reason::kPostDated, "", {}},
        {"the holder's signature", a_notice().unsigned_by_holder(), Reason::kHolderUnsigned, "", {}},
        {"the standard that an unknown firm meets", a_notice().guaranteed_by("Dune Road Capital"), Reason::kGuarantorUnknown, "", {}},
    };
    for (const Row& row : rows) {
        Book book = open_book();
        submit(book, row.notice);
        ASSERT_TRUE(has_reason(open_reasons(book, "fax-1.1"), row.reason)) << row.sentence;
        run(book, cure_defect(book, cure(book, "fax-1.1", row.reason, row.value), alice()));
        EXPECT_EQ(open_reasons(book, "fax-1.1"), row.after) << row.sentence;
        EXPECT_EQ(status(book, "fax-1.1"), status_from(row.after)) << row.sentence;
    }
}

TEST(Cures, RightsSuppliedLaterGiveTheEntitlement) {
    Book book = open_book();
    submit(book, a_notice().where([](auto& f) { f.rights_held.reset(); }));
    EXPECT_EQ(book.notice("fax-1.1")->basic_entitlement, Shares(0));
    run(book, cure_defect(book, cure(book, "fax-1.1", Reason::kRightsMissing, "1000"), alice()));
    EXPECT_EQ(book.notice("fax-1.1")->basic_entitlement, Shares(1'000));
}

TEST(Cures, AreRefused) {
    struct Row {
        const char* sentence;
        NoticeBuilder notice;
        Reason reason;
        const char* value;
        const char* at;
        Refusal refusal;
    };
    const NoticeBuilder undated = a_notice().undated();
    const std::vector<Row> rows = {
        {"a defect after the hour", undated, Reason::kUndated, "2002-06-27", kAfterTheHour, Refusal::kTooLate},
        {"a time that has not come", undated, Reason::kUndated, "2002-06-27", "2002-06-28T23:00:00", Refusal::kValueUnusable},
        {"a date in other clothes", undated, Reason::kUndated, "June 27", kBeforeTheHour, Refusal::kValueUnusable},
        {"no value where one is needed", undated, Reason::kUndated, "", kBeforeTheHour, Refusal::kValueUnusable},
        {"a value that mends nothing", a_notice().guaranteed_by("Cedar Street Brokers LLC"), Reason::kGuarantorIneligible,
         "CEDAR STREET BROKERS, LLC", kBeforeTheHour, Refusal::kValueUnusable},
        {"what is not the matter", a_notice(), Reason::kUndated, "2002-06-27", kBeforeTheHour, Refusal::kNothingToDo},
        {"a remark", a_notice().where([](auto& f) { f.aggregate_cents = Money(1); }), Reason::kAggregateDiffers, "", kBeforeTheHour,
         Refusal::kNothingToDo},
        {"lateness", a_notice().received(kAfterTheHour), Reason::kLate, "", kBeforeTheHour, Refusal::kNotAllowedByTerms},
        {"a wrong number", a_notice().by_fax("+17185550999"), Reason::kMisdirected, "", kBeforeTheHour, Refusal::kNotAllowedByTerms},
        {"another offering's form", a_notice().where([](auto& f) { f.issuer = "Common Metal"; }), Reason::kAnotherOffering, "", kBeforeTheHour,
         Refusal::kNotAllowedByTerms},
        {"the telephone", a_notice(), Reason::kTelephoneUnconfirmed, "", kBeforeTheHour, Refusal::kValueUnusable},
    };
    for (const Row& row : rows) {
        Book book = open_book();
        submit(book, row.notice);
        EXPECT_EQ(refusal_of(cure_defect(book, cure(book, "fax-1.1", row.reason, row.value, row.at), alice(kAfterTheHour))), row.refusal)
            << row.sentence;
    }
}

TEST(Cures, NeedAPersonEvidenceANoticeAndTime) {
    Book book = open_book();
    submit(book, a_notice().undated());
    CureDefect command = cure(book, "fax-1.1", Reason::kUndated, "2002-06-27");
    EXPECT_EQ(refusal_of(cure_defect(book, command, context("fax-1", 2, new_york(kBeforeTheHour)))), Refusal::kNotPermitted);
    command.evidence.clear();
    EXPECT_EQ(refusal_of(cure_defect(book, command, alice())), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(cure_defect(book, cure(book, "fax-1.2", Reason::kUndated, "2002-06-27"), alice())), Refusal::kUnknownNotice);
    tabulate(book);
    EXPECT_EQ(refusal_of(cure_defect(book, cure(book, "fax-1.1", Reason::kUndated, "2002-06-27"), alice())), Refusal::kTooLate);
}

TEST(Waivers, TakeTwoPeopleAndNameWhatIsComparable) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1).unsigned_by_holder());
    submit(book, a_notice().id("fax-1", 2).unsigned_by_holder().named({"Otto Other"}).certificates({"RC-2"}));
    submit(book, a_notice().id("fax-1", 3).undated().named({"Uta Undated"}).certificates({"RC-3"}));
    const Decision made = run(book, propose_waiver(book, waiver(book, "fax-1.1", Reason::kHolderUnsigned), alice()));
    EXPECT_EQ(names_of(made), Names({"ProposalMade"}));
    EXPECT_EQ(book.proposal("waiver-1")->comparable, std::vector<NoticeId>{"fax-1.2"});
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.1", Reason::kHolderUnsigned), bob())), Refusal::kAlreadyDecided);

    const Approve approve{book.log(), "waiver-1"};
    EXPECT_EQ(refusal_of(approve_waiver(book, approve, alice())), Refusal::kSamePerson);
    const Decision agreed = run(book, approve_waiver(book, approve, bob()));
    EXPECT_EQ(names_of(agreed), Names({"ProposalApproved", "DefectWaived", "NoticeRedecided"}));
    EXPECT_EQ(find_event<NoticeRedecided>(agreed)->detail, "waiver-1, agreed by alice and bob");
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_EQ(status(book, "fax-1.2"), NoticeStatus::kDefective);
    EXPECT_EQ(refusal_of(approve_waiver(book, approve, context("carol", 1, new_york(kBeforeTheHour)))), Refusal::kAlreadyDecided);
}

TEST(Waivers, TakeAsManyPeopleAsTheTermsSay) {
    Terms terms = sample_terms();
    terms.approvals.waiver = 3;
    Book book = open_book(terms);
    submit(book, a_notice().unsigned_by_holder());
    run(book, propose_waiver(book, waiver(book, "fax-1.1", Reason::kHolderUnsigned), alice()));
    EXPECT_EQ(names_of(run(book, approve_waiver(book, {book.log(), "waiver-1"}, bob()))), Names({"ProposalApproved"}));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kDefective);
    run(book, approve_waiver(book, {book.log(), "waiver-1"}, context("carol", 1, new_york(kBeforeTheHour))));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);

    terms.approvals.waiver = 1;
    Book alone = open_book(terms);
    submit(alone, a_notice().unsigned_by_holder());
    run(alone, propose_waiver(alone, waiver(alone, "fax-1.1", Reason::kHolderUnsigned), alice()));
    EXPECT_EQ(status(alone, "fax-1.1"), NoticeStatus::kAccepted);
}

TEST(Waivers, AreRefused) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1).received(kAfterTheHour));
    submit(book, a_notice().id("fax-1", 2).named({"B"}).certificates({"2"}).by_fax("+17185550999"));
    submit(book, a_notice().id("fax-1", 3).named({"C"}).certificates({"3"}).where([](auto& f) { f.issuer = "Common Metal"; }));
    submit(book, a_notice().id("fax-1", 4).named({"D"}).certificates({"4"}).where([](auto& f) { f.rights_held.reset(); }));
    submit(book, a_notice().id("fax-1", 5).named({"E"}).certificates({"5"}).undated());
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.1", Reason::kLate), alice())), Refusal::kNotAllowedByTerms);
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.2", Reason::kMisdirected), alice())), Refusal::kNotAllowedByTerms);
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.3", Reason::kAnotherOffering), alice())), Refusal::kNotAllowedByTerms);
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.4", Reason::kRightsMissing), alice())), Refusal::kNotAllowedByTerms);
    EXPECT_EQ(refusal_of(propose_waiver(book, waiver(book, "fax-1.5", Reason::kHolderUnsigned), alice())), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(approve_waiver(book, {book.log(), "waiver-1"}, bob())), Refusal::kUnknownProposal);
    run(book, propose_waiver(book, waiver(book, "fax-1.5", Reason::kUndated), alice()));
    tabulate(book);
    EXPECT_EQ(refusal_of(approve_waiver(book, {book.log(), "waiver-1"}, bob())), Refusal::kTooLate);
}

TEST(Waivers, AreSupersededByACureAndByARejection) {
    Book book = open_book();
    submit(book, a_notice().undated().unsigned_by_holder());
    run(book, propose_waiver(book, waiver(book, "fax-1.1", Reason::kUndated), alice()));
    run(book, propose_waiver(book, waiver(book, "fax-1.1", Reason::kHolderUnsigned), alice()));
    run(book, cure_defect(book, cure(book, "fax-1.1", Reason::kUndated, "2002-06-27"), alice()));
    EXPECT_EQ(book.proposal("waiver-1")->status, ProposalStatus::kSuperseded);
    EXPECT_EQ(book.proposal("waiver-2")->status, ProposalStatus::kOpen);
    run(book, reject_notice(book, {book.log(), "fax-1.1", "withdrawn by the holder"}, alice()));
    EXPECT_EQ(book.proposal("waiver-2")->status, ProposalStatus::kSuperseded);
}

TEST(Rejection, IsFinal) {
    Book book = open_book();
    submit(book, a_notice().guaranteed_by("Dune Road Capital"));
    const RejectNotice command{book.log(), "fax-1.1", "the firm meets no standard"};
    EXPECT_EQ(names_of(run(book, reject_notice(book, command, alice()))), Names({"NoticeRejected", "NoticeRedecided"}));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kRejected);
    EXPECT_EQ(refusal_of(reject_notice(book, command, bob())), Refusal::kAlreadyDecided);
    EXPECT_EQ(refusal_of(cure_defect(book, cure(book, "fax-1.1", Reason::kGuarantorUnknown, ""), alice())), Refusal::kAlreadyDecided);
    ConfirmByTelephone call{book.log(), "fax-1.1", "J. Finch", new_york(kBeforeTheHour)};
    run(book, confirm_by_telephone(book, call, alice()));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kRejected);
}

TEST(Telephone, MendsARequiredConfirmationOnlyInTime) {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.telephone_confirmation = TelephoneConfirmation::kRequire;
    for (const auto& [at, expected] : {std::pair{"2002-06-28T17:00:00", NoticeStatus::kAccepted}, std::pair{kAfterTheHour, NoticeStatus::kDefective}}) {
        Book book = open_book(terms);
        submit(book, a_notice());
        ASSERT_EQ(status(book, "fax-1.1"), NoticeStatus::kDefective);
        run(book, confirm_by_telephone(book, {book.log(), "fax-1.1", "J. Finch", new_york(at)}, alice(kAfterTheHour)));
        EXPECT_EQ(status(book, "fax-1.1"), expected) << at;
        EXPECT_TRUE(book.notice("fax-1.1")->confirmed_by_telephone);
    }
}

TEST(Telephone, IsConfirmedOnce) {
    Book book = open_book();
    submit(book, a_notice());
    const ConfirmByTelephone call{book.log(), "fax-1.1", "J. Finch", new_york(kBeforeTheHour)};
    const Decision decision = run(book, confirm_by_telephone(book, call, alice()));
    EXPECT_EQ(names_of(decision), Names({"NoticeConfirmed", "NoticeRedecided"}));
    EXPECT_EQ(book.notice("fax-1.1")->reasons, Reasons{});
    EXPECT_EQ(refusal_of(confirm_by_telephone(book, call, bob())), Refusal::kNothingToDo);
}

// rules.md section 1, "telephone": where the terms require it, it must come by the hour; section 2: an extension moves the instant for
// everything on file.
TEST(Telephone, IsInTimeOrNotByTheHourAsItStands) {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.telephone_confirmation = TelephoneConfirmation::kRequire;
    Book book = open_book(terms);
    submit(book, a_notice());
    const Instant call = new_york("2002-06-28T17:30:00");
    run(book, confirm_by_telephone(book, {terms.id, "fax-1.1", "J. Finch", call}, context("alice", 1, call)));
    EXPECT_TRUE(has_reason(book.notice("fax-1.1")->reasons, Reason::kTelephoneRequired)) << "half an hour late";
    EXPECT_EQ(book.notice("fax-1.1")->confirmed_at, call);
    submit(book, a_notice().id("mail-1", 9).by_mail().received("2002-06-28T16:00:00"));
    ASSERT_EQ(book.notice("fax-1.1")->deliveries.size(), 2U);
    EXPECT_TRUE(has_reason(book.notice("fax-1.1")->reasons, Reason::kTelephoneRequired)) << "a further copy makes no late call timely";
    run(book, OfferingExtended{"extension-1", {book.life()->expiration, new_york_deadline("2002-07-01T17:00:00"), {}}});
    run(book, redecide_after_extension(book, context("clock", 1, call)));
    EXPECT_EQ(book.notice("fax-1.1")->reasons, std::vector<Reason>());
    EXPECT_EQ(book.notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

TEST(Certificates, AreRecordedWithWhereTheyCame) {
    Book book = open_book();
    submit(book, a_notice());
    DeliverCertificates command = certificates(book, "fax-1.1");
    const Context mail = context("mail-1", 3, command.stamp);
    EXPECT_EQ(names_of(run(book, deliver_certificates(book, command, mail))), Names({"CertificatesDelivered"}));
    command.address = kSampleMail;  // a courier's parcel at the mail address
    tabulate(book);
    run(book, deliver_certificates(book, command, mail));
    ASSERT_EQ(book.notice("fax-1.1")->certificates.size(), 2U) << "recorded even when it is too late to help";
    EXPECT_TRUE(book.notice("fax-1.1")->certificates[0].listed);
    EXPECT_FALSE(book.notice("fax-1.1")->certificates[1].listed);
    command.notice = "fax-1.9";
    EXPECT_EQ(refusal_of(deliver_certificates(book, command, mail)), Refusal::kUnknownNotice);
    command.notice = "fax-1.1";
    command.rights = Rights(-1);
    EXPECT_EQ(refusal_of(deliver_certificates(book, command, mail)), Refusal::kAmountUnusable);
}

TEST(Extension, SavesTheLateNoticesThatTheNewHourReaches) {
    Book book = open_book();
    submit(book, a_notice().id("fax-1", 1).received("2002-06-28T17:00:00.001"));
    submit(book, a_notice().id("fax-1", 2).received("2002-07-01T17:00:00.001").dated("2002-07-01").named({"B"}).certificates({"2"}));
    submit(book, a_notice().id("fax-1", 3).received(kAfterTheHour).unsigned_by_holder().named({"C"}).certificates({"3"}));
    submit(book, a_notice().id("fax-1", 4).received(kAfterTheHour).by_fax("+17185550999").named({"D"}).certificates({"4"}));
    EXPECT_TRUE(redecide_after_extension(book, Context{}).events.empty()) << "nothing to do before it is extended";
    extend(book, "2002-07-01T17:00:00");
    const Decision decision = run(book, redecide_after_extension(book, Context{}));
    EXPECT_EQ(names_of(decision), Names(3, "NoticeRedecided"));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_EQ(status(book, "fax-1.2"), NoticeStatus::kLate);
    EXPECT_EQ(status(book, "fax-1.3"), NoticeStatus::kDefective);
    EXPECT_EQ(status(book, "fax-1.4"), NoticeStatus::kMisdirected) << "late no more, but never delivered";
    EXPECT_TRUE(redecide_after_extension(book, Context{}).events.empty()) << "once is enough";
}

TEST(Money, SettlesHowItIsPaid) {
    Book book = open_book();
    submit(book, a_notice().where([](auto& f) { f.payment_delivery.reset(), f.payment_method.reset(); }));
    ASSERT_EQ(status(book, "fax-1.1"), NoticeStatus::kDefective);
    EXPECT_TRUE(redecide_after_money(book, "bank-1.1", "fax-1.1").events.empty()) << "no such money yet";
    Payment payment;
    payment.id = "bank-1.1";
    payment.amount = Money(200'000);
    run(book, PaymentAdvised{payment, "", {}});
    run(book, PaymentMatched{"bank-1.1", Match{"fax-1.1", Money(200'000), Evidence::kNoticeReference, ""}});
    const Decision decision = run(book, redecide_after_money(book, "bank-1.1", "fax-1.1"));
    EXPECT_EQ(names_of(decision), Names({"NoticeRedecided"}));
    EXPECT_EQ(decision.reads, (Names{"life", "payment/bank-1.1"}));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted);
    EXPECT_TRUE(redecide_after_money(book, "bank-1.1", "fax-1.1").events.empty()) << "once is enough";
}

TEST(AfterTheCount, ANoticeStampedInTimeIsNeverCountedSilently) {
    Book book = open_book();
    count(book);
    submit(book, a_notice().id("fax-1", 1).received("2002-06-28T16:00:00").arrived("2002-06-28T16:10:00"));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kInQuestion);
    EXPECT_EQ(open_reasons(book, "fax-1.1"), Reasons{Reason::kStampGap});
    run(book, cure_defect(book, cure(book, "fax-1.1", Reason::kStampGap, "", "2002-07-01T09:00:00"), alice("2002-07-01T10:00:00")));
    EXPECT_EQ(status(book, "fax-1.1"), NoticeStatus::kAccepted) << "a person decided, with the gateway's journal as evidence";
}

TEST(Desk, KeepsWhatNoOfferingListsUntilAPersonSaysWhoseItIs) {
    Book desk = desk_book();
    Book book = open_book();
    const NoticeBuilder notice = a_notice().id("fax-1", 5).by_fax("+442071234567");
    run(desk, submit_to_desk(desk, notice.submission(), notice.context()));
    ASSERT_NE(desk.item("fax-1.5"), nullptr);
    const SubmitNotice kept = find_event<NoticeUnattributed>(submit_to_desk(desk, notice.submission(), notice.context()))->notice;
    EXPECT_TRUE(kept.document.empty()) << "its bytes are kept under their SHA-256";

    const AttributeNotice command{"fax-1.5", "rare-medium-2002", "the form names the issuer"};
    EXPECT_EQ(refusal_of(attribute_notice(desk, {"fax-1.6", "rare-medium-2002", ""}, kept)), Refusal::kUnknownItem);
    EXPECT_EQ(refusal_of(attribute_notice(desk, {"fax-1.5", "elsewhere", ""}, kept)), Refusal::kUnknownOffering);
    const Decision attributed = run(desk, attribute_notice(desk, command, kept));
    EXPECT_EQ(names_of(attributed), Names({"NoticeAttributed"}));
    EXPECT_EQ(refusal_of(attribute_notice(desk, command, kept)), Refusal::kAlreadyDecided);

    const NoticeAttributed event = *find_event<NoticeAttributed>(attributed);
    const Context reaction = context("desk", 12, new_york("2002-06-28T09:00:00"));
    run(book, take_attributed(book, event, event.notice.keyed, new_york("2002-06-27T10:00:01"), reaction));
    const Notice& taken = *book.notice("fax-1.5");
    EXPECT_EQ(taken.status, NoticeStatus::kMisdirected) << "whose it is, but still not a valid delivery";
    EXPECT_FALSE(has_reason(taken.reasons, Reason::kStampGap)) << "the desk's own arrival counts, not the attribution's";
    EXPECT_EQ(taken.deliveries[0].gateway, "fax-1");
    EXPECT_TRUE(take_attributed(book, event, event.notice.keyed, new_york("2002-06-27T10:00:01"), reaction).events.empty()) << "once";
}

TEST(Desk, ASharedNumberThatTheOfferingListsIsAValidDelivery) {
    Book book = open_book();
    const NoticeBuilder notice = a_notice().id("fax-1", 5);
    const NoticeAttributed event{"fax-1.5", "rare-medium-2002", "the form names the issuer", notice.submission()};
    run(book, take_attributed(book, event, event.notice.keyed, new_york("2002-06-27T10:00:00"), context("desk", 12, new_york(kBeforeTheHour))));
    EXPECT_EQ(status(book, "fax-1.5"), NoticeStatus::kAccepted);
}
