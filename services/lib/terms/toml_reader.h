// Reading TOML so that every mistake is found, named and explained, and no key is passed over in silence. For this room, and for
// notification's file of ways out.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::terms {

// The mistakes of one file, in the order of their lines once told.
class Mistakes {
public:
    explicit Mistakes(std::string_view name) : name_(name) {}

    // "<name>:<line>: <key>: <what>"
    void add(std::size_t line, const std::string& key, const std::string& what);
    [[nodiscard]] bool none() const { return found_.empty(); }
    [[nodiscard]] std::string told() const;

private:
    struct Mistake {
        std::size_t line;
        std::string text;
    };
    std::string name_;
    std::vector<Mistake> found_;
};

// "was \"nyze\"": a value as a person wrote it, cut short.
std::string was(const toml::node& value);

// One table, read key by key. A reader gives nothing for a key that is absent or mistaken; what is absent but required is a
// mistake too. `finish` makes a mistake of every key that was never asked for.
class Section {
public:
    // `table` may be null: the section is absent. `path` is "expiration"; empty for the file itself.
    Section(Mistakes& mistakes, const toml::table* table, std::string path, std::size_t line);

    [[nodiscard]] bool present() const { return table_ != nullptr; }
    [[nodiscard]] bool has(const std::string& key) const { return table_ != nullptr && table_->contains(key); }
    [[nodiscard]] std::size_t line_of(const std::string& key) const;
    void mistake(const std::string& key, const std::string& what);  // at the key's line
    void missing(const std::string& key, const std::string& allowed);

    std::optional<std::string> text(const std::string& key);
    std::optional<bool> flag(const std::string& key);
    std::optional<std::int64_t> whole(const std::string& key, std::int64_t least, std::int64_t most);
    std::optional<domain::Date> date(const std::string& key);
    std::vector<std::string> texts(const std::string& key, std::size_t most);
    std::vector<domain::Date> dates(const std::string& key, std::size_t most);
    std::vector<std::int64_t> wholes(const std::string& key, std::int64_t least, std::int64_t most, std::size_t most_items);
    Section section(const std::string& key);
    std::vector<Section> sections(const std::string& key, std::size_t most);  // [[key]]

    // A text made into a value by `parse`, whose error message is the mistake.
    template <class Parse>
    auto parsed(const std::string& key, Parse parse) -> std::optional<typename decltype(parse(std::string()))::value_type> {
        const auto written = text(key);
        if (!written) return std::nullopt;
        auto made = parse(*written);
        if (made) return *std::move(made);
        mistake(key, made.error().message);
        return std::nullopt;
    }

    // One of `allowed`; all of the enumeration where that is empty.
    template <base::DescribedEnum E>
    std::optional<E> one_of(const std::string& key, std::vector<E> allowed = {}) {
        if (allowed.empty()) {
            for (std::size_t ordinal = 0; ordinal < base::enum_texts<E>().size(); ++ordinal) allowed.push_back(static_cast<E>(ordinal));
        }
        std::vector<std::string> texts;
        texts.reserve(allowed.size());
        for (const E value : allowed) texts.push_back(base::to_text(value));
        const auto chosen = one_of_texts(key, texts);
        return chosen ? std::optional<E>(allowed[*chosen]) : std::nullopt;
    }

    // The node itself, counted as read; null when absent. For keys that may be of several types.
    const toml::node* node(const std::string& key);

    void finish();

private:
    std::optional<std::size_t> one_of_texts(const std::string& key, const std::vector<std::string>& allowed);
    const toml::array* list(const std::string& key, std::size_t most, const char* of_what);
    std::optional<std::string> checked_text(const std::string& key, const toml::node& value);
    std::optional<domain::Date> checked_date(const std::string& key, const toml::node& value);
    std::optional<std::int64_t> checked_whole(const std::string& key, const toml::node& value, std::int64_t least, std::int64_t most);
    void mistake_at(const toml::node& value, const std::string& key, const std::string& what);
    [[nodiscard]] std::string path_of(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

    Mistakes& mistakes_;
    const toml::table* table_;
    std::string path_;
    std::size_t line_;
    std::vector<std::string> asked_;
};

}  // namespace rightsdesk::terms
