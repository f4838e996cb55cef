// The schemas and the structs say the same: the same members, and enumerators of the same name at the same place. A round
// trip alone would not notice two enumerators that changed places in one of them.
#include <gtest/gtest.h>

#include <set>

#include "commands.capnp.h"
#include "entities.capnp.h"
#include "events.capnp.h"
#include "receipts.capnp.h"
#include "states.capnp.h"
#include "wire/codec.h"
#include "wire/messages.h"

namespace rightsdesk::wire {
namespace {

std::string name_of(capnp::Schema schema) { return schema.getShortDisplayName().cStr(); }

template <class E>
void expect_same_enumerators(capnp::EnumSchema schema) {
    std::vector<std::string> in_schema, in_code;
    for (const auto enumerant : schema.getEnumerants()) in_schema.emplace_back(enumerant.getProto().getName().cStr());
    for (const std::string& text : base::enum_texts<E>()) in_code.push_back(base::camel_from_snake(text));
    EXPECT_EQ(in_schema, in_code) << name_of(schema);
}

class Comparison {
public:
    template <class T>
    void of_struct(capnp::StructSchema schema) {
        if (!seen_.insert(name_of(schema)).second) return;
        if constexpr (base::IsVariant<T>::value) {
            EXPECT_EQ(schema.getUnionFields().size(), std::variant_size_v<base::AlternativesOf<T>>) << name_of(schema);
            each_alternative<T>([&]<class Held>(std::type_identity<Held>) { of_struct<Held>(member(schema, alternative_name<Held>()).getType().asStruct()); });
        } else {
            std::size_t members = 0;
            T example{};
            T::visit_members(example, [&](std::string_view name, auto& value) {
                ++members;
                of_type<std::remove_cvref_t<decltype(value)>>(member(schema, base::camel_from_snake(name)).getType());
            });
            EXPECT_EQ(schema.getFields().size(), members) << name_of(schema) << " has fields that the code does not know";
        }
    }

    [[nodiscard]] std::size_t structs() const { return seen_.size(); }

private:
    static capnp::StructSchema::Field member(capnp::StructSchema schema, const std::string& name) { return schema.getFieldByName(name); }

    template <class T>
    void of_type(capnp::Type type) {
        if constexpr (base::DescribedEnum<T>) {
            expect_same_enumerators<T>(type.asEnum());
        } else if constexpr (support::kIsVector<T>) {
            of_type<typename T::value_type>(type.asList().getElementType());
        } else if constexpr (support::kIsOptional<T>) {
            of_optional<typename T::value_type>(type);
        } else if constexpr (base::IsVariant<T>::value || (base::Described<T> && !std::is_same_v<T, domain::Sealed>)) {
            of_struct<T>(type.asStruct());
        } else {
            EXPECT_FALSE(type.isStruct());
        }
    }

    template <class T>
    void of_optional(capnp::Type type) {
        if constexpr (Plain<T>) {
            of_type<T>(type.asStruct().getFieldByName("value").getType());
        } else {
            of_type<T>(type);
        }
    }

    std::set<std::string> seen_;
};

TEST(SchemaAgreement, structs_and_enumerations_are_those_of_the_schemas) {
    Comparison comparison;
    comparison.of_struct<domain::Envelope>(capnp::Schema::from<schema::Envelope>());
    comparison.of_struct<domain::Reply>(capnp::Schema::from<schema::Reply>());
    comparison.of_struct<domain::Record>(capnp::Schema::from<schema::Record>());
    comparison.of_struct<domain::Entity>(capnp::Schema::from<schema::State>());
    comparison.of_struct<domain::Personal>(capnp::Schema::from<schema::Personal>());
    comparison.of_struct<domain::PublishedRecords>(capnp::Schema::from<schema::PublishedRecords>());
    comparison.of_struct<domain::PublishedHead>(capnp::Schema::from<schema::PublishedHead>());
    comparison.of_struct<domain::Idle>(capnp::Schema::from<schema::Idle>());
    comparison.of_struct<domain::PublishedAlert>(capnp::Schema::from<schema::PublishedAlert>());
    comparison.of_struct<domain::AlertHead>(capnp::Schema::from<schema::AlertHead>());
    EXPECT_GT(comparison.structs(), std::variant_size_v<domain::Command::Alternatives> + std::variant_size_v<domain::Event::Alternatives>);
}

}  // namespace
}  // namespace rightsdesk::wire
