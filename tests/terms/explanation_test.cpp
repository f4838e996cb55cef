// Terms in words: each key of the file has its sentence, and the sentence has the value.
#include "terms/explanation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "terms/terms_file.h"

namespace rightsdesk::terms {
namespace {

const std::string kTermsFolder = std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/terms/";

std::vector<ExplainedTerm> explained(const std::string& file) { return explain_terms(load_terms(file).value()); }

std::string words(const std::vector<ExplainedTerm>& terms, const std::string& key) {
    std::string all;
    for (const ExplainedTerm& term : terms) {
        if (term.key == key) all += (all.empty() ? "" : " | ") + term.words;
    }
    return all.empty() ? "(not explained)" : all;
}

TEST(Explanation, says_each_value_in_words) {
    const auto terms = explained(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
    const std::pair<const char*, const char*> rows[] = {
        {"offering.shares_offered", "52,615,467 shares are offered"},
        {"offering.subscription_price", "a share costs $2.00"},
        {"expiration.at", "the hour is 2002-06-28T17:00:00 in America/New_York, which is 2002-06-28T21:00:00Z"},
        {"expiration.inclusive", "what is received at that very instant is in time"},
        {"expiration.extension.last_date", "not beyond 2002-07-31"},
        {"expiration.reminders_minutes", "operations are reminded 1,440, 240, 60, 5 minutes before the hour"},
        {"calendar.business_days", "business days are days on which the New York Stock Exchange is open"},
        {"guaranteed_delivery.business_days", "certificates follow within 3 business days"},
        {"guaranteed_delivery.counted_from", "counted from the notice's own date, which is not counted; an undated notice has no clock"},
        {"channels.telegram", "no address is listed: nothing is validly delivered by telegram"},
        {"payment.uncertified_check", "an uncertified check is deemed received when it has cleared"},
        {"payment.drawn_on", "checks, drafts and money orders may be drawn on a bank anywhere"},
        {"sources.gateways", "the count waits for the watermarks of fax-1, mail-1"},
        {"approvals.refund", "refunds need 2 different people"},
    };
    for (const auto& [key, sentence] : rows) EXPECT_EQ(words(terms, key), sentence) << key;
    EXPECT_NE(words(terms, "guarantor").find("Blackwater Fund Services may not guarantee (illustrative"), std::string::npos);
}

TEST(Explanation, says_the_terms_that_differ_otherwise) {
    const auto terms = explained(kTermsFolder + "sample.toml");
    EXPECT_EQ(words(terms, "offering.shares_per_right"), "one right buys 1/7 share");
    EXPECT_EQ(words(terms, "offering.rights_per_share"), "1/3 right was issued for a share held on the record date: without a register a notice's rights say what was held");
    EXPECT_EQ(words(terms, "exercise.round_shares"), "a fraction of a share that rights come to is rounded to the nearest whole share, a half up");
    EXPECT_EQ(words(terms, "offering.rights"), "rights may not be transferred: who is not on the register of record-date holders is a question for a person");
    // 2024-06-28 less five weekdays (no closing among them) is 2024-06-21.
    EXPECT_EQ(words(terms, "foreign.business_days"), "holders whom the register shows abroad or at an army or fleet post office must be in by 2024-06-21T10:30:00, "
                                                     "5 business days before the expiration as it stands");
    EXPECT_EQ(words(terms, "exercise.withdrawal"), "an exercise may be withdrawn until the hour");
    EXPECT_EQ(words(terms, "offering.subscription_price"), "a share is estimated to cost $8.05");
    EXPECT_EQ(words(terms, "price.higher"), "if it is higher, the shortfall is billed, and may be paid within 5 business days");
    EXPECT_EQ(words(terms, "payment.wire"), "a wire transfer is deemed received when the bank credits it, and is taken from eligible guarantors only");
    EXPECT_EQ(words(terms, "standby"), "A Standby takes up to 100,000 of the shares that are left after the allocation");
    EXPECT_EQ(words(terms, "expiration.extension.most_business_days"), "by at most 7 business days in all");
    EXPECT_EQ(words(terms, "expiration.inclusive"), "what is received at that very instant is late");
    EXPECT_EQ(words(terms, "guaranteed_delivery.counted_from"), "counted from 2024-07-02, which is not counted");
    EXPECT_EQ(words(terms, "payment.money_order"), "a money order is not accepted");
    EXPECT_EQ(words(terms, "payment.drawn_on"), "checks, drafts and money orders must be drawn on a bank in the United States: one that is said to be drawn abroad is not taken");
    EXPECT_EQ(words(terms, "over_subscription.eligible"), "only holders of record may: who is not on the register of record-date holders may not");
}

TEST(Explanation, says_that_nobody_may_over_subscribe) {
    auto terms = load_terms(kTermsFolder + "least.toml").value();
    terms.over_subscription.enabled = false;
    EXPECT_EQ(words(explain_terms(terms), "over_subscription.enabled"), "there is no over-subscription");
}

TEST(Explanation, does_not_call_the_last_day_uncounted) {
    auto terms = load_terms(kTermsFolder + "sample.toml").value();
    terms.guaranteed_delivery.business_days = 0;
    EXPECT_EQ(words(explain_terms(terms), "guaranteed_delivery.counted_from"), "counted from 2024-07-02, which is itself the last day");
}

TEST(Explanation, says_whose_basic_is_judged_of_a_nominee) {
    auto terms = load_terms(kTermsFolder + "least.toml").value();
    EXPECT_EQ(words(explain_terms(terms), "over_subscription.nominee"), "a nominee's notice is judged as one holder's, whoever it is for");
    terms.over_subscription.nominee = domain::NomineeJudged::kPerBeneficialOwner;
    EXPECT_EQ(words(explain_terms(terms), "over_subscription.nominee"),
              "a nominee that certifies its beneficial owners is judged by each of them: those may whose own basic privilege is exercised in full; "
              "one that does not is judged as one holder");
}

TEST(Explanation, says_to_whom_extra_shares_go) {
    auto terms = load_terms(kTermsFolder + "least.toml").value();
    terms.over_subscription.extra_supply = domain::Ratio{1, 4};
    EXPECT_EQ(words(explain_terms(terms), "over_subscription.extra_supply_eligible"), "they go to all who over-subscribe, prorated together with the shares offered");
    terms.over_subscription.extra_supply_eligible = domain::OverSubscriber::kHoldersOfRecord;
    EXPECT_EQ(words(explain_terms(terms), "over_subscription.extra_supply_eligible"),
              "they go to holders of record alone who over-subscribe, on the same basis, after the shares offered are prorated among all");
}

// Whatever may be written in the file is explained.
TEST(Explanation, leaves_no_section_out) {
    const auto terms = explained(kTermsFolder + "least.toml");
    for (const char* section : {"offering.", "expiration.", "calendar.", "guaranteed_delivery.", "channels.", "payment.", "exercise.", "over_subscription.", "sources.",
                                "approvals.", "guarantor"}) {
        EXPECT_TRUE(std::any_of(terms.begin(), terms.end(), [&](const ExplainedTerm& term) { return term.key.starts_with(section); })) << section;
    }
    for (const ExplainedTerm& term : terms) EXPECT_FALSE(term.words.empty()) << term.key;
}

}  // namespace
}  // namespace rightsdesk::terms
