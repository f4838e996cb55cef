#include "runtime/principals.h"

#include <toml++/toml.h>

#include "bus/keys.h"

namespace rightsdesk::runtime {

namespace {

std::string place(const std::string& path, const toml::node& node) { return path + ":" + std::to_string(node.source().begin.line) + ": "; }

base::Result<domain::Principal> read_principal(const std::string& path, const toml::table& table) {
    domain::Principal principal;
    principal.name = table["name"].value_or(std::string());
    if (principal.name.empty()) return base::invalid(place(path, table) + "a principal needs a name");
    if (!bus::is_principal(principal.name)) return base::invalid(place(path, table) + "'" + principal.name + "' is no name: 1 to 255 visible ASCII characters");
    if (const toml::node* grant = table.get("acts_for_others"); grant != nullptr) {
        if (!grant->is_boolean()) return base::invalid(place(path, *grant) + principal.name + ": acts_for_others must be true or false");
        principal.acts_for_others = grant->as_boolean()->get();
    }
    const toml::array* roles = table["roles"].as_array();
    if (roles == nullptr || roles->empty()) return base::invalid(place(path, table) + principal.name + " needs roles");
    for (const toml::node& node : *roles) {
        const auto text = node.value<std::string>().value_or("");
        const auto role = base::enum_from_text<domain::Role>(text);
        if (!role) return base::invalid(place(path, node) + "there is no role '" + text + "'");
        principal.roles.push_back(*role);
    }
    for (const auto& [key, node] : table) {
        if (key != "name" && key != "public_key" && key != "roles" && key != "acts_for_others") {
            return base::invalid(place(path, node) + "unknown key " + std::string(key.str()));
        }
    }
    return principal;
}

}  // namespace

base::Result<Principals> Principals::load(const std::string& path) {
    try {
        const toml::table root = toml::parse_file(path);
        Principals principals;
        const toml::array* list = root["principal"].as_array();
        if (list == nullptr) return base::invalid(path + ": there is no [[principal]]");
        for (const auto& [key, node] : root) {
            if (key != "principal") return base::invalid(place(path, node) + "unknown key " + std::string(key.str()));
        }
        for (const toml::node& node : *list) {
            if (!node.is_table()) return base::invalid(place(path, node) + "[[principal]] must be a table");
            const toml::table& table = *node.as_table();
            const auto principal = read_principal(path, table);
            if (!principal) return tl::unexpected(principal.error());
            const std::string key = table["public_key"].value_or(std::string());
            if (key.size() != 40) return base::invalid(place(path, node) + principal->name + ": public_key must be 40 characters of Z85");
            if (principals.by_name(principal->name) != nullptr) return base::invalid(place(path, node) + principal->name + " stands twice");
            if (principals.name_of(key)) return base::invalid(place(path, node) + "the key of " + principal->name + " stands twice");
            principals.add(*principal, key);
        }
        return principals;
    } catch (const toml::parse_error& error) {
        return base::invalid(path + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
}

void Principals::add(const domain::Principal& principal, const std::string& public_key) {
    by_name_[principal.name] = principal;
    name_by_key_[public_key] = principal.name;
    key_by_name_[principal.name] = public_key;
}

const domain::Principal* Principals::by_name(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &found->second;
}

std::optional<std::string> Principals::name_of(const std::string& public_key) const {
    const auto found = name_by_key_.find(public_key);
    return found == name_by_key_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> Principals::public_key_of(const std::string& name) const {
    const auto found = key_by_name_.find(name);
    return found == key_by_name_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace rightsdesk::runtime
