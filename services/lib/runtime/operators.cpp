#include "runtime/operators.h"

#include <algorithm>

#include <sodium.h>
#include <toml++/toml.h>

#include "base/check.h"
#include "base/file.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMostNameLetters = 40;
constexpr unsigned long long kArgonPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t kArgonOctets = crypto_pwhash_MEMLIMIT_INTERACTIVE;  // 64 MiB

std::string line_of(const std::string& path, const toml::node& node) { return path + ":" + std::to_string(node.source().begin.line) + ": "; }

bool is_operator_name(const std::string& name) {
    if (name.empty() || name.size() > kMostNameLetters) return false;
    return std::all_of(name.begin(), name.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
    });
}

base::Result<Operator> read_operator(const std::string& path, const toml::table& table) {
    Operator person;
    person.name = table["name"].value_or(std::string());
    if (!is_operator_name(person.name)) return base::invalid(line_of(path, table) + "'" + person.name + "' is no operator's name: 1 to 40 of a-z 0-9 . _ -");
    if (const toml::array* roles = table["roles"].as_array()) {
        for (const toml::node& node : *roles) {
            const auto text = node.value<std::string>().value_or("");
            const auto role = base::enum_from_text<OperatorRole>(text);
            if (!role) return base::invalid(line_of(path, node) + "there is no role '" + text + "'; there are viewer, operator, approver");
            person.roles.push_back(*role);
        }
    }
    person.password_hash = table["password"].value_or(std::string());
    if (!person.password_hash.starts_with("$argon2id$") || person.password_hash.size() >= crypto_pwhash_STRBYTES) {
        return base::invalid(line_of(path, table) + person.name + ": its password is no argon2id hash; rightsdesk operators add makes one");
    }
    for (const auto& [key, node] : table) {
        if (key != "name" && key != "roles" && key != "password") return base::invalid(line_of(path, node) + "unknown key " + std::string(key.str()));
    }
    return person;
}

}  // namespace

bool Operator::has(OperatorRole role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

base::Result<Operators> Operators::load(const std::string& path) {
    const auto text = base::read_file(path);
    if (!text) return tl::unexpected(text.error());
    if (!*text) return base::failure(base::ErrorKind::kNotFound, path + ": there is no such file; rightsdesk operators add makes it");
    try {
        const toml::table root = toml::parse(**text, path);
        Operators operators;
        for (const auto& [key, node] : root) {
            if (key != "operator" || !node.is_array()) return base::invalid(line_of(path, node) + "unknown key " + std::string(key.str()));
            for (const toml::node& one : *node.as_array()) {
                if (!one.is_table()) return base::invalid(line_of(path, one) + "[[operator]] must be a table");
                auto person = read_operator(path, *one.as_table());
                if (!person) return tl::unexpected(person.error());
                if (operators.find(person->name) != nullptr) return base::invalid(line_of(path, one) + person->name + " stands twice");
                if (const auto set = operators.set(std::move(*person)); !set) return base::invalid(line_of(path, one) + set.error().message);
            }
        }
        return operators;
    } catch (const toml::parse_error& error) {
        return base::invalid(path + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
}

base::Result<> Operators::save(const std::string& path) const {
    std::string text = "# Who may sign in at the console. rightsdesk operators add|list|remove keep it.\n";
    for (const Operator& person : all_) {
        std::string roles;
        for (const OperatorRole role : person.roles) roles += (roles.empty() ? "\"" : ", \"") + base::to_text(role) + "\"";
        text += "\n[[operator]]\nname = \"" + person.name + "\"\nroles = [" + roles + "]\npassword = '" + person.password_hash + "'\n";
    }
    if (const auto written = base::replace_file(path, text); !written) return written;
    return base::sync_folder(base::folder_of(path));
}

base::Result<> Operators::set(Operator person) {
    if (!is_operator_name(person.name)) return base::invalid("'" + person.name + "' is no operator's name: 1 to 40 of a-z 0-9 . _ -");
    if (person.roles.empty()) return base::invalid(person.name + " needs a role: viewer, operator, approver");
    const auto place = std::lower_bound(all_.begin(), all_.end(), person.name, [](const Operator& one, const std::string& name) { return one.name < name; });
    if (place != all_.end() && place->name == person.name) {
        *place = std::move(person);
        return {};
    }
    if (all_.size() >= kMostOperators) return base::invalid("there are " + std::to_string(kMostOperators) + " operators, which is the most");
    all_.insert(place, std::move(person));
    return {};
}

bool Operators::remove(const std::string& name) {
    return std::erase_if(all_, [&](const Operator& person) { return person.name == name; }) > 0;
}

const Operator* Operators::find(const std::string& name) const {
    const auto place = std::find_if(all_.begin(), all_.end(), [&](const Operator& person) { return person.name == name; });
    return place == all_.end() ? nullptr : &*place;
}

base::Result<std::string> hash_password(std::string_view password) {
    CHECK(sodium_init() >= 0);
    if (password.size() < kLeastPassword || password.size() > kMostPassword) {
        return base::invalid("a password has " + std::to_string(kLeastPassword) + " to " + std::to_string(kMostPassword) + " octets");
    }
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, password.data(), password.size(), kArgonPasses, kArgonOctets, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return base::unavailable("no memory for a password's hash: 64 MiB are needed");
    }
    return std::string(hash);
}

bool is_password(const std::string& hash, std::string_view password) {
    CHECK(sodium_init() >= 0);
    return password.size() <= kMostPassword && crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace rightsdesk::runtime
