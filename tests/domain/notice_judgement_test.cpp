// The form's own rules, one sentence a row (rules.md section 1).
#include "domain/notice_judgement.h"

#include <gtest/gtest.h>

#include <functional>

#include "domain/guarantors.h"
#include "domain/listed_addresses.h"
#include "support/builders.h"

using namespace rightsdesk;
using namespace rightsdesk::support;

namespace {

using Reasons = std::vector<Reason>;

// What the tables tell of a notice: how it is changed, and how it came in.
struct Case {
    const char* sentence;
    std::function<void(NoticeFields&)> fields;
    std::function<void(Arrival&)> arrival;
    std::function<void(Terms&)> terms;
    Reasons expected;  // besides the telephone confirmation that every notice still lacks
};

Arrival an_arrival() {
    const Delivery delivery = a_notice().decided().notice.deliveries.front();
    return Arrival{delivery, true, true};
}

Life life_of(const Terms& terms) { return *open_book(terms).life(); }

Reasons judged(const Case& row) {
    Terms terms = sample_terms();
    NoticeFields fields = a_notice().fields();
    Arrival arrival = an_arrival();
    if (row.terms) row.terms(terms);
    if (row.fields) row.fields(fields);
    if (row.arrival) row.arrival(arrival);
    return judge_notice(life_of(terms), fields, arrival);
}

std::string words(const Reasons& reasons) {
    std::string text;
    for (const Reason reason : reasons) text += to_text(reason) + " ";
    return text;
}

void expect_all(const std::vector<Case>& rows) {
    for (const Case& row : rows) EXPECT_EQ(words(judged(row)), words(row.expected)) << row.sentence;
}

// The wire is no paper, so that "herewith" is judged on checks.
void by_check(NoticeFields& fields) {
    fields.payment_method = PaymentMethod::kCertifiedCheck;
    fields.instrument_date = day("2002-06-26");
    fields.instrument_number = "1044";
    fields.drawee = "Albany Savings Bank";
}

}  // namespace

TEST(NoticeJudgement, WhatTheFormAsksFor) {
    const Names joint = {"John Smith", "Mary Smith"};
    expect_all({
        {"a notice in order has nothing against it", {}, {}, {}, {}},
        {"an undated guarantee has no clock", [](auto& f) { f.dated.reset(); }, {}, {}, {Reason::kUndated}},
        {"a guarantee dated the day it came is in order", [](auto& f) { f.dated = day("2002-06-27"); }, {}, {}, {}},
        {"a guarantee dated the day after is post-dated", [](auto& f) { f.dated = day("2002-06-28"); }, {}, {}, {Reason::kPostDated}},
        {"without rights nothing can be covered", [](auto& f) { f.rights_held.reset(); }, {}, {}, {Reason::kRightsMissing}},
        {"without shares nothing is subscribed for",
         [](auto& f) { f.basic_shares.reset(); f.aggregate_cents.reset(); }, {}, [](Terms& t) { t.deemed_exercise = DeemedExercise::kCapped; },
         {Reason::kSharesMissing}},
        {"it is as many as the money buys where the terms let the money decide (section 3, family 1)",
         [](auto& f) { f.basic_shares.reset(); f.aggregate_cents.reset(); }, {}, [](Terms& t) { t.deemed_exercise = DeemedExercise::kMoney; }, {Reason::kSharesByMoney}},
        {"nought is a number", [](auto& f) { f.basic_shares = Shares(0); f.aggregate_cents.reset(); }, {}, {}, {Reason::kSharesMissing}},
        {"no signature of the holder", [](auto& f) { f.signatures.clear(); }, {}, {}, {Reason::kHolderUnsigned}},
        {"all joint holders sign (section 7): one of two did", [&](auto& f) { f.names = joint; f.signatures = {"/s/ John Smith", "____"}; }, {}, {},
         {Reason::kHolderUnsigned}},
        {"both did", [&](auto& f) { f.names = joint; f.signatures = {"/s/ John Smith", "/s/ Mary Smith"}; }, {}, {}, {}},
        {"two signatures over one printed line", [&](auto& f) { f.names = {"John and Mary Smith"}; f.signatures = joint; }, {}, {}, {}},
        {"a signature line left blank is none", [](auto& f) { f.signatures = {"____"}; }, {}, {}, {Reason::kHolderUnsigned}},
        {"no printed name", [](auto& f) { f.names.clear(); }, {}, {}, {Reason::kHolderNamesMissing}},
        {"no address", [](auto& f) { f.address.reset(); }, {}, {}, {Reason::kHolderAddressMissing}},
        {"no telephone number", [](auto& f) { f.telephone.reset(); }, {}, {}, {Reason::kHolderTelephoneMissing}},
        {"no name of firm", [](auto& f) { f.guarantor_name.reset(); }, {}, {}, {Reason::kGuarantorMissing}},
        {"no authorized signature", [](auto& f) { f.signatory.reset(); }, {}, {}, {Reason::kGuarantorUnsigned}},
        {"certificate numbers are 'if available'", [](auto& f) { f.certificate_numbers.clear(); }, {}, {}, {}},
        {"a wire's confirmation number is 'if available'", [](auto& f) { f.confirmation_number.reset(); }, {}, {}, {}},
    });
}

