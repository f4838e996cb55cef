#include "rightsdesk/keyed_fields.h"

#include <type_traits>

#include "rightsdesk/from_json.h"

namespace rightsdesk::tools {

namespace {

using nlohmann::json;

template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

std::string without_commas(std::string text) {
    std::erase(text, ',');
    return text;
}

// A whole number as JSON has it; anything else stays a text, and the reader says what is wrong with it.
json number_or_text(const std::string& text) {
    const auto number = json::parse(without_commas(text), nullptr, false);
    return number.is_number_integer() ? number : json(text);
}

// Whole cents to the dollars that the reader takes.
json dollars_of(const json& value) {
    if (value.is_string() && value.get<std::string>().find_first_of(".$") != std::string::npos) return value;
    const json cents = value.is_string() ? number_or_text(value.get<std::string>()) : value;
    if (!cents.is_number_integer() || cents.get<std::int64_t>() < 0) return value;
    const std::int64_t number = cents.get<std::int64_t>();
    const std::string part = std::to_string(number % 100);
    return std::to_string(number / 100) + "." + (part.size() < 2 ? "0" : "") + part;
}

template <class T>
json typed_value(const std::string& text) {
    if constexpr (std::is_same_v<T, std::optional<std::string>> || std::is_same_v<T, std::optional<domain::Date>> || std::is_same_v<T, std::optional<domain::Money>> ||
                  std::is_same_v<T, std::optional<domain::PaymentDelivery>> || std::is_same_v<T, std::optional<domain::PaymentMethod>>) {
        return text;
    } else {
        return number_or_text(text);
    }
}

// One NAME=VALUE into the object; what is wrong with it, or nothing.
std::string take_typed(const std::string& typed, json& object, json& lists) {
    const auto equals = typed.find('=');
    if (equals == 0 || equals == std::string::npos) return "'" + typed + "': must be NAME=VALUE";
    const std::string name = typed.substr(0, equals), text = typed.substr(equals + 1);
    if (text.empty()) return name + ": is empty; --blank " + name + " says that the page has nothing there";
    std::string mistake = name + ": there is no such field";
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view member, const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if (member != name) return;
        mistake.clear();
        if constexpr (kIsList<T>) {
            lists[name].push_back(text);
            object[name] = lists[name];
        } else {
            object[name] = typed_value<T>(text);
        }
    });
    return mistake;
}

}  // namespace

base::Result<domain::NoticeFields> read_keyed_fields(const std::string& file, const std::vector<std::string>& typed) {
    json object = json::object(), lists = json::object();
    if (!file.empty()) {
        object = json::parse(file, nullptr, false);
        if (object.is_object() && object.contains("fields")) object = json(object["fields"]);
        if (!object.is_object()) return base::invalid("the fields are no JSON object");
    }
    JsonReader reader;
    for (const std::string& one : typed) {
        if (const std::string mistake = take_typed(one, object, lists); !mistake.empty()) reader.mistaken("--field", mistake);
    }
    for (auto at = object.begin(); at != object.end();) at = at->is_null() ? object.erase(at) : std::next(at);
    if (object.contains("aggregate_cents")) object["aggregate_cents"] = dollars_of(object["aggregate_cents"]);
    domain::NoticeFields fields;
    reader.read("", object, fields);
    if (!reader.mistakes().empty()) return base::invalid(reader.mistakes());
    return fields;
}

}  // namespace rightsdesk::tools
