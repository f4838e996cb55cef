// Terms from TOML: what is read, and how every mistake is told.
#include "terms/terms_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "domain/civil.h"

namespace rightsdesk::terms {
namespace {

using namespace domain;  // NOLINT: terms are told in the domain's words

const std::string kHere = std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/terms/";
const std::string kExample = std::string(RIGHTSDESK_SOURCE_DIR) + "/../shared/domain/terms.example.toml";
const std::string kSampleOffering = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml";

Date on(const char* text) { return parse_date(text).value(); }

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Terms loaded(const std::string& path) {
    auto terms = load_terms(path);
    EXPECT_TRUE(terms.has_value()) << (terms ? "" : terms.error().message);
    return terms ? *std::move(terms) : Terms{};
}

TEST(TermsFile, EveryKeyReachesTheTerms) {
    const Terms terms = loaded(kHere + "sample.toml");
    EXPECT_EQ(terms.id, "all-keys-1");
    EXPECT_EQ(terms.issuer, "An Issuer, Inc.");
    EXPECT_EQ(terms.title, "Rights Certificates");
    EXPECT_EQ(terms.agent, "An Agent");
    EXPECT_EQ(terms.prospectus_date, on("2024-05-28"));
    EXPECT_EQ(terms.shares_offered, Shares(625'000));
    EXPECT_EQ(terms.shares_per_right, (Ratio{1, 7}));
    EXPECT_EQ(terms.rights_per_share, (Ratio{1, 3}));
    EXPECT_EQ(terms.subscription_price, Money(805));
    EXPECT_EQ(terms.payee, "An Agent, as agent");
    EXPECT_EQ(terms.account, "021000018/1");
    EXPECT_EQ(terms.expiration, resolve("2024-06-28T17:00:00", "America/Chicago").value());
    EXPECT_EQ(instant_text(terms.expiration.instant), "2024-06-28T22:00:00Z");
    EXPECT_FALSE(terms.expiration_inclusive);
    EXPECT_EQ(terms.extension, (ExtensionTerms{true, on("2024-07-31"), "20:00 same day", 7}));
    EXPECT_EQ(terms.reminder_minutes, (std::vector<std::int32_t>{120, 10}));
    EXPECT_EQ(terms.calendar, (CalendarTerms{CalendarKind::kCustom, {on("2024-07-08"), on("2024-07-04"), on("2024-07-05")}}));
    EXPECT_EQ(terms.guaranteed_delivery, (GuaranteedDeliveryTerms{true, 2, CountedFrom::kFixedDate, on("2024-07-02"), "11:00:00", PaymentDue::kCover,
                                                                  TelephoneConfirmation::kRequire, false,
                                       ShortCover::kAsCovered}));
    EXPECT_EQ(terms.channels, (std::vector<ListedAddress>{{Channel::kFax, "+17185550101"},
                                                          {Channel::kFax, "+17185550102"},
                                                          {Channel::kMail, "1 First Street"},
                                                          {Channel::kHand, "1 First Street"},
                                                          {Channel::kCourier, "2 Second Street"},
                                                          {Channel::kTelegram, "RIGHTSAGENT NY"}}));
    EXPECT_EQ(terms.payment, (std::vector<MethodTerms>{{PaymentMethod::kWire, DeemedReceived::kCredit, PaymentUser::kGuarantors},
                                                       {PaymentMethod::kUncertifiedCheck, DeemedReceived::kRefused},
                                                       {PaymentMethod::kCertifiedCheck, DeemedReceived::kClearance},
                                                       {PaymentMethod::kBankDraft, DeemedReceived::kReceipt},
                                                       {PaymentMethod::kMoneyOrder, DeemedReceived::kRefused}}));
    EXPECT_EQ(terms.drawn_on, DrawnOn::kUsBanks);
    EXPECT_EQ(terms.deemed_exercise, DeemedExercise::kCapped);
    EXPECT_EQ(terms.over_subscription,
              (OverSubscriptionTerms{true, false, Basis::kLadder, Residual::kLargestRemainder, Shares(100'000), Ratio{3, 2},
                                     {{Shares(99), Basis::kBasicShares}, {std::nullopt, Basis::kRecordHolding}}, Ratio{1, 5}, Shares(31'000), Money(50'000'000), Ratio{1, 4}, OverSubscriber::kHoldersOfRecord}));
    EXPECT_EQ(terms.gateways, std::vector<std::string>{"fax-1"});
    EXPECT_TRUE(terms.bank_feeds.empty());
    EXPECT_EQ(terms.stamp_gap_minutes, 15);
    EXPECT_EQ(terms.approvals, (ApprovalTerms{9, 3, 4, 5, 6, 7, 8, 9, true}));
    EXPECT_EQ(terms.minimum_shares, Shares(400'000));
    EXPECT_EQ(terms.price, (PriceTerms{PriceKind::kEstimated, LowerPrice::kRefund, HigherPrice::kBill, 5}));
    EXPECT_EQ(terms.entitlement, (EntitlementTerms{Rounding::kNearest, Shares(1)}));
    EXPECT_EQ(terms.withdrawal, Withdrawal::kUntilExpiration);
    EXPECT_EQ(terms.rights_transfer, RightsTransfer::kNotTransferable);
    EXPECT_EQ(terms.foreign, (ForeignTerms{std::nullopt, 5, "10:30:00"}));
    EXPECT_EQ(terms.standby, (std::vector<StandbyTerms>{{"A Standby", Shares(100'000)}}));
    ASSERT_EQ(terms.guarantors.size(), 2U);
    EXPECT_EQ(terms.guarantors[0], (GuarantorTerms{"A Firm", {"Firm"}, "member of the NASD", true, on("2001-01-01"), on("2030-01-01"), "a list"}));
    EXPECT_EQ(terms.guarantors[1], (GuarantorTerms{"Another Firm", {}, "", false, {}, {}, "a letter"}));
}

TEST(TermsFile, WhatIsLeftOutIsAsTheFormHasIt) {
    const Terms terms = loaded(kHere + "least.toml");
    EXPECT_TRUE(terms.expiration_inclusive);      // form: "at or prior to"
    EXPECT_FALSE(terms.extension.allowed);
    EXPECT_EQ(terms.guaranteed_delivery, GuaranteedDeliveryTerms{});
    EXPECT_EQ(terms.payment, (std::vector<MethodTerms>{{PaymentMethod::kWire, DeemedReceived::kCredit},
                                                       {PaymentMethod::kUncertifiedCheck, DeemedReceived::kClearance},
                                                       {PaymentMethod::kCertifiedCheck, DeemedReceived::kReceipt},
                                                       {PaymentMethod::kBankDraft, DeemedReceived::kReceipt},
                                                       {PaymentMethod::kMoneyOrder, DeemedReceived::kReceipt}}));
    EXPECT_EQ(terms.drawn_on, DrawnOn::kAnywhere);
    EXPECT_EQ(terms.approvals, ApprovalTerms{});
    EXPECT_EQ(terms.reminder_minutes, Terms{}.reminder_minutes);
}

TEST(TermsFile, TheSampleOffering) {
    const Terms terms = loaded(kSampleOffering);
    EXPECT_EQ(terms.id, "rare-medium-2002");
    EXPECT_EQ(terms.shares_offered, Shares(52'615'467));
    EXPECT_EQ(terms.subscription_price, Money(200));
    EXPECT_EQ(terms.guarantors.size(), 7U);
}

TEST(TermsFile, WhoMayOverSubscribe) {
    EXPECT_EQ(loaded(kHere + "least.toml").over_subscription.eligible, OverSubscriber::kAnyone);
    const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\neligible = \"holders_of_record\"\n", "least.toml");
    ASSERT_TRUE(terms) << terms.error().message;
    EXPECT_EQ(terms->over_subscription.eligible, OverSubscriber::kHoldersOfRecord);
}

TEST(TermsFile, WhoseBasicIsJudgedOfANominee) {
    EXPECT_EQ(loaded(kHere + "least.toml").over_subscription.nominee, NomineeJudged::kAsOneHolder);
    const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\nnominee = \"per_beneficial_owner\"\n", "least.toml");
    ASSERT_TRUE(terms) << terms.error().message;
    EXPECT_EQ(terms->over_subscription.nominee, NomineeJudged::kPerBeneficialOwner);
}

TEST(TermsFile, WhoMayHaveTheExtraShares) {
    EXPECT_EQ(loaded(kHere + "least.toml").over_subscription.extra_supply_eligible, OverSubscriber::kAnyone);
    const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\nextra_supply = \"0.25\"\nextra_supply_eligible = \"holders_of_record\"\n", "least.toml");
    ASSERT_TRUE(terms) << terms.error().message;
    EXPECT_EQ(terms->over_subscription.extra_supply_eligible, OverSubscriber::kHoldersOfRecord);
}

TEST(TermsFile, ThePublishedExample) {
    if (!std::filesystem::exists(kExample)) GTEST_SKIP() << kExample << " is not on this machine";
    const Terms terms = loaded(kExample);
    Terms sample = loaded(kSampleOffering);
    sample.guarantors.clear();  // which the example does not list
    EXPECT_EQ(terms, sample);
}

struct MistakeRow {
    const char* instead_of;   // in least.toml; nothing: appended
    const char* written;
    const char* told;         // "<line>: <key>: " and words of what is told
    const char* words;
};

TEST(TermsFile, EveryMistakeIsNamedWithItsLineKeyAndWhatIsAllowed) {
    const MistakeRow rows[] = {
        {"id = \"least\"", "id = \"Least One\"", "3: offering.id: was \"Least One\"", "a to z, 0 to 9"},
        {"id = \"least\"", "id = \"desk\"", "3: offering.id: was \"desk\"", "not \"desk\""},
        {"id = \"least\"", "id = \"12345678901234567890123456789012345678901\"", "3: offering.id: was", "1 to 40"},
        {"id = \"least\"", "", "2: offering.id: is missing", "a to z"},
        {"issuer = \"An Issuer, Inc.\"", "issuer = \" \"", "4: offering.issuer: was", "one line"},
        {"issuer = \"An Issuer, Inc.\"", "issuer = \"two\\nlines\"", "4: offering.issuer: was \"two?lines\"", "one line"},
        {"issuer = \"An Issuer, Inc.\"", "issuer = 7", "4: offering.issuer: was 7", "text in quotes"},
        {"shares_offered = 1000", "shares_offered = 0", "5: offering.shares_offered: was 0", "from 1 to"},
        {"shares_offered = 1000", "shares_offered = 10.5", "5: offering.shares_offered: was 10.5", "whole number"},
        {"shares_per_right = \"1\"", "shares_per_right = 0.41155", "6: offering.shares_per_right: was 0.41155", "text in quotes"},
        {"shares_per_right = \"1\"", "shares_per_right = \"1\"\nrights_per_share = \"0\"", "7: offering.rights_per_share: was \"0\"", "above zero"},
        {"shares_per_right = \"1\"", "shares_per_right = \"one\"", "6: offering.shares_per_right: was \"one\"", "\"1/7\""},
        {"subscription_price = \"2.00\"", "subscription_price = \"2.005\"", "7: offering.subscription_price: was \"2.005\"", "whole cents"},
        {"subscription_price = \"2.00\"", "subscription_price = \"0.00\"", "7: offering.subscription_price: was \"0.00\"", "above 0.00"},
        {"subscription_price = \"2.00\"", "subscription_price = 2.00", "7: offering.subscription_price: was 2.0", "text in quotes"},
        {"account = \"021000018/2\"", "account = \"x\"\ncurrency = \"EUR\"", "9: offering.currency: was \"EUR\"", "USD"},
        {"account = \"021000018/2\"", "acount = \"021000018/2\"", "8: offering.acount: is no key", "account, agent"},
        {"at = \"2002-06-28T17:00:00\"", "at = \"June 28\"", "11: expiration.at: \"June 28\"", "2002-06-28T17:00:00"},
        {"at = \"2002-06-28T17:00:00\"", "at = 2002-06-28T17:00:00Z", "11: expiration.at: was", "zone has a key of its own"},
        {"at = \"2002-06-28T17:00:00\"", "at = \"2002-04-07T02:30:00\"", "11: expiration.at: ", "never show"},
        {"at = \"2002-06-28T17:00:00\"", "at = \"1984-06-28T17:00:00\"", "11: expiration.at: was 1984", "1985-01-01"},
        {"zone = \"America/New_York\"", "zone = \"New York\"", "12: expiration.zone: \"New York\"", "America/New_York"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\ninclusive = \"yes\"", "13: expiration.inclusive: was \"yes\"", "true or false"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { allowed = true, last_date = \"2002-06-27\" }",
         "13: expiration.extension.last_date: was 2002-06-27", "must not be before the expiration"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { announce_by = \"soon\" }", "13: expiration.extension.announce_by: \"soon\"",
         "09:00 next business day"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { until = \"2002-07-31\" }", "13: expiration.extension.until: is no key",
         "allowed, announce_by, last_date, most_business_days"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { most_business_days = 0 }",
         "13: expiration.extension.most_business_days: was 0", "from 1 to 60"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = true", "13: expiration.extension: was true", "table"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nreminders_minutes = [60, 60]", "13: expiration.reminders_minutes: 60", "twice"},
        {"business_days = \"both\"", "business_days = \"nyze\"", "14: calendar.business_days: was \"nyze\"", "nyse, fed, both, either"},
        {"business_days = \"both\"", "business_days = \"custom\"", "14: calendar.business_days: was \"custom\"", "nyse, fed, both, either"},
        {"business_days = \"both\"", "business_days = [\"2002-07-44\"]", "14: calendar.business_days: was \"2002-07-44\"", "date like"},
        {"business_days = \"both\"", "", "13: calendar.business_days: is missing", "nyse, fed, both, either"},
        {"mail = [\"1 First Street\"]", "mail = []", "15: channels.fax: no channel", "guaranteed_delivery is enabled"},
        {"mail = [\"1 First Street\"]", "mail = [\"1 First Street\", \"1 First Street\"]", "16: channels.mail: \"1 First Street\"", "listed twice"},
        {"mail = [\"1 First Street\"]", "mail = \"1 First Street\"", "16: channels.mail: was \"1 First Street\"", "list of texts"},
        {"mail = [\"1 First Street\"]", "fax = [\"718-555-0101\"]", "16: channels.fax: was \"718-555-0101\"", "country code"},
        {"gateways = [\"mail-1\"]", "gateways = []", "18: sources.gateways: was an empty list", "at least one"},
        {"gateways = [\"mail-1\"]", "gateways = [\"Mail 1\"]", "18: sources.gateways: was \"Mail 1\"", "a to z"},
        {"bank_feeds = [\"bank-1\"]", "", "17: sources.bank_feeds: is missing", "[]"},
        {"", "[guaranteed_delivery]\nbusiness_days = -1", "21: guaranteed_delivery.business_days: was -1", "from 0 to 60"},
        {"", "[guaranteed_delivery]\ncounted_from = \"receipt\"", "21: guaranteed_delivery.counted_from: was \"receipt\"", "notice_date, expiration, or a date"},
        {"", "[guaranteed_delivery]\ncounted_from = \"2002-06-27\"", "21: guaranteed_delivery.counted_from: was 2002-06-27", "must not be before the expiration"},
        {"", "[guaranteed_delivery]\ntime = \"5 p.m.\"", "21: guaranteed_delivery.time: \"5 p.m.\"", "17:00:00"},
        {"", "[guaranteed_delivery]\npayment_due = \"later\"", "21: guaranteed_delivery.payment_due: was \"later\"", "expiration, cover"},
        {"", "[guaranteed_delivery]\nenabled = false\npayment_due = \"cover\"", "22: guaranteed_delivery.payment_due: was \"cover\"", "enabled is false"},
        {"", "[payment]\nwire = \"cleared\"", "21: payment.wire: was \"cleared\"", "credit, clearance, receipt, refused"},
        {"", "[payment]\ncash = \"receipt\"", "21: payment.cash: is no key", "wire"},
        {"", "[exercise]\nround_shares = \"off\"", "21: exercise.round_shares: was \"off\"", "down, up, nearest"},
        {"", "[exercise]\nwithdrawal = \"never\"", "21: exercise.withdrawal: was \"never\"", "irrevocable, until_expiration"},
        {"", "[exercise]\nstep_up_to = 2000000000", "21: exercise.step_up_to: was 2000000000", "shares offered"},
        {"", "[payment]\nfrom = { wire = \"brokers\" }", "21: payment.from.wire: was \"brokers\"", "anyone, guarantors"},
        {"", "[payment]\ndrawn_on = \"canada\"", "21: payment.drawn_on: was \"canada\"", "anywhere, us_banks"},
        {"", "[payment]\ndrawn_on = true", "21: payment.drawn_on: was true", "anywhere, us_banks"},
        {"", "[price]\nkind = \"guessed\"", "21: price.kind: was \"guessed\"", "fixed, estimated"},
        {"", "[price]\nlower = \"refund\"", "21: price.lower: is stated, and price.kind is fixed", "estimated"},
        {"", "[price]\nkind = \"estimated\"\nhigher = \"bill\"", "20: price.bill_days: is missing", "business days"},
        {"", "[price]\nkind = \"estimated\"\nbill_days = 3", "22: price.bill_days: is stated, and price.higher is reduce", "bill"},
        {"", "[over_subscription]\nenabled = false\n[price]\nkind = \"estimated\"\nlower = \"buy_more\"", "24: price.lower: was \"buy_more\"", "refund"},
        {"", "[over_subscription]\ncap_of_offered = \"1.1\"", "21: over_subscription.cap_of_offered: is more than all", "part like"},
        {"", "[over_subscription]\nextra_supply = \"1.5\"", "21: over_subscription.extra_supply: is more than as many", "part like"},
        {"", "[over_subscription]\nenabled = false\nextra_supply = \"0.25\"", "22: over_subscription.extra_supply: is stated, and over_subscription.enabled is false", "demand"},
        {"", "[[standby]]\npurchaser = \"A Standby\"", "20: standby.up_to: is missing", "most shares"},
        {"", "[approvals]\ntermination = 1", "21: approvals.termination: was 1", "from 2 to 9"},
        {"", "[over_subscription]\nbasis = \"A\"", "21: over_subscription.basis: was \"A\"", "basic_shares, requested, record_holding"},
        {"", "[over_subscription]\nbasis = \"ladder\"", "21: over_subscription.basis: was \"ladder\"", "[[over_subscription.ladder]]"},
        {"", "[over_subscription]\nladder = [{ basis = \"requested\" }]", "21: over_subscription.ladder: has rungs", "basic_shares"},
        {"", "[over_subscription]\nbasis = \"ladder\"\nladder = [{ basis = \"two_pools\" }]", "22: over_subscription.ladder.basis: was \"two_pools\"", "record_holding"},
        {"", "[approvals]\nrefund = 1", "21: approvals.refund: was 1", "from 2 to 9"},
        {"", "[[guarantor]]\nname = \"A Firm\"\neligible_as = \"x\"", "20: guarantor.source: is missing", "evidence"},
        {"", "[[guarantor]]\nname = \"A Firm\"\nsource = \"x\"", "20: guarantor.eligible_as: is missing", "class or programme"},
        {"", "[[guarantor]]\nname = \"A\"\neligible = false\nsource = \"x\"\nvalid_from = 2002-01-02\nvalid_to = 2002-01-01", "25: guarantor.valid_to: was 2002-01-01",
         "valid_from"},
        {"account = \"021000018/2\"", "account = \"x\"\nrights = \"sold\"", "9: offering.rights: was \"sold\"", "transferable, not_transferable"},
        {"", "[foreign]\ntime = \"11:00:00\"", "20: foreign.on: is missing", "business_days before the expiration"},
        {"", "[foreign]\non = 2002-06-21\nbusiness_days = 5", "21: foreign.on: is stated beside business_days", "one of them"},
        {"", "[foreign]\non = 2002-06-29", "21: foreign.on: makes the hour for holders abroad 2002-06-29T11:00:00", "before the expiration, 2002-06-28T17:00:00"},
        {"", "[foreign]\nbusiness_days = 0", "21: foreign.business_days: was 0", "from 1 to 60"},
        {"", "[foreign]\non = 2002-06-21\ntime = \"noon\"", "22: foreign.time: \"noon\"", "17:00:00"},
        {"", "[over_subscription]\neligible = \"employees\"", "21: over_subscription.eligible: was \"employees\"", "anyone, holders_of_record"},
        {"", "[over_subscription]\nenabled = false\neligible = \"holders_of_record\"", "22: over_subscription.eligible: is stated, and over_subscription.enabled is false", "nobody"},
        {"", "[over_subscription]\nnominee = \"names\"", "21: over_subscription.nominee: was \"names\"", "as_one_holder, per_beneficial_owner"},
        {"", "[over_subscription]\nenabled = false\nnominee = \"as_one_holder\"", "22: over_subscription.nominee: is stated, and over_subscription.enabled is false", "nobody"},
        {"", "[over_subscription]\nrequires_full_basic = false\nnominee = \"per_beneficial_owner\"",
         "22: over_subscription.nominee: was \"per_beneficial_owner\", and requires_full_basic is false", "as_one_holder"},
        {"", "[over_subscription]\nextra_supply = \"0.25\"\nextra_supply_eligible = \"employees\"", "22: over_subscription.extra_supply_eligible: was \"employees\"",
         "anyone, holders_of_record"},
        {"", "[over_subscription]\nextra_supply_eligible = \"anyone\"", "21: over_subscription.extra_supply_eligible: is stated, and there is no extra_supply", "part like"},
        {"payee = \"An Agent\"", "", "2: offering.payee: is missing", "made out to"},
        {"", "[payment]\nwire = \"refused\"\nuncertified_check = \"refused\"\ncertified_check = \"refused\"\nbank_draft = \"refused\"\nmoney_order = \"refused\"",
         "21: payment.wire: was \"refused\"", "at least one must be taken"},
        {"", "[payment]\nfrom = { wire = \"guarantors\" }", "21: payment.from.wire: was \"guarantors\"", "no [[guarantor]] is eligible"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { last_date = \"2002-07-31\" }", "13: expiration.extension.last_date: is stated", "allowed is false"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { allowed = false, announce_by = \"20:00 same day\" }", "13: expiration.extension.announce_by: is stated",
         "allowed is false"},
        {"zone = \"America/New_York\"", "zone = \"America/New_York\"\nextension = { allowed = false, most_business_days = 7 }", "13: expiration.extension.most_business_days: is stated",
         "allowed is false"},
        {"", "[over_subscription]\nenabled = false\nbasis = \"requested\"", "22: over_subscription.basis: is stated", "enabled is false"},
        {"", "[over_subscription]\nenabled = false\nrequires_full_basic = true", "22: over_subscription.requires_full_basic: is stated", "enabled is false"},
        {"", "[over_subscription]\nenabled = false\ncap_of_basic = \"2\"", "22: over_subscription.cap_of_basic: is stated", "enabled is false"},
        {"", "[over_subscription]\nenabled = false\n[exercise]\ndeemed = \"money_then_over_subscription\"", "23: exercise.deemed: was \"money_then_over_subscription\"",
         "must be money or capped"},
        {"", "[over_subscription]\nbasis = \"two_pools\"\neligible = \"holders_of_record\"", "21: over_subscription.basis: was \"two_pools\"", "eligible is holders_of_record"},
        {"", "[over_subscription]\nbasis = \"ladder\"\nladder = [{ basis = \"requested\" }, { holding_up_to = 99 }]", "22: over_subscription.ladder: has a rung for everybody", "the last"},
        {"shares_offered = 1000", "shares_offered = 1000\nminimum_shares = 1001", "6: offering.minimum_shares: was 1001", "1000 are there at most"},
        {"", "[approvals]\nextension = 1\ninstruction = true", "21: approvals.extension: was 1", "2 or more"},
        {"", "[approvals]\ninstruction = \"letter\"", "21: approvals.instruction: was \"letter\"", "true or false"},
        {"", "[fees]\nagent = 1", "20: fees: is no key", "offering"},
    };
    const std::string least = text_of(kHere + "least.toml");
    for (const MistakeRow& row : rows) {
        std::string toml = least;
        const std::string instead_of = row.instead_of;
        if (instead_of.empty()) {
            toml += row.written;
        } else {
            ASSERT_NE(toml.find(instead_of), std::string::npos) << instead_of;
            toml.replace(toml.find(instead_of), instead_of.size(), row.written);
        }
        const auto terms = parse_terms(toml, "t.toml");
        ASSERT_FALSE(terms.has_value()) << row.written;
        const std::string& message = terms.error().message;
        EXPECT_EQ(terms.error().kind, base::ErrorKind::kInvalid);
        const std::string told = std::string("t.toml:") + row.told;
        const std::size_t at = message.find(told);
        ASSERT_NE(at, std::string::npos) << row.written << "\n  wanted: " << told << "\n  told:   " << message;
        EXPECT_NE(message.find(row.words, at), std::string::npos) << row.written << "\n  wanted: " << row.words << "\n  told:   " << message;
    }
}

TEST(TermsFile, AllMistakesAreToldTogetherInTheOrderOfTheirLines) {
    const auto terms = parse_terms("[offering]\nid = \"desk\"\nshares_offered = 0\n[expiration]\nzone = \"Nowhere\"\nat = 5\n[calender]\n", "t.toml");
    ASSERT_FALSE(terms.has_value());
    std::istringstream told(terms.error().message);
    std::vector<std::string> lines;
    for (std::string line; std::getline(told, line);) lines.push_back(line);
    EXPECT_GE(lines.size(), 8U) << terms.error().message;
    int last = 0;
    for (const std::string& line : lines) {
        ASSERT_TRUE(line.starts_with("t.toml:")) << line;
        const int number = std::stoi(line.substr(7));
        EXPECT_GE(number, last) << line;
        last = number;
    }
}

TEST(TermsFile, WhatIsNoTomlSaysWhere) {
    const auto terms = parse_terms("[offering]\nid = \n", "t.toml");
    ASSERT_FALSE(terms.has_value());
    EXPECT_TRUE(terms.error().message.starts_with("t.toml:2: is no TOML")) << terms.error().message;
    EXPECT_FALSE(parse_terms(std::string(kMaxFileBytes + 1, '#'), "t.toml").has_value());
    EXPECT_FALSE(parse_terms("\xff\xfe", "t.toml").has_value());
    EXPECT_FALSE(parse_terms("", "t.toml").has_value());
}

// A quarter of 1,000 may be sold besides: 1,250 in all. Two pools where rights are not transferred: nobody bought any.
TEST(TermsFile, WhatMayBeSoldAndToWhomBoundsOtherTerms) {
    const auto read = [](const std::string& offering, const std::string& over) {
        std::string toml = text_of(kHere + "least.toml") + "[over_subscription]\n" + over;
        toml.replace(toml.find("payee"), 0, offering);
        return parse_terms(toml, "t.toml");
    };
    EXPECT_TRUE(read("minimum_shares = 1250\n", "extra_supply = \"0.25\"\n"));
    const auto beyond = read("minimum_shares = 1251\n", "extra_supply = \"0.25\"\n");
    ASSERT_FALSE(beyond);
    EXPECT_NE(beyond.error().message.find("9: offering.minimum_shares: was 1251"), std::string::npos) << beyond.error().message;
    const auto pools = read("rights = \"not_transferable\"\n", "basis = \"two_pools\"\n");
    ASSERT_FALSE(pools);
    EXPECT_NE(pools.error().message.find("22: over_subscription.basis: was \"two_pools\", and offering.rights is not_transferable"), std::string::npos) << pools.error().message;
}

// Caps on all of a holder's shares bind the basic ones too, and a rung after everybody serves those whom the basis before passed over.
TEST(TermsFile, WhatOnlyLooksContradictoryIsTaken) {
    for (const char* over : {"enabled = false\ncap_shares = 100\nownership_limit = 300\ncap_money = \"200.00\"\ncap_of_offered = \"0.1\"\nresidual = \"largest_remainder\"\n", "enabled = false\n",
                             "basis = \"ladder\"\nladder = [{ basis = \"record_holding\" }, { basis = \"requested\" }]\n"}) {
        const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\n" + over, "t.toml");
        EXPECT_TRUE(terms) << over << (terms ? "" : terms.error().message);
    }
}

TEST(TermsFile, NobodyMayOverSubscribe) {
    const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\nenabled = false\n", "t.toml");
    ASSERT_TRUE(terms) << terms.error().message;
    EXPECT_FALSE(terms->over_subscription.enabled);
}

TEST(TermsFile, ABasisIsNoMistake) {
    for (const char* basis : {"basic_shares", "requested", "record_holding", "two_pools", "basic_prorated"}) {
        const auto terms = parse_terms(text_of(kHere + "least.toml") + "[over_subscription]\nbasis = \"" + basis + "\"\n", "t.toml");
        ASSERT_TRUE(terms.has_value()) << terms.error().message;
        EXPECT_EQ(to_text(terms->over_subscription.basis), basis);
    }
}

TEST(TermsFile, AFileThatIsNotThere) {
    const auto terms = load_terms(kHere + "none.toml");
    ASSERT_FALSE(terms.has_value());
    EXPECT_EQ(terms.error().kind, base::ErrorKind::kNotFound);
    EXPECT_NE(terms.error().message.find("none.toml"), std::string::npos);
    EXPECT_FALSE(load_terms(kHere).has_value());
}

}  // namespace
}  // namespace rightsdesk::terms