TEST(NoticeJudgement, WhichOfferingItIsFor) {
    expect_all({
        {"another issuer's form", [](auto& f) { f.issuer = "Common Metal Group, Inc."; }, {}, {}, {Reason::kAnotherOffering}},
        {"another prospectus", [](auto& f) { f.prospectus_date = day("2001-05-28"); }, {}, {}, {Reason::kAnotherOffering}},
        {"another expiration", [](auto& f) { f.expiration_date = day("2002-06-27"); }, {}, {}, {Reason::kAnotherOffering}},
        {"the legal form left out is no other issuer", [](auto& f) { f.issuer = "Rare Medium Group"; }, {}, {}, {}},
        {"a letter misread, with the dates agreeing, is no other issuer", [](auto& f) { f.issuer = "RARE MEDlUM GR0UP, INC."; }, {}, {}, {}},
        {"a letter misread, with no date to go by, is a different name",
         [](auto& f) { f.issuer = "RARE MEDlUM GROUP, INC."; f.prospectus_date.reset(); f.expiration_date.reset(); }, {}, {},
         {Reason::kAnotherOffering}},
        {"a blank header says nothing of another offering",
         [](auto& f) { f.issuer.reset(); f.prospectus_date.reset(); f.expiration_date.reset(); }, {}, {}, {}},
    });
}

TEST(NoticeJudgement, HowAndWhenItCame) {
    const auto stamped = [](const char* civil) {
        return [civil](Arrival& arrival) { arrival.delivery.stamp = arrival.delivery.arrived = new_york(civil); };
    };
    expect_all({
        {"at 5:00 p.m. to the nanosecond is in time", {}, stamped("2002-06-28T17:00:00"), {}, {}},
        {"a nanosecond later is late", {}, stamped("2002-06-28T17:00:00.000000001"), {}, {Reason::kLate}},
        {"'before' does not include the hour itself", {}, stamped("2002-06-28T17:00:00"), [](Terms& t) { t.expiration_inclusive = false; },
         {Reason::kLate}},
        {"an address that is not listed is no delivery", {}, [](Arrival& a) { a.delivery.listed = false; }, {}, {Reason::kMisdirected}},
        {"a partial fax is not received", {}, [](Arrival& a) { a.complete = false; }, {}, {Reason::kIncompleteFax}},
        {"half an hour between the stamps is tolerated", {}, [](Arrival& a) { a.delivery.arrived = new_york("2002-06-27T10:30:00"); }, {}, {}},
        {"more than that is a question", {}, [](Arrival& a) { a.delivery.arrived = new_york("2002-06-27T10:30:00.000000001"); }, {},
         {Reason::kStampGap}},
        {"so is a stamp ahead of the time", {}, [](Arrival& a) { a.delivery.arrived = new_york("2002-06-27T09:00:00"); }, {}, {Reason::kStampGap}},
        {"three business days from the date were over when it came", [](auto& f) { f.dated = day("2002-06-21"); }, {}, {},
         {Reason::kGuaranteeLapsed}},
        {"they end that day at 5:00 p.m., so that in the morning it still runs", [](auto& f) { f.dated = day("2002-06-24"); }, {}, {}, {}},
        {"the form's own period is the terms'", [](auto& f) { f.guarantee_days = 3; }, {}, {}, {}},
        {"a form that says another is flagged", [](auto& f) { f.guarantee_days = 2; }, {}, {}, {Reason::kGuaranteePeriodDiffers}},
        {"so is the old form where the terms say another", [](auto& f) { f.guarantee_days = 3; }, {},
         [](Terms& t) { t.guaranteed_delivery.business_days = 2; }, {Reason::kGuaranteePeriodDiffers}},
        {"terms of a fixed day have no days to compare with", [](auto& f) { f.guarantee_days = 2; }, {},
         [](Terms& t) {
             t.guaranteed_delivery.counted_from = CountedFrom::kFixedDate;
             t.guaranteed_delivery.fixed_date = day("2002-07-03");
         },
         {}},
        {"an offering without guaranteed delivery takes none", {}, {}, [](Terms& t) { t.guaranteed_delivery.enabled = false; },
         {Reason::kGuaranteedDeliveryClosed}},
        {"the telephone confirmation is still to come", {}, [](Arrival& a) { a.confirmed_by_telephone = false; }, {}, {Reason::kTelephoneUnconfirmed}},
        {"where the terms require it that is a defect", {}, [](Arrival& a) { a.confirmed_by_telephone = false; },
         [](Terms& t) { t.guaranteed_delivery.telephone_confirmation = TelephoneConfirmation::kRequire; }, {Reason::kTelephoneRequired}},
    });
}

