// The codec: walks a struct's description (base/describe.h) and its schema side by side. Written once for all messages; a
// new message is a struct and a schema, and no code here. Private to this room.
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

#include <capnp/dynamic.h>

#include "base/check.h"
#include "domain/receipts.h"
#include "wire/seal.h"

namespace rightsdesk::wire {

// Thrown within this room only, and turned into a Result where reading began.
struct Unreadable {
    base::ErrorKind kind;
    std::string why;
};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVariant : std::false_type {};
template <class... T>
struct IsVariant<std::variant<T...>> : std::true_type {};

template <class T>
concept AQuantity = requires { T::kIsQuantity; };
template <class T>
concept Plain = std::is_integral_v<T> || AQuantity<T> || base::DescribedEnum<T>;

// ---- fields, found once a type ----

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

inline capnp::StructSchema::Field field_of(capnp::StructSchema schema, const std::string& name) {
    KJ_IF_MAYBE (field, schema.findFieldByName(name)) return *field;
    const std::string missing = std::string(schema.getProto().getDisplayName().cStr()) + " has the field " + name;
    base::check_failed(missing.c_str(), __FILE__, __LINE__);
}

// A described type is always written to one schema, so that its fields can be kept.
template <class T>
const std::vector<capnp::StructSchema::Field>& fields_of(capnp::StructSchema schema) {
    static const std::vector<capnp::StructSchema::Field> fields = [&] {
        std::vector<capnp::StructSchema::Field> found;
        if constexpr (IsVariant<T>::value) {
            [&]<std::size_t... at>(std::index_sequence<at...>) {
                (found.push_back(field_of(schema, alternative_name<std::variant_alternative_t<at, T>>())), ...);
            }(std::make_index_sequence<std::variant_size_v<T>>());
        } else {
            T example{};
            T::visit_members(example, [&](std::string_view name, auto&) { found.push_back(field_of(schema, base::camel_from_snake(name))); });
        }
        return found;
    }();
    return fields;
}

// ---- writing ----

class Writer {
public:
    explicit Writer(const SealKey* key) : key_(key) {}

    template <class T>
    void write(capnp::DynamicStruct::Builder builder, const T& value) const {
        const auto& fields = fields_of<T>(builder.getSchema());
        if constexpr (IsVariant<T>::value) {
            std::visit([&](const auto& alternative) { write(builder.init(fields[value.index()]).template as<capnp::DynamicStruct>(), alternative); }, value);
        } else {
            std::size_t at = 0;
            T::visit_members(value, [&](std::string_view, const auto& member) { write_field(builder, fields[at++], member); });
        }
    }

private:
    template <class T>
    void write_field(capnp::DynamicStruct::Builder& builder, const capnp::StructSchema::Field& field, const T& value) const {
        if constexpr (Plain<T>) {
            builder.set(field, plain(field.getType(), value));
        } else if constexpr (std::is_same_v<T, std::string>) {
            // An empty text is the default, and is left out; that an optional text is there although empty is said by writing it.
            if (!value.empty()) builder.set(field, capnp::Text::Reader(value.data(), value.size()));
        } else if constexpr (std::is_same_v<T, base::Bytes>) {
            if (!value.empty()) builder.set(field, data(value.view()));
        } else if constexpr (std::is_same_v<T, domain::Sealed>) {
            write_sealed(builder, field, value);
        } else if constexpr (IsVector<T>::value) {
            write_list(builder, field, value);
        } else if constexpr (IsOptional<T>::value) {
            if (value) write_present(builder, field, *value);
        } else {
            write(builder.init(field).template as<capnp::DynamicStruct>(), value);
        }
    }

    template <class T>
    void write_present(capnp::DynamicStruct::Builder& builder, const capnp::StructSchema::Field& field, const T& value) const {
        if constexpr (Plain<T>) {
            auto wrapper = builder.init(field).template as<capnp::DynamicStruct>();
            const auto inner = wrapper.getSchema().getFields()[0];
            wrapper.set(inner, plain(inner.getType(), value));
        } else if constexpr (std::is_same_v<T, std::string>) {
            builder.set(field, capnp::Text::Reader(value.data(), value.size()));
        } else {
            write_field(builder, field, value);
        }
    }

    template <class T>
    void write_list(capnp::DynamicStruct::Builder& builder, const capnp::StructSchema::Field& field, const std::vector<T>& values) const {
        if (values.empty()) return;
        auto list = builder.init(field, static_cast<unsigned>(values.size())).template as<capnp::DynamicList>();
        for (unsigned at = 0; at < values.size(); ++at) {
            const T& value = values[at];
            if constexpr (Plain<T>) {
                list.set(at, plain(list.getSchema().getElementType(), value));
            } else if constexpr (std::is_same_v<T, std::string>) {
                list.set(at, capnp::Text::Reader(value.data(), value.size()));
            } else {
                write(list[at].template as<capnp::DynamicStruct>(), value);
            }
        }
    }

    void write_sealed(capnp::DynamicStruct::Builder& builder, const capnp::StructSchema::Field& field, const domain::Sealed& sealed) const;

