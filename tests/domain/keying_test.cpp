// Notices that could not be read with certainty: nothing is guessed, a person keys them, and they are judged by when they came.
#include "domain/keying.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/receipts.h"
#include "domain/report.h"
#include "domain/tally.h"
#include "support/whole_desk.h"

namespace rightsdesk::domain {
namespace {

using namespace support;

using Reasons = std::vector<Reason>;

const std::string kFaxed = "fax-1.1";

NoticeBuilder a_blurred_fax(std::string_view received = "2002-06-28T16:58:00") {
    NoticeBuilder notice;
    return notice.id("fax-1", 1).received(received).undated().where([](NoticeFields& fields) { fields.rights_held.reset(); }).to_be_keyed({"dated", "rights_held"});
}

NoticeFields what_was_missing() {
    NoticeFields fields;
    fields.dated = day("2002-06-27");
    fields.rights_held = Rights(1'000);
    return fields;
}

const Notice& notice_of(const WholeDesk& desk, const NoticeId& id = kFaxed) { return *desk.book().notice(id); }

const Alert* open_alert(const WholeDesk& desk, const std::string& cause) { return desk.book().alert(desk.book().open_alert_of(cause)); }

TEST(Keying, what_could_not_be_read_waits_and_says_nothing) {
    WholeDesk desk;
    desk.at("2002-06-28T16:58:00");
    const Decision decision = desk.submit(a_blurred_fax());
    ASSERT_EQ(names_of(decision), Names({"NoticeDecided"}));
    const auto& decided = std::get<NoticeDecided>(decision.events.front());
    EXPECT_EQ(decided.notice.status, NoticeStatus::kAwaitingKeying);
    EXPECT_EQ(decided.notice.reasons, Reasons({Reason::kAwaitingKeying}));
    EXPECT_EQ(decided.notice.content, NoticeContent{}) << "what it asks for is not known before all of it is";
    EXPECT_TRUE(decided.notice.keys.empty());
    ASSERT_TRUE(decided.notice.reading);
    EXPECT_EQ(decided.notice.reading->missing, (std::vector<std::string>{"dated", "rights_held"}));
    EXPECT_EQ(decided.notice.reading->layout, "form");
    ASSERT_EQ(decided.sealed.personal.readings.size(), 2U) << "candidates are sealed: they may be names";
    EXPECT_EQ(decided.sealed.personal.readings[1].candidates, (std::vector<std::string>{"100", "1000"}));
    ASSERT_TRUE(decided.sealed.personal.read);
    EXPECT_EQ(decided.sealed.personal.read->guarantor_name, "Alder & Finch Securities, Inc.");
    EXPECT_EQ(desk.book().cover(kFaxed), nullptr) << "its day is not known";
    EXPECT_EQ(desk.book().funding(kFaxed), nullptr);
    const Receipt receipt = receipt_of(Record{"intake", desk.now(), {"fax-1", 1}, "", "fax-1", "", 0, 1, decision.events.front()}, desk.book().log(), 1);
    EXPECT_EQ(receipt.kind, ReceiptKind::kAccepted);
    EXPECT_EQ(receipt.status, "awaiting_keying");
}

TEST(Keying, a_fax_of_4_58_pm_keyed_at_6_30_pm_counts) {
    WholeDesk desk;
    desk.at("2002-06-28T16:58:00").submit(a_blurred_fax());
    desk.at("2002-06-28T18:30:00");
    EXPECT_EQ(names_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Names({"NoticeKeyed"}));
    const Notice& notice = notice_of(desk);
    EXPECT_EQ(notice.status, NoticeStatus::kAccepted);
    EXPECT_FALSE(has_reason(notice.reasons, Reason::kLate));
    EXPECT_FALSE(has_reason(notice.reasons, Reason::kStampGap)) << "it was handed over in time: a person's hour is no gap";
    EXPECT_EQ(notice.deliveries.front().stamp, new_york("2002-06-28T16:58:00"));
    EXPECT_EQ(notice.content.basic_shares, Shares(1'000)) << "what was read with certainty holds";
    EXPECT_EQ(notice.content.rights_held, Rights(1'000));
    EXPECT_EQ(notice.reading->keyed_by, "alice");
    EXPECT_EQ(notice.reading->keyed_at, new_york("2002-06-28T18:30:00"));
    ASSERT_NE(desk.book().cover(kFaxed), nullptr);
    EXPECT_EQ(desk.book().cover(kFaxed)->deadline.civil, "2002-07-02T17:00:00") << "three business days from the guarantee's own date";
}

TEST(Keying, a_fax_of_one_second_past_the_hour_is_late_once_keyed) {
    WholeDesk desk;
    desk.at("2002-06-28T17:00:01").submit(a_blurred_fax("2002-06-28T17:00:01"));
    EXPECT_EQ(notice_of(desk).reasons, Reasons({Reason::kLate, Reason::kAwaitingKeying}));
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kLate);
}

TEST(Keying, an_extension_reaches_one_that_waits_and_one_that_is_keyed) {
    WholeDesk desk;
    desk.at("2002-06-28T17:00:01").submit(a_blurred_fax("2002-06-28T17:00:01"));
    desk.propose_extension("2002-07-01T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    EXPECT_EQ(notice_of(desk).reasons, Reasons({Reason::kAwaitingKeying}));
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kAccepted);
}

TEST(Keying, what_a_person_sees_holds_over_what_was_read) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    NoticeFields fields = what_was_missing();
    fields.basic_shares = Shares(900);
    desk.key(kFaxed, fields, {"certificate_numbers"}, "alice");
    EXPECT_EQ(notice_of(desk).content.basic_shares, Shares(900));
    EXPECT_TRUE(notice_of(desk).content.certificate_numbers.empty());
}

TEST(Keying, what_is_blank_on_the_page_is_a_defect_like_any_other) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    NoticeFields fields = what_was_missing();
    fields.dated.reset();
    desk.key(kFaxed, fields, {"dated"}, "alice");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kDefective);
    EXPECT_TRUE(has_reason(notice_of(desk).reasons, Reason::kUndated));
    EXPECT_EQ(names_of(desk.cure(kFaxed, Reason::kUndated, "2002-06-26", "alice")).front(), "DefectCured");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kAccepted);
}

TEST(Keying, keying_the_same_again_changes_nothing_and_is_told_so) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    const Notice before = notice_of(desk);
    const Decision again = desk.key(kFaxed, what_was_missing(), {}, "bob");
    ASSERT_EQ(names_of(again), Names({"NoticeKeyed"}));
    EXPECT_TRUE(std::get<NoticeKeyed>(again.events.front()).again);
    EXPECT_EQ(notice_of(desk), before) << "alice's it stays";
    NoticeFields same_in_full = what_was_missing();
    same_in_full.guarantor_name = "Alder & Finch Securities, Inc.";
    EXPECT_FALSE(refusal_of(desk.key(kFaxed, same_in_full, {}, "bob"))) << "the same in all that it says";
    NoticeFields other = what_was_missing();
    other.rights_held = Rights(2'000);
    EXPECT_EQ(refusal_of(desk.key(kFaxed, other, {}, "bob")), Refusal::kKeyedOtherwise);
    EXPECT_EQ(notice_of(desk), before);
}

struct Refused {
    const char* what;
    std::function<void(KeyNotice&)> change;
    Refusal refusal;
    std::string says;
};

TEST(Keying, what_cannot_be_taken_is_refused_with_its_reason) {
    const std::vector<Refused> rows = {
        {"no such notice", [](KeyNotice& key) { key.notice = "fax-1.99"; }, Refusal::kUnknownNotice, "fax-1.99"},
        {"one field is left open", [](KeyNotice& key) { key.fields.dated.reset(); }, Refusal::kValueUnusable, "neither given nor said to be blank: dated"},
        {"given and blank", [](KeyNotice& key) { key.blank = {"dated"}; }, Refusal::kValueUnusable, "given and said to be blank: dated"},
        {"no such field", [](KeyNotice& key) { key.blank = {"colour"}; }, Refusal::kValueUnusable, "there is no field \"colour\""},
        {"fewer than no rights", [](KeyNotice& key) { key.fields.rights_held = Rights(-1); }, Refusal::kValueUnusable, "out of bounds: rights_held"},
        {"more rights than there are", [](KeyNotice& key) { key.fields.rights_held = Rights(INT64_MAX); }, Refusal::kValueUnusable, "out of bounds: rights_held"},
        {"a day of another age", [](KeyNotice& key) { key.fields.dated = Date(INT32_MAX); }, Refusal::kValueUnusable, "out of bounds: dated"},
        {"a name without an end", [](KeyNotice& key) { key.fields.names = {std::string(5'000, 'x')}; }, Refusal::kValueUnusable, "out of bounds: names"},
        {"too many names", [](KeyNotice& key) { key.fields.names = std::vector<std::string>(300, "x"); }, Refusal::kValueUnusable, "out of bounds: names"},
        {"nothing at all", [](KeyNotice& key) { key.fields = {}, key.blank = notice_field_names(); }, Refusal::kValueUnusable, "nothing of it makes a notice"},
    };
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    const std::optional<NoticeFields> read = a_blurred_fax().fields();
    for (const Refused& row : rows) {
        SCOPED_TRACE(row.what);
        KeyNotice key{desk.book().log(), kFaxed, what_was_missing(), {}};
        row.change(key);
        const Decision decision = key_notice(desk.book(), key, read, desk.as("alice"));
        EXPECT_EQ(refusal_of(decision), row.refusal);
        const auto* refusal = find_event<CommandRefused>(decision);
        ASSERT_NE(refusal, nullptr);
        EXPECT_NE(refusal->detail.find(row.says), std::string::npos) << refusal->detail;
    }
    Context nobody = desk.as("fax-1");
    nobody.person.clear();
    EXPECT_EQ(refusal_of(key_notice(desk.book(), {desk.book().log(), kFaxed, what_was_missing(), {}}, read, nobody)), Refusal::kNotPermitted);
}

TEST(Keying, one_that_was_read_or_rejected_is_not_keyed) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(NoticeBuilder().id("fax-1", 2));
    EXPECT_EQ(refusal_of(desk.key("fax-1.2", what_was_missing(), {}, "alice")), Refusal::kNothingToDo);
    desk.submit(a_blurred_fax("2002-06-27T10:00:00"));
    desk.reject(kFaxed, "alice");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kRejected);
    EXPECT_EQ(refusal_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Refusal::kAlreadyDecided);
    EXPECT_EQ(open_alert(desk, "notice/" + kFaxed), nullptr);
}

TEST(Keying, before_it_is_keyed_it_is_neither_amended_nor_certified) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    EXPECT_EQ(refusal_of(desk.amend(kFaxed, Shares(10), Shares(0), "alice")), Refusal::kTooEarly);
    EXPECT_EQ(refusal_of(desk.certify(kFaxed, {{"1", Rights(1), Shares(1), Shares(0)}}, "alice")), Refusal::kTooEarly);
}

TEST(Keying, one_whose_copy_came_readable_by_mail_is_one_notice_and_the_earlier_stamp_counts) {
    for (const bool keyed_first : {false, true}) {
        SCOPED_TRACE(keyed_first ? "keyed before the mail came" : "keyed after the mail came");
        WholeDesk desk;
        desk.at("2002-06-28T16:58:00").submit(a_blurred_fax());
        if (keyed_first) desk.key(kFaxed, what_was_missing(), {}, "alice");
        desk.at("2002-06-28T17:20:00").submit(NoticeBuilder().id("mail-1", 7).by_mail().dated("2002-06-27").received("2002-06-28T17:20:00"));
        if (!keyed_first) {
            EXPECT_EQ(notice_of(desk, "mail-1.7").status, NoticeStatus::kLate) << "nobody knows yet that it is the fax's";
            EXPECT_EQ(names_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Names({"NoticeKeyed", "DeliveryLinked", "NoticeRedecided"}));
            EXPECT_EQ(notice_of(desk).status, NoticeStatus::kLinked);
            EXPECT_EQ(notice_of(desk).reading->same_as, "mail-1.7");
            EXPECT_EQ(names_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Names({"NoticeKeyed"})) << "again";
        }
        const Notice& one = notice_of(desk, keyed_first ? kFaxed : "mail-1.7");
        EXPECT_EQ(one.status, NoticeStatus::kAccepted);
        EXPECT_EQ(one.deliveries.size(), 2U);
        EXPECT_EQ(counting_delivery(*desk.book().life(), one).stamp, new_york("2002-06-28T16:58:00"));
        const Report report = report_of(desk.book());
        EXPECT_EQ(report.totals.accepted, 1U);
        desk.say(a_wire(2'000));
        EXPECT_EQ(desk.book().payments_of(one.id).size(), 1U);
        desk.count().say(certificates_for(one.id, 1'000, "2002-07-01T11:00:00"));
        desk.tabulate();
        desk.settle_everything();
        EXPECT_EQ(report_of(desk.book()).totals.basic, Shares(1'000)) << "once";
        EXPECT_TRUE(report_of(desk.book()).does_not_tie.empty());
    }
}

TEST(Keying, a_fax_sent_twice_and_keyed_twice_is_one_notice) {
    WholeDesk desk;
    desk.at("2002-06-28T16:50:00").submit(a_blurred_fax("2002-06-28T16:50:00"));
    desk.submit(a_blurred_fax("2002-06-28T16:55:00").id("fax-1", 2));
    desk.key("fax-1.2", what_was_missing(), {}, "alice");
    desk.key(kFaxed, what_was_missing(), {}, "bob");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kLinked);
    EXPECT_EQ(notice_of(desk, "fax-1.2").deliveries.size(), 2U);
    EXPECT_EQ(desk.submit(NoticeBuilder().id("mail-1", 7).by_mail().dated("2002-06-27").received("2002-06-28T16:56:00")).events.size(), 1U);
    EXPECT_EQ(notice_of(desk, "fax-1.2").deliveries.size(), 3U) << "what comes later is compared with the one that counts";
}

TEST(Keying, what_came_for_it_while_it_waited_goes_with_it) {
    WholeDesk desk;
    desk.at("2002-06-28T16:00:00").submit(a_blurred_fax("2002-06-28T16:00:00"));
    desk.say(certificates_for(kFaxed, 1'000, "2002-06-28T16:10:00"));
    desk.submit(NoticeBuilder().id("mail-1", 7).by_mail().dated("2002-06-27").received("2002-06-28T16:30:00"));
    desk.at("2002-06-28T16:40:00").key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_TRUE(notice_of(desk).certificates.empty());
    EXPECT_EQ(notice_of(desk, "mail-1.7").certificates.size(), 1U);
    EXPECT_EQ(desk.book().cover("mail-1.7")->state, CoverState::kComplete);
    EXPECT_EQ(desk.book().open_alert_of("returns"), 0U);
}

TEST(Keying, money_waits_for_what_is_not_keyed_and_finds_it_then) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    desk.say(a_wire(2'000));
    EXPECT_TRUE(desk.book().payments_of(kFaxed).empty());
    EXPECT_EQ(desk.book().unmatched_payments().size(), 1U);
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_EQ(desk.book().payments_of(kFaxed).size(), 1U);
    EXPECT_EQ(desk.book().funding(kFaxed)->good_in_time, Money(200'000));
}

TEST(Keying, one_on_file_to_which_a_person_matched_money_is_unmatched_first) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    desk.say(a_wire(2'000));
    const PaymentId payment = *desk.book().payment_ids().begin();
    desk.match(payment, kFaxed, std::nullopt, "bob");
    ASSERT_EQ(desk.book().payments_of(kFaxed).size(), 1U);
    desk.submit(NoticeBuilder().id("mail-1", 7).by_mail().dated("2002-06-27").received("2002-06-27T11:00:00"));
    EXPECT_EQ(refusal_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Refusal::kAlreadyMatched);
    desk.unmatch(payment, kFaxed, "bob");
    EXPECT_FALSE(refusal_of(desk.key(kFaxed, what_was_missing(), {}, "alice")));
}

TEST(Keying, the_count_names_those_that_wait_and_nothing_final_is_counted_without_them) {
    WholeDesk desk;
    desk.at("2002-06-28T16:58:00").submit(a_blurred_fax());
    desk.say(a_wire(2'000, kSampleImad, "2002-06-28T15:00:00"));
    desk.count();
    EXPECT_EQ(desk.book().life()->stage, Stage::kCounted) << "the count is due in the morning, with what is known";
    const Table count = count_report(desk.book());
    ASSERT_FALSE(count.notes.empty());
    EXPECT_NE(std::find_if(count.notes.begin(), count.notes.end(), [](const std::string& note) { return note.find("1 notices wait to be keyed and are in none of these figures: fax-1.1") == 0; }),
              count.notes.end());
    EXPECT_NE(open_alert(desk, "counted")->what.find("1 notices wait to be keyed"), std::string::npos);
    EXPECT_EQ(tally_of(desk.book()).awaiting_keying, 1U);
    EXPECT_EQ(report_of(desk.book()).totals.awaiting_keying, 1U);
    EXPECT_EQ(open_alert(desk, "lapsed/" + kFaxed), nullptr);
    desk.tabulate();
    EXPECT_EQ(desk.book().life()->stage, Stage::kCounted) << "it waits";
    desk.say(certificates_for(kFaxed, 1'000, "2002-07-02T11:00:00"));
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kAccepted) << "keyed after the count, and in time by its stamp";
    desk.tabulate();
    desk.settle_everything();
    EXPECT_EQ(report_of(desk.book()).totals.basic, Shares(1'000));
    EXPECT_TRUE(report_of(desk.book()).does_not_tie.empty());
}

TEST(Keying, what_is_late_or_misdirected_holds_nothing_up) {
    WholeDesk desk;
    desk.at("2002-06-28T17:00:01").submit(a_blurred_fax("2002-06-28T17:00:01"));
    desk.submit(a_blurred_fax("2002-06-28T16:00:00").id("fax-1", 2).by_fax("+19995550100"));
    desk.count();
    desk.tabulate();
    EXPECT_NE(desk.book().life()->stage, Stage::kCounted);
    EXPECT_EQ(refusal_of(desk.key(kFaxed, what_was_missing(), {}, "alice")), Refusal::kTooLate);
}

TEST(Keying, rejecting_it_frees_the_final_count) {
    WholeDesk desk;
    desk.at("2002-06-28T16:58:00").submit(a_blurred_fax());
    desk.count();
    desk.tabulate();
    EXPECT_EQ(desk.book().life()->stage, Stage::kCounted);
    desk.reject(kFaxed, "alice");
    EXPECT_NE(desk.book().life()->stage, Stage::kCounted);
}

TEST(Keying, its_alert_says_until_when_and_what_to_type_and_goes_when_it_is_keyed) {
    WholeDesk desk;
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    const Alert* alert = open_alert(desk, "notice/" + kFaxed);
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->kind, "notice_awaits_keying");
    EXPECT_EQ(alert->severity, Severity::kWarning);
    EXPECT_EQ(alert->too_late_at, new_york("2002-06-28T17:00:00"));
    EXPECT_NE(alert->what.find("to be keyed: dated, rights_held"), std::string::npos) << alert->what;
    EXPECT_NE(alert->next.find("rightsdesk notice key fax-1.1"), std::string::npos);
    EXPECT_EQ(alert->what.find("1OO?"), std::string::npos) << "what was read may be a name";
    desk.at("2002-06-28T17:00:00");
    alert = open_alert(desk, "notice/" + kFaxed);
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->severity, Severity::kCritical);
    EXPECT_EQ(alert->too_late_at, new_york("2002-07-02T17:00:00")) << "when certificates of a guarantee of that day are due";
    desk.key(kFaxed, what_was_missing(), {}, "alice");
    EXPECT_EQ(open_alert(desk, "notice/" + kFaxed), nullptr);
}

TEST(Keying, they_are_listed_soonest_too_late_first) {
    WholeDesk desk;
    desk.at("2002-06-28T17:30:00");
    desk.submit(a_blurred_fax("2002-06-28T16:00:00").id("fax-1", 1).arrived("2002-06-28T16:00:00"));
    desk.submit(a_blurred_fax("2002-06-26T16:00:00").id("fax-1", 2).arrived("2002-06-26T16:00:00"));
    desk.submit(a_blurred_fax("2002-06-26T11:00:00").id("fax-1", 3).arrived("2002-06-26T11:00:00"));
    std::vector<NoticeId> ids;
    for (const ToBeKeyed& waiting : to_be_keyed(desk.book(), desk.now())) ids.push_back(waiting.notice);
    EXPECT_EQ(ids, (std::vector<NoticeId>{"fax-1.3", "fax-1.2", "fax-1.1"}));
}

TEST(Keying, an_offering_without_guaranteed_delivery_has_nothing_keyed) {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.enabled = false;
    WholeDesk desk(terms);
    desk.at("2002-06-27T10:00:00").submit(a_blurred_fax("2002-06-27T10:00:00"));
    EXPECT_EQ(notice_of(desk).status, NoticeStatus::kRefused);
}

TEST(Keying, a_reading_without_bounds_is_kept_within_them) {
    NoticeReading reading;
    reading.layout = std::string(5'000, 'l');
    for (int at = 0; at < 200; ++at) reading.fields.push_back({"names", std::string(511, 'x') + "\xC3\xA9", 500, std::nullopt, std::vector<std::string>(50, "candidate")});
    reading.missing = {"dated", "dated", "colour"};
    EXPECT_EQ(on_file(reading).layout.size(), kMaxReadText);
    EXPECT_EQ(on_file(reading).missing, std::vector<std::string>{"dated"});
    const auto kept = within_bounds(reading.fields);
    ASSERT_EQ(kept.size(), kMaxReadFields);
    EXPECT_EQ(kept.front().text, std::string(511, 'x')) << "no letter is kept in part";
    EXPECT_EQ(kept.front().candidates.size(), kMaxReadCandidates);
}

}  // namespace
}  // namespace rightsdesk::domain
