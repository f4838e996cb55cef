// The register of record-date holders: what it says of a notice, and what that says against it.
#include "domain/holder_register.h"

#include <gtest/gtest.h>

#include "domain/notice_judgement.h"
#include "domain/report.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

using Reasons = std::vector<Reason>;
using Lines = std::vector<std::uint32_t>;

std::unique_ptr<RegisterIndex> register_of_three() {
    return a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001", "RC-1002"}},
                       {"1002", "Lo Abroad", "CH", 500, {"RC-2001"}},
                       {"1003", "PFC JO ARMY & MAY ARMY JT TEN", "US", 300, {"RC-3001"}, "Unit 7, APO AE 09012", 250}});
}

// What the register alone has against the notice; flags of the sample's telephone left out.
Reasons by_register(const Notice& notice) { return without(notice.reasons, {Reason::kTelephoneUnconfirmed}); }

Reasons reasons_of(const Terms& terms, const NoticeBuilder& notice) {
    WholeDesk desk(terms);
    desk.import_register(register_of_three());
    desk.submit(notice);
    return by_register(*desk.book().notice(notice.notice_id()));
}

TEST(HolderRegister, finds_by_certificate_and_where_none_is_given_by_name) {
    const auto index = register_of_three();
    EXPECT_EQ(index->find({"rc 1001"}, {}).lines, Lines{2});
    EXPECT_EQ(index->find({"RC-1001", "RC-1002"}, {"Ida M. Holder"}).rights, Rights(1'000)) << "one line, counted once";
    EXPECT_EQ(index->find({"RC-1001", "RC-2001"}, {}).rights, Rights(1'500));
    EXPECT_EQ(index->find({}, {"HOLDER, IDA M"}).lines, Lines{2}) << "the order of a name's words is the printer's";
    EXPECT_EQ(index->find({}, {"Jo Army", "May Army"}).lines, Lines()) << "PFC is part of the name that the register has";
    EXPECT_EQ(index->find({}, {"PFC Jo Army", "May Army"}).lines, Lines{4}) << "how joint holders hold is not";
    EXPECT_EQ(index->find({}, {"Ida Holder"}).lines, Lines()) << "by a part of the name nobody is found";
    const RegisterFinding unknown = index->find({"RC-1001", "RC-9"}, {});
    EXPECT_EQ(unknown.unknown_certificates, Names{"RC-9"});
    EXPECT_EQ(unknown.lines, Lines{2});
    EXPECT_EQ(index->find({"RC-3001"}, {}).shares, Shares(250)) << "held on the record date, where the list says so";
}

TEST(HolderRegister, compares_names_as_printed_and_as_read) {
    const auto index = register_of_three();
    const std::pair<std::vector<std::string>, bool> rows[] = {
        {{"Ida M. Holder"}, true},
        {{"IDA HOLDER"}, true},                    // less than the register has
        {{"Ida M. Holder", "Max Holder"}, true},   // more than the register has
        {{"Ida M. Hokler"}, false},                // two letters apart
        {{"Ida M. Holden"}, true},                 // one letter misread
        {{"Iva M. Holder"}, false},                // a short word is read or it is another
        {{"Vera Direct"}, false},
        {{}, true},                                // nothing to compare: that the name is missing is a defect of its own
    };
    for (const auto& [names, agree] : rows) EXPECT_EQ(index->find({"RC-1001"}, names).names_agree, agree) << (names.empty() ? "" : names[0]);
}

TEST(HolderRegister, knows_who_lives_abroad) {
    const std::tuple<const char*, const char*, HolderPlace> rows[] = {
        {"12 Elm Street, Albany, NY", "US", HolderPlace::kDomestic},
        {"12 Elm Street, Albany, NY", "", HolderPlace::kDomestic},
        {"12 Elm Street, Albany, NY", "United States of America", HolderPlace::kDomestic},
        {"12 Elm Street, Albany, NY", "U.S.A.", HolderPlace::kDomestic},
        {"Hauptstrasse 7, Bern", "CH", HolderPlace::kAbroad},
        {"PSC 3, APO AE 09021", "US", HolderPlace::kArmyPost},
        {"USS Kestrel, FPO AP 96601", "US", HolderPlace::kArmyPost},
        {"7 Apollo Road, Albany, NY", "US", HolderPlace::kDomestic},
    };
    for (const auto& [address, country, place] : rows) EXPECT_EQ(place_of(address, country), place) << address << ", " << country;
}

TEST(HolderRegister, a_holder_or_a_certificate_is_there_once) {
    RegisterIndex index;
    index.add({2, "1", "A", "", "", Rights(1), Shares(1), {"RC-1"}});
    index.add({3, "2", "B", "", "", Rights(1), Shares(1), {"rc1"}});
    EXPECT_FALSE(index.seal());
    RegisterIndex twice;
    twice.add({2, "1", "A", "", "", Rights(1), Shares(1), {}});
    twice.add({3, "1", "B", "", "", Rights(1), Shares(1), {}});
    EXPECT_EQ(twice.seal().error().message, "line 3: holder: was \"1\", as on line 2; each must be there once");
}

// Register bullet: "notices are checked against it: rights held, certificate numbers, names".
TEST(HolderRegister, has_its_reasons_against_a_notice) {
    Terms sold = sample_terms();
    Terms kept = sample_terms();
    kept.rights_transfer = RightsTransfer::kNotTransferable;
    Terms of_record = sample_terms();
    of_record.over_subscription.eligible = OverSubscriber::kHoldersOfRecord;
    const auto stranger = a_notice().named({"Vera Direct"}).certificates({"RC-77"});
    struct RegisterRow {
        const char* sentence;
        Terms terms;
        NoticeBuilder notice;
        Reasons reasons;
    };
    const std::vector<RegisterRow> rows = {
        {"as the register has it", sold, a_notice(), {}},
        {"fewer rights than it has", sold, a_notice().for_shares(999), {}},
        {"one right more", sold, a_notice().for_shares(1'001), {Reason::kRightsBeyondRegister}},
        {"another's certificate", sold, a_notice().named({"Vera Direct"}), {Reason::kRegisterNameDiffers}},
        {"a certificate that nobody has, beside one that is known", sold, a_notice().certificates({"RC-1001", "RC-77"}), {Reason::kCertificateUnknown}},
        {"a certificate that nobody has, under a known name", sold, a_notice().certificates({"RC-77"}), {Reason::kCertificateUnknown}},
        {"nobody that it knows: the rights may have been bought", sold, stranger, {Reason::kTransferee}},
        {"nobody that it knows, and rights cannot be bought", kept, stranger, {Reason::kNotOnRegister}},
        {"nobody that it knows over-subscribes, and only holders of record may", of_record, NoticeBuilder(stranger).and_excess(100),
         {Reason::kTransferee, Reason::kOverNotEligible}},
        {"a holder of record over-subscribes", of_record, a_notice().and_excess(100), {}},
        {"without certificates, by its name", sold, a_notice().certificates({}), {}},
    };
    for (const RegisterRow& row : rows) EXPECT_EQ(reasons_of(row.terms, row.notice), row.reasons) << row.sentence;
}

TEST(HolderRegister, without_one_nothing_is_checked_and_the_report_says_so) {
    WholeDesk desk;
    desk.submit(a_notice().for_shares(1'000'000).certificates({"RC-77"}));
    EXPECT_EQ(by_register(*desk.book().notice("fax-1.1")), Reasons());
    EXPECT_EQ(report_of(desk.book()).holder_register.import, 0U);
}

TEST(HolderRegister, the_report_counts_who_is_on_it) {
    WholeDesk desk;
    desk.import_register(register_of_three());
    desk.submit(a_notice());
    desk.submit(a_notice().id("fax-1", 2).named({"Vera Direct"}).certificates({"RC-77"}));
    const RegisterLine line = report_of(desk.book()).holder_register;
    EXPECT_EQ(line, (RegisterLine{1, 3, Rights(1'800), 1, 1}));
}

// rules.md section 5: "several notices for one certificate"; the same certificate under two guarantors.
TEST(HolderRegister, one_certificate_is_exercised_once_whoever_guarantees) {
    const auto second = a_notice().id("fax-1", 2).for_shares(400).guaranteed_by("Bowery Trust Company").dated("2002-06-25");
    WholeDesk without_register;
    without_register.submit(a_notice().for_shares(600));
    without_register.submit(second);
    EXPECT_FALSE(has_reason(without_register.book().notice("fax-1.2")->reasons, Reason::kPossibleDuplicate)) << "two brokers may number alike";

    WholeDesk desk;
    desk.import_register(register_of_three());
    desk.submit(a_notice().for_shares(600));
    desk.submit(second);
    EXPECT_EQ(by_register(*desk.book().notice("fax-1.2")), Reasons{Reason::kPossibleDuplicate}) << "600 and 400 are all 1,000 rights, on one certificate";
    EXPECT_EQ(desk.book().notice("fax-1.2")->possible_duplicate_of, "fax-1.1");
    EXPECT_EQ(desk.book().notice("fax-1.2")->status, NoticeStatus::kInQuestion);
}

TEST(HolderRegister, a_holders_notices_together_claim_no_more_than_its_rights) {
    const auto with_certificate = [](std::uint64_t sequence, std::int64_t shares, const char* certificate, const char* date) {
        return a_notice().id("fax-1", sequence).for_shares(shares).certificates({certificate}).dated(date);
    };
    WholeDesk desk;
    desk.import_register(register_of_three());
    desk.submit(with_certificate(1, 600, "RC-1001", "2002-06-24"));
    desk.submit(with_certificate(2, 400, "RC-1002", "2002-06-25"));
    EXPECT_EQ(by_register(*desk.book().notice("fax-1.2")), Reasons()) << "600 and 400 of 1,000";
    desk.submit(with_certificate(3, 1, "RC-1002", "2002-06-26").guaranteed_by("Bowery Trust Company"));
    EXPECT_TRUE(has_reason(desk.book().notice("fax-1.3")->reasons, Reason::kRightsBeyondRegister));
    desk.reject("fax-1.3", "alice");
    desk.say(an_exercise(1, 0, "RC-1002"));
    EXPECT_TRUE(has_reason(desk.book().notice("mail-1.1")->reasons, Reason::kRightsBeyondRegister)) << "a direct exercise is one of them";
    EXPECT_FALSE(has_reason(desk.book().notice("fax-1.1")->reasons, Reason::kRightsBeyondRegister)) << "who came first is not asked";
}

// The register's rights are a holder's in all (rules.md section 7): neither a better copy of a notice nor a cure takes that question away.
TEST(HolderRegister, rights_beyond_it_are_asked_about_after_a_better_copy_and_after_a_cure) {
    WholeDesk desk;
    desk.import_register(register_of_three());
    desk.submit(a_notice().for_shares(600).dated("2002-06-24").certificates({"RC-1001"}));
    const auto second = [] { return a_notice().for_shares(600).dated("2002-06-25").certificates({"RC-1002"}); };
    desk.submit(second().id("fax-1", 2).received("2002-06-28T17:00:01"));
    ASSERT_TRUE(has_reason(desk.book().notice("fax-1.2")->reasons, Reason::kRightsBeyondRegister)) << "1,200 of 1,000";
    desk.submit(second().id("mail-1", 90).by_mail().received("2002-06-28T10:00:00"));
    ASSERT_EQ(desk.book().notice("fax-1.2")->deliveries.size(), 2U);
    EXPECT_EQ(by_register(*desk.book().notice("fax-1.2")), Reasons{Reason::kRightsBeyondRegister});
    EXPECT_EQ(desk.book().notice("fax-1.2")->status, NoticeStatus::kInQuestion);

    desk.submit(a_notice().id("fax-1", 3).dated("2002-06-26").certificates({"RC-1002"}).where([](NoticeFields& fields) { fields.rights_held.reset(); }));
    ASSERT_TRUE(has_reason(desk.book().notice("fax-1.3")->reasons, Reason::kRightsMissing));
    desk.reject("fax-1.2", "alice");
    desk.cure("fax-1.3", Reason::kRightsMissing, "401", "alice");
    EXPECT_TRUE(has_reason(desk.book().notice("fax-1.3")->reasons, Reason::kRightsBeyondRegister)) << "600 and 401";
}

// rules.md section 2: "Foreign and APO/FPO holders may have an earlier cut-off (11:00 a.m. on a stated date)".
TEST(HolderRegister, holders_abroad_have_an_earlier_hour) {
    Terms terms = sample_terms();
    terms.foreign.on = day("2002-06-26");
    const auto abroad = [] { return a_notice().for_shares(500).named({"Lo Abroad"}).certificates({"RC-2001"}).dated("2002-06-25"); };
    const auto army = [] { return a_notice().for_shares(300).named({"PFC Jo Army"}).certificates({"RC-3001"}).dated("2002-06-25"); };
    EXPECT_EQ(reasons_of(terms, abroad().received("2002-06-26T11:00:00")), Reasons());
    EXPECT_EQ(reasons_of(terms, abroad().received("2002-06-26T11:00:00.000000001")), Reasons{Reason::kAfterForeignCutOff});
    EXPECT_EQ(reasons_of(terms, army().received("2002-06-26T11:00:00.000000001")), Reasons{Reason::kAfterForeignCutOff});
    EXPECT_EQ(reasons_of(terms, a_notice().received("2002-06-26T11:00:00.000000001")), Reasons()) << "at home the hour is the hour";
    EXPECT_EQ(reasons_of(sample_terms(), abroad().received("2002-06-28T17:00:00").dated("2002-06-28")), Reasons()) << "where the terms state none";

    WholeDesk desk(terms);
    desk.import_register(register_of_three());
    desk.submit(abroad().received("2002-06-26T11:00:01"));
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kLate);
    EXPECT_EQ(refusal_of(desk.cure("fax-1.1", Reason::kAfterForeignCutOff, "", "alice")), Refusal::kNotAllowedByTerms);
}

// Two holders of record, one of them abroad, have one name, and the notice bears no certificate that says which (rules.md section 2, the
// earlier hour; section 4, basis C: pro rata to the record-date holding).
TEST(HolderRegister, of_several_holders_of_one_name_none_is_taken_and_a_person_says_which) {
    Terms terms = sample_terms();
    terms.foreign.on = day("2002-06-26");
    const auto johns = [] { return a_register({{"J-1", "John Smith", "US", 700, {"RC-1"}}, {"J-2", "John Smith", "CA", 900, {"RC-2"}}}); };
    const auto johns_notice = [] { return a_notice().for_shares(600).named({"John Smith"}).certificates({}); };
    WholeDesk desk(terms);
    desk.import_register(johns());
    desk.submit(johns_notice());
    const Notice& notice = *desk.book().notice("fax-1.1");
    EXPECT_EQ(by_register(notice), Reasons{Reason::kSeveralHolders}) << "not late as the one abroad is";
    EXPECT_EQ(notice.status, NoticeStatus::kInQuestion);
    EXPECT_EQ(notice.on_register->lines, (std::vector<std::uint32_t>{2, 3}));
    EXPECT_EQ(notice.on_register->rights, Rights(900)) << "not 1,600";
    EXPECT_EQ(record_holding_of(terms, notice), Shares(700));

    EXPECT_EQ(refusal_of(desk.cure("fax-1.1", Reason::kSeveralHolders, "4", "alice")), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(desk.cure("fax-1.1", Reason::kSeveralHolders, "", "alice")), Refusal::kValueUnusable);
    desk.cure("fax-1.1", Reason::kSeveralHolders, "2", "alice");
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    EXPECT_EQ(desk.book().notice("fax-1.1")->on_register->rights, Rights(700));
    desk.submit(johns_notice().id("fax-1", 2).for_shares(101).certificates({"RC-1"}).dated("2002-06-25"));
    EXPECT_TRUE(has_reason(desk.book().notice("fax-1.2")->reasons, Reason::kRightsBeyondRegister)) << "600 and 101 of 700";

    WholeDesk abroad(terms);
    abroad.import_register(johns());
    abroad.submit(johns_notice());
    abroad.cure("fax-1.1", Reason::kSeveralHolders, "3", "alice");
    EXPECT_EQ(by_register(*abroad.book().notice("fax-1.1")), Reasons{Reason::kAfterForeignCutOff}) << "it is the one abroad";
    EXPECT_EQ(record_holding_of(terms, *abroad.book().notice("fax-1.1")), Shares(900));
}

TEST(HolderRegister, an_extension_moves_an_earlier_hour_that_is_counted_back_from_it) {
    Terms counted = sample_terms();
    counted.foreign.business_days = 2;  // before Friday 2002-06-28: Wednesday
    Terms fixed = sample_terms();
    fixed.foreign.on = day("2002-06-26");
    for (const bool moves : {true, false}) {
        WholeDesk desk(moves ? counted : fixed);
        desk.import_register(register_of_three());
        desk.submit(a_notice().for_shares(500).named({"Lo Abroad"}).certificates({"RC-2001"}).dated("2002-06-26").received("2002-06-27T10:00:00"));
        ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kLate);
        desk.propose_extension("2002-07-03T17:00:00", "alice");  // two business days before: Monday 2002-07-01
        const Decision approved = desk.approve("extension-1", "bob");
        EXPECT_EQ(desk.book().notice("fax-1.1")->status, moves ? NoticeStatus::kAccepted : NoticeStatus::kLate);
    }
}

// rules.md section 4: an ownership limit, and bases C and D, go by what was held on the record date.
TEST(HolderRegister, what_was_held_on_the_record_date_is_the_registers_to_say) {
    WholeDesk desk;
    desk.submit(a_notice());
    EXPECT_EQ(record_holding_of(desk.book().life()->terms, *desk.book().notice("fax-1.1")), Shares(1'000)) << "without a register, a share a right";
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001"}, "", 4'000}}));
    EXPECT_EQ(record_holding_of(desk.book().life()->terms, *desk.book().notice("fax-1.1")), Shares(4'000));
    desk.submit(a_notice().id("fax-1", 2).named({"Vera Direct"}).certificates({"RC-77"}));
    EXPECT_EQ(record_holding_of(desk.book().life()->terms, *desk.book().notice("fax-1.2")), Shares(0)) << "bought since";
}

// rules.md sections 1 and 4: Rare Medium issued one right a share; ratios are exact, and a holding is shares, not rights. 1,000 rights at one for three
// shares were issued for 3,000; at seven for two shares, for 285 and a fraction.
TEST(HolderRegister, without_one_the_rights_say_what_was_held_at_the_rights_per_share) {
    const Notice notice = a_notice().decided().notice;
    Terms terms = sample_terms();
    for (const auto& [issued, held] : {std::pair(Ratio{1, 3}, Shares(3'000)), std::pair(Ratio{7, 2}, Shares(285)), std::pair(Ratio{1, 1}, Shares(1'000))}) {
        terms.rights_per_share = issued;
        EXPECT_EQ(record_holding_of(terms, notice), held) << issued.numerator << "/" << issued.denominator;
    }
}

// With 3,000 shares held, a limit of 3,400 on ownership leaves 400 of the 1,000 asked for.
TEST(HolderRegister, an_ownership_limit_goes_by_shares_and_not_by_rights) {
    Terms terms = sample_terms();
    terms.rights_per_share = Ratio{1, 3};
    terms.over_subscription.ownership_limit = Shares(3'400);
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.count().tabulate();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(400));
}

TEST(HolderRegister, who_may_not_over_subscribe_gets_the_money_for_it_back) {
    Terms terms = sample_terms();
    terms.over_subscription.eligible = OverSubscriber::kHoldersOfRecord;
    WholeDesk desk(terms);
    desk.import_register(register_of_three());
    desk.submit(a_notice().named({"Vera Direct"}).certificates({"RC-77"}).and_excess(500));
    desk.say(a_wire(3'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T12:00:00"));
    desk.count().tabulate();
    desk.settle_everything();
    const Allotment& allotment = *desk.book().allotment(AllocationKind::kFinal, "fax-1.1");
    EXPECT_EQ(allotment.basic, Shares(1'000));
    EXPECT_EQ(allotment.over, Shares(0));
    EXPECT_EQ(report_of(desk.book()).totals.refunded, Money(100'000)) << "500 shares at $2.00";
    EXPECT_EQ(report_of(desk.book()).does_not_tie, Names());
}

}  // namespace
}  // namespace rightsdesk::support
