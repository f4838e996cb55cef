// JSON of described values: exact numbers, enums as their words, dates and instants as ISO 8601, absent as null.
#include "runtime/json.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/builders.h"
#include "support/values.h"

namespace rightsdesk::runtime {
namespace {

using namespace domain;
using support::day;
using support::new_york;

TEST(Json, each_shape_has_its_form) {
    struct Row {
        const char* what;
        Json made;
        const char* text;
    };
    const std::vector<Row> rows = {
        {"money in cents", to_json(Money(-12'345)), "-12345"},
        {"shares", to_json(Shares(52'615'467)), "52615467"},
        {"the largest amount", to_json(Money(std::numeric_limits<std::int64_t>::max())), "9223372036854775807"},
        {"the smallest amount", to_json(Money(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808"},
        {"the largest sequence number", to_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615"},
        {"truth", to_json(true), "true"},
        {"text with quotes", to_json(std::string("\"A & B\"\n")), R"("\"A & B\"\n")"},
        {"an enum", to_json(PaymentMethod::kUncertifiedCheck), R"("uncertified_check")"},
        {"a date", to_json(day("2002-06-28")), R"("2002-06-28")"},
        {"an instant", to_json(new_york("2002-06-28T17:00:00")), R"("2002-06-28T21:00:00Z")"},
        {"an instant of a millisecond", to_json(new_york("2002-06-28T17:00:00.001")), R"("2002-06-28T21:00:00.001Z")"},
        {"absent", to_json(std::optional<Money>()), "null"},
        {"present", to_json(std::optional<Money>(Money(0))), "0"},
        {"a list", to_json(std::vector<Reason>{Reason::kLate, Reason::kUndated}), R"(["late","undated"])"},
        {"an empty list", to_json(std::vector<Reason>()), "[]"},
        {"a struct in its members' order", to_json(Ratio{1, 3}), R"({"numerator":1,"denominator":3})"},
        {"a struct without members", to_json(AskHealth{}), "{}"},
        {"an alternative with its type first", to_json(Question(ReplayAlerts{"o", "p", 3})),
         R"({"type":"ReplayAlerts","offering":"o","prefix":"p","from":3})"},
        {"octets by size and hash", to_json(base::Bytes(std::string("abc"))),
         R"({"octets":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})"},
        {"a personal part without its key", to_json(Sealed{Personal{}, false}), R"({"sealed":true})"},
    };
    for (const Row& row : rows) EXPECT_EQ(row.made.dump(), row.text) << row.what;
}

TEST(Json, a_personal_part_is_shown_to_who_has_the_key) {
    Sealed sealed;
    sealed.personal.names = {"Ida M. Holder"};
    EXPECT_EQ(to_json(sealed)["names"][0], "Ida M. Holder");
}

TEST(Json, every_event_and_entity_has_a_form_with_all_its_members) {
    support::Values values(21);
    values.marked("text-", "personal-");
    const auto check = [&]<class Held>(const Held& held) {
        const Json json = to_json(held);
        Held::visit_members(held, [&](std::string_view name, const auto&) {
            EXPECT_TRUE(json.contains(std::string(name))) << Held::kTypeName << "." << name;
        });
        EXPECT_EQ(Json::parse(json.dump()), json) << Held::kTypeName;
    };
    support::each_alternative<Event>([&]<class Held>(std::type_identity<Held>) { check(values.any<Held>()); });
    support::each_alternative<Entity>([&]<class Held>(std::type_identity<Held>) { check(values.any<Held>()); });
    support::each_alternative<Command>([&]<class Held>(std::type_identity<Held>) { check(values.any<Held>()); });
}

TEST(Json, any_octets_are_written) {
    EXPECT_EQ(json_line(Json{{"name", "Jos\xE9"}}), "{\"name\":\"Jos\xEF\xBF\xBD\"}");
    EXPECT_EQ(json_text(Json{{"name", "Jos\xC3\xA9"}}), "{\n  \"name\": \"Jos\xC3\xA9\"\n}");
}

}  // namespace
}  // namespace rightsdesk::runtime
