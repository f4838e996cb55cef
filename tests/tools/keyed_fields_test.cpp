// What a person types for `rightsdesk notice key`, and what of it cannot be taken.
#include "rightsdesk/keyed_fields.h"

#include <gtest/gtest.h>

#include "domain/civil.h"

namespace rightsdesk::tools {
namespace {

TEST(KeyedFields, are_typed_one_by_one) {
    const auto fields = read_keyed_fields("", {"dated=2002-06-27", "rights_held=1,000", "basic_shares=900", "names=Ida M. Holder", "names=Otto Holder", "payment_method=wire",
                                               "subscription_price=2.00", "guarantee_days=3", "confirmation_number=0042", "drawee=A=B Bank"});
    ASSERT_TRUE(fields) << fields.error().message;
    EXPECT_EQ(fields->dated, *domain::parse_date("2002-06-27"));
    EXPECT_EQ(fields->rights_held, domain::Rights(1'000));
    EXPECT_EQ(fields->basic_shares, domain::Shares(900));
    EXPECT_EQ(fields->names, (std::vector<std::string>{"Ida M. Holder", "Otto Holder"}));
    EXPECT_EQ(fields->payment_method, domain::PaymentMethod::kWire);
    EXPECT_EQ(fields->subscription_price, "2.00");
    EXPECT_EQ(fields->guarantee_days, 3);
    EXPECT_EQ(fields->confirmation_number, "0042") << "a text keeps its zeros";
    EXPECT_EQ(fields->drawee, "A=B Bank");
    EXPECT_FALSE(fields->issuer);
}

TEST(KeyedFields, come_from_what_notice_parse_printed_with_what_is_typed_over_it) {
    const auto fields = read_keyed_fields(R"({"fields": {"issuer": "RARE MEDIUM", "names": ["A"], "dated": null, "rights_held": 5}, "read_from": {}, "missing": ["dated"]})",
                                          {"names=B", "rights_held=6"});
    ASSERT_TRUE(fields) << fields.error().message;
    EXPECT_EQ(fields->issuer, "RARE MEDIUM");
    EXPECT_EQ(fields->names, std::vector<std::string>{"B"});
    EXPECT_EQ(fields->rights_held, domain::Rights(6));
    EXPECT_FALSE(fields->dated);
}

TEST(KeyedFields, an_aggregate_is_cents_or_dollars_and_never_guessed) {
    for (const auto& [typed, cents] : std::vector<std::pair<std::string, std::int64_t>>{{"5480000000", 5'480'000'000}, {"$54,800,000.00", 5'480'000'000}, {"20.05", 2'005}, {"7", 7}}) {
        const auto fields = read_keyed_fields("", {"aggregate_cents=" + typed});
        ASSERT_TRUE(fields) << typed << ": " << fields.error().message;
        EXPECT_EQ(fields->aggregate_cents, domain::Money(cents)) << typed;
    }
    EXPECT_EQ(read_keyed_fields(R"({"aggregate_cents": 2005})", {})->aggregate_cents, domain::Money(2'005));
    EXPECT_FALSE(read_keyed_fields("", {"aggregate_cents=20.5"}));
    EXPECT_FALSE(read_keyed_fields("", {"aggregate_cents=-1"}));
}

TEST(KeyedFields, every_mistake_is_named) {
    const auto fields = read_keyed_fields("", {"dated=27 June", "colour=red", "rights_held=many", "telephone=", "nothing"});
    ASSERT_FALSE(fields);
    for (const char* said : {"dated: ", "colour: there is no such field", "rights_held: must be a whole number", "telephone: is empty; --blank telephone", "'nothing': must be NAME=VALUE"}) {
        EXPECT_NE(fields.error().message.find(said), std::string::npos) << said << " in " << fields.error().message;
    }
    EXPECT_FALSE(read_keyed_fields("[1]", {}));
    EXPECT_FALSE(read_keyed_fields("{\"fields\": 3}", {}));
    EXPECT_FALSE(read_keyed_fields("{", {}));
}

}  // namespace
}  // namespace rightsdesk::tools
