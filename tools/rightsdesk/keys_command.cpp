// rightsdesk keys make: the keys of a suite, for a first start and for trying things out.
#include <filesystem>
#include <fstream>

#include "bus/key_file.h"
#include "heads/signed_head.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

using domain::Role;

struct Holder {
    const char* name;
    std::vector<Role> roles;
    bool acts_for_others = false;
};

const std::vector<Holder>& holders() {
    static const std::vector<Holder> all = {
        {"intake", {Role::kService}},        {"payment_clearing", {Role::kService}}, {"deadline_monitor", {Role::kService}},
        {"notification", {Role::kService}},  {"fax-1", {Role::kFaxGateway}},         {"mail-1", {Role::kMailGateway}},
        {"bank-1", {Role::kBankFeed}},       {"alice", {Role::kOperator}},           {"bob", {Role::kOperator}},
        {"clock", {Role::kClock}},           {"reader", {Role::kReader}},
        {"console", {Role::kOperator, Role::kReader}, true}};
    return all;
}

std::string entry_of(const Holder& holder, const std::string& public_key) {
    std::string roles;
    for (const Role role : holder.roles) roles += (roles.empty() ? "\"" : ", \"") + base::to_text(role) + "\"";
    return "[[principal]]\nname = \"" + std::string(holder.name) + "\"\npublic_key = '" + public_key + "'\nroles = [" + roles + "]\n" + (holder.acts_for_others ? "acts_for_others = true\n\n" : "\n");
}

// Makes the missing keys; a key that is there is kept, and a holder that is in principals.toml stays as it stands there.
Exit make_keys(Session& session, const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    const std::string list = folder + "/principals.toml";
    const bool known = std::filesystem::exists(list);
    runtime::Principals principals;
    if (known) principals = must(runtime::Principals::load(list));
    std::string added;
    std::size_t made = 0;
    for (const Holder& holder : holders()) {
        const std::string path = folder + "/" + holder.name + ".key";
        if (!std::filesystem::exists(path)) {
            if (const auto saved = bus::save_key_pair(path, must(bus::make_key_pair())); !saved) throw ending(saved.error());
            ++made;
        }
        const std::string public_key = must(bus::load_public_key(path));
        const auto listed = principals.public_key_of(holder.name);
        if (listed && *listed != public_key) throw Ending{Exit::kUnusable, list + ": the key of " + holder.name + " there is not the one in " + path};
        if (!listed) added += entry_of(holder, public_key);
    }
    // Not a principal: it knocks at no door. What it signs is checked with the public half.
    const std::string signing = folder + "/auditor.signing.key";
    if (!std::filesystem::exists(signing)) {
        if (const auto saved = heads::SigningKey::make(signing, folder + "/auditor.signing.pub"); !saved) throw ending(saved.error());
        ++made;
    }
    if (!added.empty()) {
        std::ofstream file(list, std::ios::app);
        if (!known) file << "# Who holds which key, and what each may do. A service reads it when it starts.\n\n";
        file << added << std::flush;
        if (!file) throw Ending{Exit::kUnavailable, list + ": cannot be written"};
        file.close();
        std::filesystem::permissions(list, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    }
    session.out << made << " keys made, " << holders().size() + 1 - made << " there already, in " << folder << "\n";
    return Exit::kGood;
}

}  // namespace

void add_keys(CLI::App& app, Session& session) {
    CLI::App* keys = subcommand(app, "keys", "the keys of a suite", "");
    keys->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    CLI::App* make = subcommand(*keys, "make", "make the keys that are missing: services, gateways, a bank feed, two operators, clock, reader and console", "keys make var/keys");
    make->add_option("FOLDER", *folder)->required();
    make->callback([&session, folder] { session.run = [folder](Session& run) { return make_keys(run, *folder); }; });
}

}  // namespace rightsdesk::tools