TEST(NoticeJudgement, MoneyAndShares) {
    expect_all({
        {"two boxes ticked or none: herewith or separately", [](auto& f) { f.payment_delivery.reset(); }, {}, {}, {Reason::kPaymentDeliveryUnclear}},
        {"two of the five boxes ticked or none", [](auto& f) { f.payment_method.reset(); }, {}, {}, {Reason::kPaymentMethodUnclear}},
        {"paper cannot come herewith by fax", [](auto& f) { by_check(f); f.payment_delivery = PaymentDelivery::kHerewith; }, {}, {},
         {Reason::kHerewithByFax}},
        {"by mail it can", [](auto& f) { by_check(f); f.payment_delivery = PaymentDelivery::kHerewith; },
         [](Arrival& a) { a.delivery.channel = Channel::kMail; }, {}, {}},
        {"a wire without its institution", [](auto& f) { f.transferor_institution = "___"; }, {}, {}, {Reason::kPaymentDetailsMissing}},
        {"a wire without its date", [](auto& f) { f.transfer_date.reset(); }, {}, {}, {Reason::kPaymentDetailsMissing}},
        {"a confirmation number is given if available", [](auto& f) { f.confirmation_number.reset(); }, {}, {}, {}},
        {"a check without its drawee", [](auto& f) { by_check(f); f.drawee.reset(); }, {}, {}, {Reason::kPaymentDetailsMissing}},
        {"a check without its number", [](auto& f) { by_check(f); f.instrument_number.reset(); }, {}, {}, {Reason::kPaymentDetailsMissing}},
        {"a check without its date", [](auto& f) { by_check(f); f.instrument_date.reset(); }, {}, {}, {Reason::kPaymentDetailsMissing}},
        {"terms may refuse uncertified checks", [](auto& f) { by_check(f); f.payment_method = PaymentMethod::kUncertifiedCheck; }, {},
         [](Terms& t) { t.payment[1].deemed_received = DeemedReceived::kRefused; }, {Reason::kMethodNotAccepted}},
        {"the aggregate is the price times all shares", [](auto& f) { f.excess_shares = Shares(500); f.aggregate_cents = Money(300'000); }, {}, {}, {}},
        {"an aggregate a cent off is flagged", [](auto& f) { f.aggregate_cents = Money(200'001); }, {}, {}, {Reason::kAggregateDiffers}},
        {"another price is flagged", [](auto& f) { f.subscription_price = "2.10"; }, {}, {}, {Reason::kPriceDiffers}},
        {"the same price written otherwise is not", [](auto& f) { f.subscription_price = "2"; }, {}, {}, {}},
        {"parts of a cent are another price", [](auto& f) { f.subscription_price = "2.001"; }, {}, {}, {Reason::kPriceDiffers}},
        {"more basic shares than the rights give", [](auto& f) { f.rights_held = Rights(999); }, {}, {}, {Reason::kBasicBeyondRights}},
        {"over-subscription without basic in full",
         [](auto& f) { f.rights_held = Rights(1'001); f.excess_shares = Shares(1); f.aggregate_cents = Money(200'200); }, {}, {},
         {Reason::kOverWithoutFullBasic}},
        {"three rights a share: 1,000 rights give 333", [](auto& f) { f.basic_shares = Shares(334); f.aggregate_cents.reset(); }, {},
         [](Terms& t) { t.shares_per_right = Ratio{1, 3}; }, {Reason::kBasicBeyondRights}},
    });
}

TEST(NoticeJudgement, Guarantors) {
    expect_all({
        {"an alias is the firm", [](auto& f) { f.guarantor_name = "A & F Securities"; }, {}, {}, {}},
        {"case and punctuation do not matter", [](auto& f) { f.guarantor_name = "ALDER AND FINCH SECURITIES INC"; }, {}, {}, {}},
        {"the legal form does, unless an alias says so", [](auto& f) { f.guarantor_name = "Alder & Finch Securities"; }, {}, {},
         {Reason::kGuarantorUnknown}},
        {"ineligible on evidence", [](auto& f) { f.guarantor_name = "Cedar Street Brokers LLC"; }, {}, {}, {Reason::kGuarantorIneligible}},
        {"on no list: a person decides", [](auto& f) { f.guarantor_name = "Dune Road Capital"; }, {}, {}, {Reason::kGuarantorUnknown}},
        {"listed until the day of the guarantee", {}, {}, [](Terms& t) { t.guarantors[0].valid_to = day("2002-06-26"); }, {}},
        {"no longer listed on the day of the guarantee", {}, {}, [](Terms& t) { t.guarantors[0].valid_to = day("2002-06-25"); },
         {Reason::kGuarantorUnknown}},
        {"struck off from a date on", {}, {},
         [](Terms& t) {
             GuarantorTerms struck = t.guarantors[0];
             struck.eligible = false;
             struck.valid_from = day("2002-06-26");
             t.guarantors.push_back(struck);
         },
         {Reason::kGuarantorIneligible}},
    });
}

TEST(NoticeJudgement, TheHeaviestReasonIsTheStatus) {
    const auto status = [](const Case& row) { return status_from(judged(row)); };
    EXPECT_EQ(status({"flags alone", [](auto& f) { f.aggregate_cents = Money(1); }, {}, {}, {}}), NoticeStatus::kAccepted);
    EXPECT_EQ(status({"a question", [](auto& f) { f.guarantor_name = "Dune Road Capital"; }, {}, {}, {}}), NoticeStatus::kInQuestion);
    EXPECT_EQ(status({"a defect and a question", [](auto& f) { f.guarantor_name = "Dune Road Capital"; f.signatures.clear(); }, {}, {}, {}}),
              NoticeStatus::kDefective);
    EXPECT_EQ(status({"late and defective", [](auto& f) { f.signatures.clear(); }, [](Arrival& a) { a.delivery.stamp = new_york("2002-06-28T18:00:00"); },
                      {}, {}}),
              NoticeStatus::kLate);
}

TEST(NoticeJudgement, WhatNobodyCanReadIsRefused) {
    const Life life = life_of(sample_terms());
    EXPECT_EQ(judge_notice(life, std::nullopt, an_arrival()), Reasons{Reason::kUnreadable});
    EXPECT_EQ(judge_notice(life, NoticeFields{}, an_arrival()), Reasons{Reason::kUnreadable});
    Arrival elsewhere = an_arrival();
    elsewhere.delivery.listed = false;
    EXPECT_EQ(judge_notice(life, std::nullopt, elsewhere), (Reasons{Reason::kUnreadable, Reason::kMisdirected}));
}

TEST(NoticeJudgement, StampedInTimeButHandedOverAfterTheCountIsAQuestion) {
    Life life = life_of(sample_terms());
    life.stage = Stage::kCounted;
    EXPECT_EQ(judge_notice(life, a_notice().fields(), an_arrival()), Reasons{Reason::kStampGap});
}

TEST(NoticeJudgement, AFormBearingTheExtendedDateIsForThisOffering) {
    Life life = life_of(sample_terms());
    const Deadline extended = new_york_deadline("2002-07-05T17:00:00");
    life.extensions.push_back(Extension{life.expiration, extended, {"alice", "bob"}});
    life.expiration = extended;
    for (const char* printed : {"2002-06-28", "2002-07-05"}) {
        NoticeFields fields = a_notice().fields();
        fields.expiration_date = day(printed);
        EXPECT_EQ(judge_notice(life, fields, an_arrival()), Reasons{}) << printed;
    }
}

TEST(NoticeJudgement, KeyedFieldsTakePrecedenceFieldByField) {
    NoticeFields read = a_notice().fields();
    read.guarantor_name.reset();
    read.names = {"lda M. Ho1der"};
    NoticeFields keyed;
    keyed.names = {"Ida M. Holder"};
    keyed.guarantor_name = "Bowery Trust Company";
    const NoticeFields merged = merged_fields(keyed, read);
    EXPECT_EQ(merged.names, keyed.names);
    EXPECT_EQ(merged.guarantor_name, "Bowery Trust Company");
    EXPECT_EQ(merged.rights_held, read.rights_held);
    EXPECT_EQ(content_of(merged).guarantor_name, "Bowery Trust Company");
    EXPECT_EQ(content_of(merged).dated, read.dated);
}

TEST(NoticeJudgement, EntitlementIsExactForTheLargestHoldings) {
    Terms terms = sample_terms();
    terms.shares_per_right = Ratio{41'155, 100'000};
    EXPECT_EQ(basic_entitlement(terms, Rights(1'000'000'000'000)), Shares(411'550'000'000));
    EXPECT_EQ(basic_entitlement(terms, Rights(2)), Shares(0));
    EXPECT_EQ(basic_entitlement(terms, Rights(3)), Shares(1));
    terms.shares_per_right = Ratio{1, 1'105};  // 1,105 rights a unit (rules.md section 4)
    EXPECT_EQ(basic_entitlement(terms, Rights(1'104)), Shares(0));
    EXPECT_EQ(basic_entitlement(terms, Rights(1'105)), Shares(1));
    EXPECT_EQ(basic_entitlement(terms, Rights(2'209)), Shares(1));
}

TEST(ListedAddresses, AreListedForTheirChannel) {
    const auto channels = sample_terms().channels;
    EXPECT_TRUE(is_listed(channels, Channel::kFax, "+1 (718) 555-0101"));
    EXPECT_FALSE(is_listed(channels, Channel::kFax, "+17185550102"));
    EXPECT_TRUE(is_listed(channels, Channel::kMail, "59 MAIDEN LANE, NEW YORK NY 10038"));
    EXPECT_FALSE(is_listed(channels, Channel::kCourier, kSampleMail)) << "a courier's parcel at the mail address";
    EXPECT_FALSE(is_listed(channels, Channel::kFax, ""));
}

// Five channels (rules.md section 1): which of them an offering takes, and where, is its terms' to say.
TEST(ListedAddresses, AreOfTheChannelsThatTheTermsTake) {
    auto channels = sample_terms().channels;
    EXPECT_FALSE(is_listed(channels, Channel::kTelegram, kSampleMail)) << "this offering takes none";
    channels.push_back({Channel::kTelegram, "AMSTOCK, NEW YORK"});
    EXPECT_TRUE(is_listed(channels, Channel::kTelegram, "Amstock, New York"));
    EXPECT_FALSE(is_listed(channels, Channel::kFax, "AMSTOCK, NEW YORK"));
}

TEST(ListedAddresses, RouteAnItemToItsOffering) {
    Terms other = sample_terms();
    other.id = "other";
    other.channels = {{Channel::kFax, "+17185550199"}, {Channel::kMail, kSampleMail}};
    const Book desk = desk_book({sample_terms(), other});
    EXPECT_EQ(offering_of_address(desk, Channel::kFax, kSampleFax), "rare-medium-2002");
    EXPECT_EQ(offering_of_address(desk, Channel::kFax, "+17185550199"), "other");
    EXPECT_EQ(offering_of_address(desk, Channel::kMail, kSampleMail), std::nullopt) << "two offerings share it";
    EXPECT_EQ(offering_of_address(desk, Channel::kMail, kSampleCourier), "rare-medium-2002") << "by another channel, and of one offering only";
    EXPECT_EQ(offering_of_address(desk, Channel::kFax, "+442071234567"), std::nullopt);
}