    template <class T>
    static capnp::DynamicValue::Reader plain(capnp::Type type, T value) {
        if constexpr (base::DescribedEnum<T>) {
            return capnp::DynamicEnum(type.asEnum(), static_cast<std::uint16_t>(value));
        } else if constexpr (AQuantity<T>) {
            return value.value;
        } else {
            return value;
        }
    }

    static capnp::Data::Reader data(std::string_view octets) { return {reinterpret_cast<const kj::byte*>(octets.data()), octets.size()}; }

    const SealKey* key_;
};

// ---- reading ----

class Reader {
public:
    explicit Reader(const SealKey* key) : key_(key) {}

    template <class T>
    void read(capnp::DynamicStruct::Reader reader, T& value) const {
        const auto& fields = fields_of<T>(reader.getSchema());
        if constexpr (IsVariant<T>::value) {
            KJ_IF_MAYBE (which, reader.which()) {
                read_alternative(reader, *which, fields, value, std::make_index_sequence<std::variant_size_v<T>>());
            } else {
                throw Unreadable{base::ErrorKind::kInvalid, "a message of a kind that this version does not know"};
            }
        } else {
            std::size_t at = 0;
            T::visit_members(value, [&](std::string_view, auto& member) { read_field(reader, fields[at++], member); });
        }
    }

private:
    template <class T, std::size_t... at>
    void read_alternative(capnp::DynamicStruct::Reader& reader, const capnp::StructSchema::Field& which,
                          const std::vector<capnp::StructSchema::Field>& fields, T& value, std::index_sequence<at...>) const {
        const bool known = ((fields[at] == which
                                 ? (read(reader.get(which).template as<capnp::DynamicStruct>(), value.template emplace<at>()), true)
                                 : false) ||
                            ...);
        if (!known) throw Unreadable{base::ErrorKind::kInvalid, "a message of a kind that this version does not know"};
    }

    template <class T>
    void read_field(capnp::DynamicStruct::Reader& reader, const capnp::StructSchema::Field& field, T& value) const {
        if constexpr (Plain<T>) {
            value = plain<T>(reader.get(field));
        } else if constexpr (IsOptional<T>::value) {
            if (!reader.has(field)) return;
            read_present(reader, field, value.emplace());
        } else if (reader.has(field)) {
            read_pointer(reader.get(field), value);
        } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, base::Bytes> || IsVector<T>::value) {
            // What is empty was left out; the member may begin as something else ("USD", the usual reminders).
            value = T();
        }
    }

    template <class T>
    void read_present(capnp::DynamicStruct::Reader& reader, const capnp::StructSchema::Field& field, T& value) const {
        if constexpr (Plain<T>) {
            const auto wrapper = reader.get(field).template as<capnp::DynamicStruct>();
            value = plain<T>(wrapper.get(wrapper.getSchema().getFields()[0]));
        } else {
            read_pointer(reader.get(field), value);
        }
    }

    template <class T>
    void read_pointer(capnp::DynamicValue::Reader read_value, T& value) const {
        if constexpr (std::is_same_v<T, std::string>) {
            const auto text = read_value.as<capnp::Text>();
            value.assign(text.begin(), text.size());
        } else if constexpr (std::is_same_v<T, base::Bytes>) {
            const auto octets = read_value.as<capnp::Data>();
            value.value.assign(reinterpret_cast<const char*>(octets.begin()), octets.size());
        } else if constexpr (std::is_same_v<T, domain::Sealed>) {
            read_sealed(read_value.as<capnp::Data>(), value);
        } else if constexpr (IsVector<T>::value) {
            read_list(read_value.as<capnp::DynamicList>(), value);
        } else {
            read(read_value.as<capnp::DynamicStruct>(), value);
        }
    }

    template <class T>
    void read_list(capnp::DynamicList::Reader list, std::vector<T>& values) const {
        // Nothing is reserved on the sender's word; the traversal limit ends a list of more elements than the message has words.
        values.clear();  // the member may begin with something
        for (const auto element : list) {
            values.emplace_back();
            if constexpr (Plain<T>) {
                values.back() = plain<T>(element);
            } else {
                read_pointer(element, values.back());
            }
        }
    }

    void read_sealed(capnp::Data::Reader octets, domain::Sealed& sealed) const;

    template <class T>
    static T plain(const capnp::DynamicValue::Reader& value) {
        if constexpr (base::DescribedEnum<T>) {
            const std::uint16_t ordinal = value.as<capnp::DynamicEnum>().getRaw();
            if (ordinal >= enumerators_of(T{}).size()) {
                throw Unreadable{base::ErrorKind::kInvalid, "a value of " + std::string(enum_type_name(T{})) + " that this version does not know"};
            }
            return static_cast<T>(ordinal);
        } else if constexpr (AQuantity<T>) {
            return T(value.as<typename T::Representation>());
        } else {
            return value.as<T>();
        }
    }

    const SealKey* key_;
};

}  // namespace rightsdesk::wire
