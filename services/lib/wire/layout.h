// Where a described struct's members lie in the message of its schema, worked out once a type. Private to this room.
//
// A described member is the schema's field of the same name in camelCase. Integers, quantities, booleans, text and data are
// themselves; an enum is the enum with the same ordinals; a vector is a list; an optional is a pointer that is null when
// absent (for integers and enums to a struct with the one field `value`); a variant is a struct with one unnamed union, a
// field an alternative, named as its type; what is sealed is data. A member that has no field, or one of another type, is
// a bug and is found the first time that its struct is used (the tests use every one).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <capnp/schema.h>

#include "base/check.h"
#include "domain/receipts.h"

namespace rightsdesk::wire {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
using base::IsVariant;

template <class T>
concept AQuantity = requires { T::kIsQuantity; };
template <class T>
concept Plain = std::is_integral_v<T> || AQuantity<T> || base::DescribedEnum<T>;

// As what a plain value lies in the message.
template <class T>
struct RawOf {
    using type = T;
};
template <AQuantity T>
struct RawOf<T> {
    using type = typename T::Representation;
};
template <base::DescribedEnum T>
struct RawOf<T> {
    using type = std::uint16_t;
};
template <class T>
using Raw = typename RawOf<T>::type;

struct Slot {
    std::uint32_t place = 0;         // of a plain value in units of its size, in bits for a bool; of a pointer its number
    std::uint16_t discriminant = 0;  // of an alternative
    capnp::StructSchema inner = {};  // of the struct that is pointed to, or of a list's elements
    std::uint16_t words = 0;         // its size: data, and pointers
    std::uint16_t pointers = 0;
    std::uint32_t wrapped = 0;       // of an optional plain value: where it lies in its wrapper
};

struct Layout {
    std::vector<Slot> slots;         // by member, or by alternative
    std::uint32_t discriminant = 0;  // where it lies, in units of two octets
};

// The union field of an alternative: its type's name with a small first letter.
template <class T>
std::string alternative_name() {
    std::string name(T::kTypeName);
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    return name;
}
template <>
inline std::string alternative_name<domain::Command>() { return "command"; }
template <>
inline std::string alternative_name<domain::Question>() { return "question"; }

[[noreturn]] inline void not_agreed(capnp::StructSchema schema, const std::string& name, const char* what) {
    const std::string missing = std::string(schema.getProto().getDisplayName().cStr()) + " " + what + " " + name;
    base::check_failed(missing.c_str(), __FILE__, __LINE__);
}

// Whether a value of this type lies in a field of that one.
template <class T>
bool is_held_by(capnp::Type type) {
    using Which = capnp::schema::Type::Which;
    if constexpr (base::DescribedEnum<T>) {
        return type.isEnum();
    } else if constexpr (AQuantity<T>) {
        return is_held_by<Raw<T>>(type);
    } else if constexpr (std::is_same_v<T, bool>) {
        return type.which() == Which::BOOL;
    } else if constexpr (std::is_integral_v<T>) {
        constexpr Which kSigned[] = {Which::INT8, Which::INT16, Which::INT32, Which::INT64};
        constexpr Which kUnsigned[] = {Which::UINT8, Which::UINT16, Which::UINT32, Which::UINT64};
        constexpr std::size_t kSize = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
        return type.which() == (std::is_signed_v<T> ? kSigned : kUnsigned)[kSize];
    } else if constexpr (std::is_same_v<T, std::string>) {
        return type.isText();
    } else if constexpr (std::is_same_v<T, base::Bytes> || std::is_same_v<T, domain::Sealed>) {
        return type.isData();
    } else if constexpr (IsVector<T>::value) {
        return type.isList() && is_held_by<typename T::value_type>(type.asList().getElementType());
    } else if constexpr (IsOptional<T>::value) {
        using Inner = typename T::value_type;
        if constexpr (!Plain<Inner>) return is_held_by<Inner>(type);
        else return type.isStruct() && type.asStruct().getFields().size() == 1 && is_held_by<Inner>(type.asStruct().getFields()[0].getType());
    } else {
        return type.isStruct();
    }
}

template <class T>
Slot slot_of(capnp::StructSchema schema, const std::string& name) {
    KJ_IF_MAYBE (field, schema.findFieldByName(name)) {
        const capnp::Type type = field->getType();
        const auto proto = field->getProto();
        if (!is_held_by<T>(type) || !proto.isSlot()) not_agreed(schema, name, "has another type for");
        if (proto.getSlot().getHadExplicitDefault()) not_agreed(schema, name, "has a default, which this codec does not know, for");
        Slot slot;
        slot.place = proto.getSlot().getOffset();
        slot.discriminant = proto.getDiscriminantValue();
        const capnp::Type held = type.isList() ? type.asList().getElementType() : type;
        if (!held.isStruct()) return slot;
        slot.inner = held.asStruct();
        slot.words = slot.inner.getProto().getStruct().getDataWordCount();
        slot.pointers = slot.inner.getProto().getStruct().getPointerCount();
        if constexpr (IsOptional<T>::value) {
            if constexpr (Plain<typename T::value_type>) slot.wrapped = slot.inner.getFields()[0].getProto().getSlot().getOffset();
        }
        return slot;
    }
    not_agreed(schema, name, "has no field");
}

// A described type is always written to one schema, so that its layout can be kept.
template <class T>
const Layout& layout_of(capnp::StructSchema schema) {
    static const Layout layout = [&] {
        Layout found;
        if constexpr (IsVariant<T>::value) {
            found.discriminant = schema.getProto().getStruct().getDiscriminantOffset();
            [&]<std::size_t... at>(std::index_sequence<at...>) {
                (found.slots.push_back(slot_of<std::variant_alternative_t<at, base::AlternativesOf<T>>>(schema, alternative_name<std::variant_alternative_t<at, base::AlternativesOf<T>>>())), ...);
            }(std::make_index_sequence<std::variant_size_v<base::AlternativesOf<T>>>());
        } else {
            T example{};
            T::visit_members(example, [&]<class Member>(std::string_view name, Member&) {
                found.slots.push_back(slot_of<std::remove_const_t<Member>>(schema, base::camel_from_snake(name)));
            });
        }
        return found;
    }();
    return layout;
}

}  // namespace rightsdesk::wire
