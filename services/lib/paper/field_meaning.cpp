#include "paper/field_meaning.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <type_traits>
#include <vector>

#include "base/check.h"
#include "domain/civil.h"
#include "paper/cells.h"
#include "paper/certificate_numbers.h"
#include "paper/dates.h"
#include "paper/letters.h"
#include "paper/notes.h"
#include "paper/numbers.h"
#include "paper/page.h"
#include "paper/people.h"

namespace rightsdesk::paper {

namespace {

std::vector<std::string> lines_of_text(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (const std::string line = without_marks(text.substr(begin, end - begin)); says_something(line)) lines.push_back(line);
        begin = end + 1;
    }
    return lines;
}

std::optional<std::string> telephone_of(const std::string& text) {
    const TelephonePlace place = telephone_in(text);
    const bool only_numbers = std::none_of(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; });
    if (place.length == 0 || !(only_numbers || (place.begin == 0 && place.length == text.size()))) return std::nullopt;
    return text;
}

// "Rare Medium Group, Inc., a Delaware": the name ends at the last ", a".
std::string without_state(const std::string& text) {
    for (const std::string_view joint : {", an ", ", a "}) {
        if (const auto at = text.rfind(joint); at != std::string::npos && at > 0) return text.substr(0, at);
    }
    return text;
}

// "the prospectus dated May 28, 2002 of Acme Corp.": where the date ends and the name begins. Nothing where there is no date first.
std::optional<std::size_t> end_of_date(const std::string& text) {
    const auto date = read_date_prefix(text);
    if (!date || text.compare(date->length, 4, " of ") != 0) return std::nullopt;
    return date->length;
}
// A date that a recogniser tore, "June & 2002 of Acme Corp.", and what is left of one, "of Acme Corp.", are no part of the name either.
std::string without_date(const std::string& text) {
    if (const auto end = end_of_date(text)) return text.substr(*end + 4);
    constexpr std::string_view kOf = "of ";
    if (text.starts_with(kOf)) return text.substr(kOf.size());
    static const std::regex kTorn(R"(^[^\n]{0,40}\b[12][0-9]{3},? of (?=.))");
    return std::regex_replace(text, kTorn, "");
}
std::string without_issuer(const std::string& text) {
    const auto end = end_of_date(text);
    return end ? text.substr(0, *end) : text;
}

// "three (3)", "3", "three".
std::optional<std::int32_t> days_of(const std::string& text) {
    const auto number = read_count(text);
    return number && *number > 0 && *number < 100 ? std::optional(static_cast<std::int32_t>(*number)) : std::nullopt;
}

// Sets one member from its text.
class Setter {
public:
    Setter(std::string_view field, std::string_view text) : field_(field), text_(text), plain_(without_marks(text)) {}

    Meaning set(std::optional<std::string>& value) const {
        if (field_ == "subscription_price") return keep(value, read_price(plain_));
        if (field_ == "telephone" || field_ == "guarantor_telephone") return keep(value, telephone_of(plain_));
        if (field_ == "address" || field_ == "guarantor_address") return keep(value, std::optional(address_of(lines_of_text(text_))));
        if (field_ == "issuer") return keep(value, std::optional(without_state(without_date(plain_))));
        // No one signs with digits.
        if (field_ == "signatory" && has_digit(plain_)) return Meaning::kUnclear;
        return keep(value, std::optional(plain_));
    }
    Meaning set(std::optional<domain::Date>& value) const { return keep(value, read_date(without_issuer(plain_))); }
    Meaning set(std::optional<domain::Rights>& value) const { return set_count(value); }
    Meaning set(std::optional<domain::Shares>& value) const { return set_count(value); }
    Meaning set(std::optional<domain::Money>& value) const {
        const auto cents = read_cents(tidy(text_));
        return keep(value, cents ? std::optional(domain::Money(*cents)) : std::nullopt);
    }
    Meaning set(std::optional<std::int32_t>& value) const { return keep(value, days_of(plain_)); }
    template <base::DescribedEnum E>
    Meaning set(std::optional<E>& value) const { return keep(value, base::enum_from_text<E>(text_)); }
    Meaning set(std::vector<std::string>& value) const {
        if (is_nothing()) return Meaning::kNothing;
        const bool certificates = field_ == "certificate_numbers";
        if (!certificates && has_digit(plain_)) return Meaning::kUnclear;
        auto read = certificates ? read_certificate_numbers(plain_) : people_in(text_);
        if (!read) return Meaning::kUnclear;
        if (read->empty()) return Meaning::kNothing;
        value = std::move(*read);
        return Meaning::kValue;
    }

private:
    [[nodiscard]] bool is_nothing() const { return !says_something(plain_) || says_nothing_there(plain_); }

    template <class Quantity>
    Meaning set_count(std::optional<Quantity>& value) const {
        // "none" is a number of shares; an empty blank is not.
        if (!says_something(text_)) return Meaning::kNothing;
        const auto number = read_count(tidy(text_));
        if (!number) return Meaning::kUnclear;
        value = Quantity(*number);
        return Meaning::kValue;
    }
    template <class T>
    Meaning keep(std::optional<T>& value, std::optional<T> read) const {
        if (is_nothing()) return Meaning::kNothing;
        if (!read) return Meaning::kUnclear;
        value = std::move(read);
        return Meaning::kValue;
    }

    std::string_view field_;
    std::string text_;
    std::string plain_;
};

std::string text_of_value(const std::string& value) { return value; }
std::string text_of_value(domain::Date value) { return domain::to_text(value); }
std::string text_of_value(std::int32_t value) { return std::to_string(value); }
template <base::DescribedEnum E>
std::string text_of_value(E value) { return base::to_text(value); }
template <class Quantity>
    requires requires(Quantity quantity) { quantity.value; }
std::string text_of_value(Quantity value) { return std::to_string(value.value); }

}  // namespace

Meaning set_field(domain::NoticeFields& fields, std::string_view field, std::string_view text) {
    std::optional<Meaning> meaning;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, auto& member) {
        if (name == field) meaning = Setter(field, text).set(member);
    });
    CHECK(meaning.has_value());
    return *meaning;
}

void clear_field(domain::NoticeFields& fields, std::string_view field) {
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, auto& member) {
        if (name == field) member = {};
    });
}

std::optional<std::string> value_text(const domain::NoticeFields& fields, std::string_view field) {
    std::optional<std::string> text;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& member) {
        if (name != field) return;
        if constexpr (requires { member.has_value(); }) {
            if (member) text = text_of_value(*member);
        } else if (!member.empty()) {
            text.emplace();
            for (const std::string& one : member) *text += one + "\n";
        }
    });
    return text;
}

}  // namespace rightsdesk::paper
