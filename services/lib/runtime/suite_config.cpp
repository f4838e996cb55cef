#include "runtime/suite_config.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <toml++/toml.h>

namespace rightsdesk::runtime {

namespace {

// Collects mistakes while it reads, so that all are told at once.
class Reading {
public:
    Reading(std::string path, const toml::table& root) : path_(std::move(path)), root_(root) {}

    std::string text(const toml::table& table, const std::string& section, const std::string& key) {
        const toml::node* node = table.get(key);
        if (node == nullptr) {
            mistake(table.source(), section + key + " is missing");
            return {};
        }
        if (const auto* value = node->as_string(); value != nullptr && !value->get().empty()) return value->get();
        mistake(node->source(), section + key + " must be a text that is not empty");
        return {};
    }

    std::string path(const toml::table& table, const std::string& section, const std::string& key) {
        const std::string value = text(table, section, key);
        return value.empty() ? value : (std::filesystem::absolute(path_).parent_path() / value).lexically_normal().string();
    }

    // One of these numbers, `otherwise` where there is none.
    std::int64_t number(const toml::table& table, const std::string& section, const std::string& key, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
        const toml::node* node = table.get(key);
        if (node == nullptr) return otherwise;
        const auto* value = node->as_integer();
        if (value != nullptr && value->get() >= least && value->get() <= most) return value->get();
        mistake(node->source(), section + key + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return otherwise;
    }

    const toml::table& table(const toml::table& parent, const std::string& section, const std::string& key) {
        static const toml::table kEmpty;
        const toml::node* node = parent.get(key);
        if (node != nullptr && node->is_table()) return *node->as_table();
        mistake(parent.source(), "table [" + section + key + "] is missing");
        return kEmpty;
    }

    // "host:port"; empty, and a mistake, when it is not.
    std::string address(const toml::node& node, const std::string& what) {
        const auto* value = node.as_string();
        const std::size_t colon = value == nullptr ? std::string::npos : value->get().rfind(':');
        if (colon != std::string::npos && colon > 0 && is_port(value->get().substr(colon + 1))) return value->get();
        mistake(node.source(), what + " must be a text \"host:port\"");
        return {};
    }

    // Of an admin port, which answers whoever asks: on loopback only. Empty where there is none.
    std::string admin_if_any(const toml::table& table, const std::string& section) {
        const toml::node* node = table.get("admin");
        if (node == nullptr) return {};
        std::string value = address(*node, section + "admin");
        if (value.empty() || value.starts_with("127.0.0.1:")) return value;
        mistake(node->source(), section + "admin must be on loopback: \"127.0.0.1:PORT\"");
        return {};
    }

    void only(const toml::table& table, const std::string& section, const std::set<std::string>& known) {
        for (const auto& [key, node] : table) {
            if (!known.contains(std::string(key.str()))) mistake(node.source(), "unknown key " + section + std::string(key.str()));
        }
    }

    void mistake(const toml::source_region& where, const std::string& what) {
        mistakes_ += path_ + ":" + std::to_string(where.begin.line) + ": " + what + "\n";
    }

    static bool is_port(const std::string& text) {
        const bool digits = !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos;
        return digits && std::stoi(text) >= 1 && std::stoi(text) <= 65'535;
    }

    // The same of what may be left out.
    const toml::table& table_if_any(const toml::table& parent, const std::string& section, const std::string& key) {
        static const toml::table kEmpty;
        return parent.contains(key) ? table(parent, section, key) : kEmpty;
    }
    std::string path_if_any(const toml::table& table, const std::string& section, const std::string& key) {
        return table.contains(key) ? path(table, section, key) : std::string();
    }
    void flag_if_any(const toml::table& table, const std::string& section, const std::string& key, bool& flag) {
        const toml::node* node = table.get(key);
        if (node == nullptr) return;
        if (const auto* value = node->as_boolean()) flag = value->get();
        else mistake(node->source(), section + key + " must be true or false");
    }
    // A whole number with its unit, as one text.
    template <class Value>
    void measure_if_any(const toml::table& table, const std::string& section, const std::string& key, const std::map<std::string, std::uint64_t>& units, Value& value) {
        const toml::node* node = table.get(key);
        if (node == nullptr) return;
        const std::string given = node->is_string() ? node->as_string()->get() : std::string();
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
        const auto unit = units.find(std::string(end, given.data() + given.size()));
        const std::uint64_t bound = 1ULL << 62U;
        if (error != std::errc() || number == 0 || unit == units.end() || number > bound / unit->second) {
            std::string known;
            for (const auto& [name, factor] : units) known += (known.empty() ? "" : ", ") + name;
            return mistake(node->source(), section + key + " must be a whole number above 0 with its unit (" + known + ") as a text");
        }
        value = Value(number * unit->second);
    }

    [[nodiscard]] const toml::table& root() const { return root_; }
    [[nodiscard]] const std::string& mistakes() const { return mistakes_; }

private:
    std::string path_;
    const toml::table& root_;
    std::string mistakes_;
};

constexpr std::size_t kMaxInstanceName = 20;

bool is_instance_name(const std::string& name) {
    return !name.empty() && name.size() <= kMaxInstanceName &&
           std::all_of(name.begin(), name.end(), [](char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-'; });
}

// The instances that a service has beside its first.
std::vector<InstanceEndpoints> read_more(Reading& reading, const toml::table& service, const std::string& section) {
    std::vector<InstanceEndpoints> more;
    const toml::node* node = service.get("instance");
    if (node == nullptr) return more;
    const auto* tables = node->as_array();
    if (tables == nullptr || !tables->is_homogeneous<toml::table>()) {
        reading.mistake(node->source(), section + "instance must be tables: [[" + section + "instance]]");
        return more;
    }
    std::set<std::string> names{kFirstInstance};
    for (const toml::node& entry : *tables) {
        const toml::table& table = *entry.as_table();
        const std::string own = section + "instance.";
        reading.only(table, own, {"name", "door", "feed", "admin"});
        more.push_back({reading.text(table, own, "name"), reading.text(table, own, "door"), reading.text(table, own, "feed"), reading.admin_if_any(table, own)});
        const std::string& name = more.back().name;
        if (!name.empty() && !is_instance_name(name)) reading.mistake(entry.source(), own + "name is '" + name + "'; it must be [a-z0-9-]{1,20}");
        if (!names.insert(name).second) reading.mistake(entry.source(), own + "name '" + name + "' stands twice (\"1\" is the one of [" + section.substr(0, section.size() - 1) + "])");
    }
    if (names.size() > kMostInstances) reading.mistake(node->source(), section + "instance: a service has at most " + std::to_string(kMostInstances));
    return more;
}

// Two sockets at one place would make one of them end.
void check_endpoints(Reading& reading, const SuiteConfig& config) {
    std::set<std::string> taken;
    for (const auto& [name, service] : config.services) {
        for (const InstanceEndpoints& instance : service.instances()) {
            for (const std::string& endpoint : {instance.door, instance.feed, instance.admin}) {
                if (!endpoint.empty() && !taken.insert(endpoint).second) reading.mistake(reading.root().source(), "service." + name + ": " + endpoint + " stands twice");
            }
        }
    }
    for (const auto& [section, admin] : {std::pair("auditor", config.auditor_admin), std::pair("console", config.console_admin), std::pair("letters", config.letters_admin)}) {
        if (!admin.empty() && !taken.insert(admin).second) reading.mistake(reading.root().source(), std::string(section) + ".admin: " + admin + " stands twice");
    }
}

store::RedisCluster read_cluster(Reading& reading, const toml::table& table) {
    store::RedisCluster cluster;
    reading.only(table, "store.cluster.", {"nodes", "addresses"});
    const toml::array* nodes = table["nodes"].as_array();
    if (nodes == nullptr || nodes->empty()) {
        reading.mistake(table.source(), "store.cluster.nodes must be a list of \"host:port\", one at least");
    } else {
        for (const toml::node& node : *nodes) cluster.nodes.push_back(reading.address(node, "each of store.cluster.nodes"));
    }
    if (!table.contains("addresses")) return cluster;
    auto& addresses = cluster.addresses.emplace();
    for (const auto& [announced, node] : reading.table(table, "store.cluster.", "addresses")) {
        addresses[std::string(announced.str())] = reading.address(node, "store.cluster.addresses.\"" + std::string(announced.str()) + "\"");
    }
    return cluster;
}

void read_replica(Reading& reading, const toml::table& table, store::RedisConfig& redis) {
    redis.replicas = static_cast<int>(reading.number(table, "store.", "replicas", 0, 1, 0));
    // Below the 5 s after which a commit itself is given up.
    redis.replica_timeout = std::chrono::milliseconds(reading.number(table, "store.", "replica_timeout_ms", 10, 4'000, 1'000));
    if (redis.replicas > 0 && redis.cluster) reading.mistake(table.source(), "store.replicas is for one Redis: the replicas of a cluster's masters are not looked at");
    if (redis.replicas == 0 && !table.contains("replica")) return;
    const toml::table& replica = reading.table(table, "store.", "replica");
    reading.only(replica, "store.replica.", {"socket"});
    redis.replica_socket = reading.path(replica, "store.replica.", "socket");
}

// A socket, an address or a cluster: one of the three.
store::RedisConfig read_store(Reading& reading, const toml::table& table) {
    store::RedisConfig redis;
    reading.only(table, "store.", {"socket", "address", "cluster", "passwords", "folder", "replicas", "replica_timeout_ms", "replica"});
    const bool cluster = table.contains("cluster");
    const bool address = table.contains("address");
    if (static_cast<int>(table.contains("socket")) + static_cast<int>(address) + static_cast<int>(cluster) > 1) {
        reading.mistake(table.source(), "store has more than one of socket, address and cluster: one of them says where Redis is");
    } else if (cluster) {
        redis.cluster = read_cluster(reading, reading.table(table, "store.", "cluster"));
    } else if (address) {
        redis.address = reading.address(*table.get("address"), "store.address");
    } else {
        redis.address = reading.path(table, "store.", "socket");
    }
    read_replica(reading, table, redis);
    return redis;
}

const std::map<std::string, std::uint64_t> kSizes{{"KiB", 1ULL << 10U}, {"MiB", 1ULL << 20U}, {"GiB", 1ULL << 30U}, {"TiB", 1ULL << 40U}};
const std::map<std::string, std::uint64_t> kTimes{{"ms", 1}, {"s", 1'000}, {"min", 60'000}};

void read_watch(Reading& reading, const toml::table& store, const toml::table& paths, SuiteConfig& config) {
    const toml::table& root = reading.root();
    WatchSettings& watch = config.watch;
    const toml::table& limits = reading.table_if_any(root, "", "limits");
    reading.only(limits, "limits.", {"least_free_disk", "slow_commit", "consumer_stuck"});
    reading.measure_if_any(limits, "limits.", "least_free_disk", kSizes, watch.least_free_disk);
    reading.measure_if_any(limits, "limits.", "slow_commit", kTimes, watch.slow_commit);
    reading.measure_if_any(limits, "limits.", "consumer_stuck", kTimes, watch.consumer_stuck);
    const toml::table& time = reading.table_if_any(root, "", "time");
    reading.only(time, "time.", {"tolerance", "require_synchronised", "store_elsewhere"});
    reading.measure_if_any(time, "time.", "tolerance", kTimes, watch.clock_tolerance);
    reading.flag_if_any(time, "time.", "require_synchronised", watch.require_synchronised);
    reading.flag_if_any(time, "time.", "store_elsewhere", watch.store_elsewhere);
    watch.folders = {config.documents};
    const std::string store_folder = reading.path_if_any(store, "store.", "folder");
    if (!store_folder.empty()) watch.folders.push_back(store_folder);
    watch.run_folder = reading.path_if_any(paths, "paths.", "run");
    if (watch.run_folder.empty()) watch.run_folder = (std::filesystem::path(config.documents).parent_path() / "run").string();
}

// What people see of the processes: the admin ports of the auditor, the console and the letters, how much is logged.
void read_watched(Reading& reading, SuiteConfig& config) {
    const auto admin_of = [&](const std::string& process) {
        const toml::table& table = reading.table_if_any(reading.root(), "", process);
        reading.only(table, process + ".", {"admin"});
        return reading.admin_if_any(table, process + ".");
    };
    config.auditor_admin = admin_of("auditor");
    config.console_admin = admin_of("console");
    config.letters_admin = admin_of("letters");
    const toml::table& logging = reading.table_if_any(reading.root(), "", "logging");
    reading.only(logging, "logging.", {"level"});
    if (!logging.contains("level")) return;
    const std::string level = reading.text(logging, "logging.", "level");
    if (level != "info" && level != "debug") reading.mistake(logging.source(), "logging.level is '" + level + "'; it must be \"info\" or \"debug\"");
    config.follow_notices = level == "debug";
}

SuiteConfig read(Reading& reading) {
    SuiteConfig config;
    const toml::table& root = reading.root();
    reading.only(root, "", {"clock", "store", "paths", "limits", "time", "service", "auditor", "console", "letters", "logging"});
    const std::string mode = reading.text(root, "", "clock");
    if (const auto known = base::enum_from_text<domain::ClockMode>(mode)) {
        config.clock = *known;
    } else if (!mode.empty()) {
        reading.mistake(root.source(), "clock is '" + mode + "'; it must be \"real\" or \"stepped\"");
    }
    const toml::table& store = reading.table(root, "", "store");
    config.redis = read_store(reading, store);
    config.redis_passwords = reading.path(store, "store.", "passwords");
    const toml::table& paths = reading.table(root, "", "paths");
    reading.only(paths, "paths.", {"keys", "offering_keys", "offering_keys_mirror", "documents", "documents_mirror", "outboxes", "heads", "run", "ways_out"});
    config.keys = reading.path(paths, "paths.", "keys");
    config.offering_keys = reading.path(paths, "paths.", "offering_keys");
    config.documents = reading.path(paths, "paths.", "documents");
    // An acknowledgement means the paper on two disks too, and what its records are sealed and its keys are hashed with.
    if (config.redis.replicas > 0 || paths.contains("documents_mirror")) config.documents_mirror = reading.path(paths, "paths.", "documents_mirror");
    if (config.redis.replicas > 0 || paths.contains("offering_keys_mirror")) config.offering_keys_mirror = reading.path(paths, "paths.", "offering_keys_mirror");
    config.outboxes = reading.path(paths, "paths.", "outboxes");
    config.heads = reading.path(paths, "paths.", "heads");
    config.ways_out = reading.path_if_any(paths, "paths.", "ways_out");
    read_watch(reading, store, paths, config);
    const toml::table& services = reading.table(root, "", "service");
    for (const std::string& name : base::enum_texts<domain::ServiceName>()) {
        const toml::table& service = reading.table(services, "service.", name);
        const std::string section = "service." + name + ".";
        reading.only(service, section, {"door", "feed", "admin", "instance"});
        config.services[name] = ServiceEndpoints{reading.text(service, section, "door"), reading.text(service, section, "feed"), read_more(reading, service, section),
                                                 reading.admin_if_any(service, section)};
    }
    read_watched(reading, config);
    check_endpoints(reading, config);
    const auto& names = base::enum_texts<domain::ServiceName>();
    reading.only(services, "service.", std::set<std::string>(names.begin(), names.end()));
    return config;
}

}  // namespace

std::vector<InstanceEndpoints> ServiceEndpoints::instances() const {
    std::vector<InstanceEndpoints> all{{kFirstInstance, door, feed, admin}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

base::Result<std::string> SuiteConfig::redis_password(const std::string& user) const {
    const std::string path = redis_passwords + "/" + user + ".password";
    std::ifstream file(path);
    std::string password;
    if (!std::getline(file, password) || password.empty()) return base::invalid(path + ": cannot read the password of the Redis user " + user);
    return password;
}

base::Result<store::RedisConfig> SuiteConfig::redis_as(const std::string& user) const {
    auto password = redis_password(user);
    if (!password) return tl::unexpected(password.error());
    store::RedisConfig config = redis;
    config.user = user;
    config.password = std::move(*password);
    return config;
}

base::Result<store::RedisConfig> SuiteConfig::replica_for(const std::string& user) const {
    if (redis.replica_socket.empty()) return base::invalid("the configuration names no replica: [store.replica] socket");
    auto config = redis_as(user);
    if (!config) return config;
    config->address = redis.replica_socket;
    config->replicas = 0;
    return config;
}

base::Result<SuiteConfig> load_suite_config(const std::string& path) {
    try {
        const toml::table root = toml::parse_file(path);
        Reading reading(path, root);
        SuiteConfig config = read(reading);
        if (!reading.mistakes().empty()) return base::invalid(reading.mistakes());
        return config;
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << path << ":" << error.source().begin.line << ": " << error.description();
        return base::invalid(where.str());
    }
}

}  // namespace rightsdesk::runtime
