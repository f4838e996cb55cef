// Described values from JSON as people write it: members by their names; money as "54,800,000.00", shares and rights as
// numbers, dates and instants as ISO 8601 text, enums as their words. Unknown members are mistakes, all named with their place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/describe.h"
#include "domain/civil.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

// Collects what is wrong; empty: all is well.
class JsonReader {
public:
    [[nodiscard]] const std::string& mistakes() const { return mistakes_; }
    void mistaken(const std::string& where, const std::string& what) { mistakes_ += (mistakes_.empty() ? "" : "; ") + where + ": " + what; }

    bool money_in_cents = false;  // as the command's own JSON has it; else dollars, as people write them

    template <base::Described T>
    void read(const std::string& where, const nlohmann::json& from, T& to) {
        if (!from.is_object()) return mistaken(where, "must be an object");
        std::size_t known = 0;
        T::visit_members(to, [&](std::string_view name, auto& member) {
            const auto found = from.find(std::string(name));
            if (found == from.end()) return;
            ++known;
            read((where.empty() ? "" : where + ".") + std::string(name), *found, member);
        });
        if (known == from.size()) return;
        for (const auto& given : from.items()) {
            const std::string& name = given.key();
            bool is_member = false;
            T::visit_members(to, [&](std::string_view member, auto&) { is_member = is_member || member == name; });
            if (!is_member) mistaken((where.empty() ? "" : where + ".") + name, "there is no such member");
        }
    }
    void read(const std::string& where, const nlohmann::json& from, std::string& to) {
        if (from.is_string()) to = from.get<std::string>();
        else mistaken(where, "must be a text");
    }
    void read(const std::string& where, const nlohmann::json& from, bool& to) {
        if (from.is_boolean()) to = from.get<bool>();
        else mistaken(where, "must be true or false");
    }
    void read(const std::string& where, const nlohmann::json& from, std::int32_t& to) {
        if (from.is_number_integer() && from >= INT32_MIN && from <= INT32_MAX) to = from.get<std::int32_t>();
        else mistaken(where, "must be a whole number");
    }
    void read(const std::string& where, const nlohmann::json& from, std::uint32_t& to) {
        if (from.is_number_unsigned() && from <= UINT32_MAX) to = from.get<std::uint32_t>();
        else mistaken(where, "must be a whole number, 0 or more");
    }
    void read(const std::string& where, const nlohmann::json& from, domain::Instant& to) { read_parsed(where, from, to, domain::parse_instant); }
    void read(const std::string& where, const nlohmann::json& from, domain::Date& to) { read_parsed(where, from, to, domain::parse_date); }
    void read(const std::string& where, const nlohmann::json& from, domain::Money& to) {
        if (money_in_cents && from.is_number_integer()) {
            to = domain::Money(from.get<std::int64_t>());
            return;
        }
        try {
            to = money_from(from.is_string() ? from.get<std::string>() : "");
        } catch (const Ending& ending) {
            mistaken(where, ending.message);
        }
    }
    template <class Tag>
    void read(const std::string& where, const nlohmann::json& from, base::Quantity<Tag>& to) {
        if (from.is_number_integer()) to = base::Quantity<Tag>(from.get<std::int64_t>());
        else mistaken(where, "must be a whole number");
    }
    template <base::DescribedEnum E>
    void read(const std::string& where, const nlohmann::json& from, E& to) {
        try {
            to = one_of<E>(from.is_string() ? from.get<std::string>() : from.dump(), "word for it");
        } catch (const Ending& ending) {
            mistaken(where, ending.message);
        }
    }
    template <class T>
    void read(const std::string& where, const nlohmann::json& from, std::optional<T>& to) {
        to.reset();
        if (!from.is_null()) read(where, from, to.emplace());
    }
    template <class T>
    void read(const std::string& where, const nlohmann::json& from, std::vector<T>& to) {
        if (!from.is_array()) return mistaken(where, "must be a list");
        to.clear();
        to.reserve(from.size());
        for (const auto& item : from) {
            const std::string place = where + "[" + std::to_string(to.size()) + "]";
            read(place, item, to.emplace_back());
        }
    }

private:
    template <class T, class Parse>
    void read_parsed(const std::string& where, const nlohmann::json& from, T& to, Parse parse) {
        const auto parsed = from.is_string() ? parse(from.get<std::string>()) : decltype(parse(""))(base::invalid("must be a text in ISO 8601"));
        if (parsed) to = *parsed;
        else mistaken(where, parsed.error().message);
    }
    void read(const std::string& where, const nlohmann::json&, base::Bytes&) { mistaken(where, "is the document's, and not stated beside it"); }

    std::string mistakes_;
};

}  // namespace rightsdesk::tools
