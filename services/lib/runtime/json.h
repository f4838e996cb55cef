// JSON of described values, for people and scripts: members by their names; money in cents, shares and rights as numbers,
// dates and instants as ISO 8601 text, enums as their words, what is absent as null, bytes as their size and SHA-256.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "domain/civil.h"
#include "domain/events.h"

namespace rightsdesk::runtime {

using Json = nlohmann::ordered_json;

template <base::Described T>
Json to_json(const T& value);

inline Json to_json(const std::string& value) { return value; }
inline Json to_json(domain::Date value) { return domain::to_text(value); }
inline Json to_json(domain::Instant value) { return domain::instant_text(value); }
inline Json to_json(const base::Bytes& value) { return {{"octets", value.size()}, {"sha256", base::sha256_hex(value.view())}}; }

template <class T>
    requires std::is_integral_v<T>
Json to_json(T value) { return value; }

template <base::DescribedEnum E>
Json to_json(E value) { return base::to_text(value); }

template <class Tag>
Json to_json(base::Quantity<Tag> value) { return value.value; }

inline Json to_json(const domain::Sealed& value) { return value.opened ? to_json(value.personal) : Json{{"sealed", true}}; }

template <class T>
Json to_json(const std::optional<T>& value) { return value ? to_json(*value) : Json(); }

template <class T>
Json to_json(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(to_json(value));
    return list;
}

template <class... T>
Json to_json(const std::variant<T...>& value) {
    return std::visit(
        [](const auto& held) {
            Json object = to_json(held);
            if constexpr (base::Described<std::remove_cvref_t<decltype(held)>>) {
                Json typed{{"type", std::string(std::remove_cvref_t<decltype(held)>::kTypeName)}};
                typed.update(object);
                return typed;
            } else {
                return object;
            }
        },
        value);
}

template <base::Described T>
Json to_json(const T& value) {
    Json object = Json::object();
    T::visit_members(value, [&](std::string_view name, const auto& member) { object[std::string(name)] = to_json(member); });
    return object;
}

// As a person reads it, and in one line. A form may be Latin-1, a file's name any octets: what is no UTF-8 becomes U+FFFD.
inline std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }
inline std::string json_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace rightsdesk::runtime
