// The configuration of a suite: one file for its four services and for the command line, so that nobody can disagree.
//
//     clock = "stepped"                          # real or stepped; fixed in the store when it is created
//     [store]
//     socket = "/var/lib/rightsdesk/run/redis.sock"   # or address = "127.0.0.1:6379", loopback or a tunnel; or a cluster:
//     passwords = "/etc/rightsdesk/keys/redis"   # <user>.password, one file a user
//     replicas = 1                               # 0 (and so by default) or, not with a cluster, 1: an acknowledgement means so many disks more
//     replica_timeout_ms = 1000                  # how long a commit waits for the replica's word; then it is "retry later"
//     [store.cluster]                            # instead of socket
//     nodes = ["127.0.0.1:7101", "127.0.0.1:7102", "127.0.0.1:7103"]
//     [store.cluster.addresses]                  # what a master calls itself = how it is reached from here
//     "10.0.0.5:6379" = "127.0.0.1:7101"         # with this table, any other is refused
//     [store.replica]                            # needed with replicas = 1, and by `rightsdesk promote`
//     socket = "/var/lib/rightsdesk/run/replica.sock"   # the replica's own, here: this end of a tunnel to the other host
//     [paths]
//     keys = "/etc/rightsdesk/keys"              # <principal>.key, principals.toml
//     offering_keys = "/etc/rightsdesk/keys/offerings"
//     offering_keys_mirror = "/var/lib/rightsdesk/mirror/keys"   # needed with replicas = 1: such a folder of the other host, mounted here
//     documents = "/var/lib/rightsdesk/documents"
//     documents_mirror = "/var/lib/rightsdesk/mirror"   # needed with replicas = 1: a folder of the other host, mounted here
//     outboxes = "/var/lib/rightsdesk/outboxes"   # of the command line and gateways
//     heads = "/var/lib/rightsdesk/heads"         # the logs' heads that the auditor signed: not where Redis lies
//     run = "/var/lib/rightsdesk/run"            # may be left out: small files that outlive a process; beside the documents
//     ways_out = "/etc/rightsdesk/ways.toml"     # may be left out: where alerts go besides the feed (notification's way_settings.h)
//     [limits]                                   # may be left out, as each of its keys
//     least_free_disk = "1GiB"                   # on the disks of the documents and of store.folder (which may be left out too)
//     slow_commit = "500ms"                      # durable writes that take longer are told of
//     consumer_stuck = "30s"                     # a service that is behind and does not move for so long is told of
//     [time]                                     # may be left out, as each of its keys; for the real clock
//     tolerance = "2s"                           # a greater difference between wall clock and even clock is a step
//     require_synchronised = true                # the kernel must say that its clock is synchronised
//     store_elsewhere = false                    # Redis runs on another host, whose clock is a second opinion
//     [service.intake]                           # and payment_clearing, deadline_monitor, notification
//     door = "ipc:///run/rightsdesk/intake.door"
//     feed = "ipc:///run/rightsdesk/intake.feed"
//     admin = "127.0.0.1:17700"                  # may be left out: metrics and health, on loopback; of each instance another
//     [[service.intake.instance]]                # more of it: these are its instance "1"
//     name = "2"
//     door = "ipc:///run/rightsdesk/intake-2.door"
//     feed = "ipc:///run/rightsdesk/intake-2.feed"
//     [auditor]                                  # may be left out
//     admin = "127.0.0.1:17704"
//     [console]                                  # may be left out
//     admin = "127.0.0.1:17705"
//     [letters]                                  # may be left out
//     admin = "127.0.0.1:17706"
//     [logging]                                  # may be left out
//     level = "info"                             # or debug: a line for every record that a service commits, a few hundred a second at most
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/entities.h"
#include "domain/roles.h"
#include "runtime/watch_settings.h"
#include "store/redis_config.h"

namespace rightsdesk::runtime {

inline constexpr const char* kFirstInstance = "1";
// As an instance is called everywhere: "intake", "intake-2".
inline std::string process_name(const std::string& service, const std::string& instance) {
    return instance == kFirstInstance ? service : service + "-" + instance;
}
inline constexpr std::size_t kMostInstances = 16;  // of a service

struct InstanceEndpoints {
    std::string name;  // [a-z0-9-]{1,20}
    std::string door;
    std::string feed;
    std::string admin = {};  // "127.0.0.1:17700"; empty: none
    RIGHTSDESK_DESCRIBE(InstanceEndpoints, name, door, feed, admin)
};

struct ServiceEndpoints {
    std::string door;  // of its instance "1"
    std::string feed;
    std::vector<InstanceEndpoints> more = {};
    std::string admin = {};
    RIGHTSDESK_DESCRIBE(ServiceEndpoints, door, feed, more, admin)

    // All of them, the first first.
    [[nodiscard]] std::vector<InstanceEndpoints> instances() const;
};

struct SuiteConfig {
    domain::ClockMode clock = domain::ClockMode::kReal;
    store::RedisConfig redis;     // without user and password; with what is said of a replica
    std::string redis_passwords;  // folder
    std::string keys;             // folder
    std::string offering_keys;    // folder
    std::string offering_keys_mirror;  // folder; empty: the keys are in one place
    std::string documents;        // folder
    std::string documents_mirror; // folder; empty: documents are in one place
    std::string outboxes;         // folder: what the command line and gateways sent, one folder a sender
    std::string heads;            // folder: what the auditor signed, one file a log
    std::string ways_out = {};    // file; empty: alerts go to the feed alone
    std::map<std::string, ServiceEndpoints> services;  // by name, all four
    WatchSettings watch = {};     // [limits], [time], store.folder and paths.run
    std::string auditor_admin = {};  // its admin port; empty: none
    std::string console_admin = {};  // the same
    std::string letters_admin = {};  // of the process that writes them
    bool follow_notices = false;  // logging.level is debug

    [[nodiscard]] std::string principals_file() const { return keys + "/principals.toml"; }
    [[nodiscard]] std::string key_file(const std::string& principal) const { return keys + "/" + principal + ".key"; }
    [[nodiscard]] std::string signing_key_file() const { return keys + "/auditor.signing.key"; }
    [[nodiscard]] std::string verifying_key_file() const { return keys + "/auditor.signing.pub"; }
    // The password of a Redis user, from its file. kInvalid when the file cannot be read.
    [[nodiscard]] base::Result<std::string> redis_password(const std::string& user) const;
    // Everything that `user` needs to reach the store, its password read from its file.
    [[nodiscard]] base::Result<store::RedisConfig> redis_as(const std::string& user) const;
    // The same for the replica itself. kInvalid where none is named.
    [[nodiscard]] base::Result<store::RedisConfig> replica_for(const std::string& user) const;
};

// Reads and checks a suite's configuration. Unknown keys, missing ones and wrong values are mistakes, all named with
// their place. Relative paths are relative to the file's folder.
base::Result<SuiteConfig> load_suite_config(const std::string& path);

}  // namespace rightsdesk::runtime
