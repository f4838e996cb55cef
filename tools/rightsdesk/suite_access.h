// What the subcommands need of a running suite: its configuration and keys, its doors, its logs to read.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "bus/bus.h"
#include "client/door_client.h"
#include "client/outbox.h"
#include "domain/receipts.h"
#include "runtime/handler.h"
#include "runtime/principals.h"
#include "runtime/suite_config.h"
#include "store/store.h"

// What is said of logs, for people and programs, by the command as by the console.
namespace rightsdesk::telling {}

namespace rightsdesk::tools {

using namespace telling;

inline constexpr std::chrono::milliseconds kPatience{30'000};

// The door that takes a command. AdvanceWatermark and Approve go to several: there the caller says which.
domain::ServiceName door_of(const domain::Command& command);

// Folds all of a log into the book of its name.
base::Result<> fold_log(store::Store& store, domain::Book& book);

class SuiteAccess {
public:
    // `config`: path of suite.toml. Connects to nothing yet.
    static base::Result<std::unique_ptr<SuiteAccess>> open(const std::string& config);

    [[nodiscard]] const runtime::SuiteConfig& config() const { return config_; }
    [[nodiscard]] const runtime::Principals& principals() const { return principals_; }

    // Sends as `source` (a principal whose key is in the keys' folder) under the next number of its outbox; kept on the
    // disk before it is sent. What is still unanswered from before is sent first. kUnavailable: no answer in time; it is
    // kept and goes out with the next.
    base::Result<domain::Receipt> send(const std::string& source, domain::ServiceName door, const domain::Command& command,
                                       std::chrono::milliseconds patience = kPatience);

    // The same under a number of the caller's own. Repeating a number with the same command gives its first receipt;
    // with another command: kConflict, nothing is sent.
    base::Result<domain::Receipt> send_numbered(const std::string& source, std::uint64_t number, domain::ServiceName door, const domain::Command& command,
                                                std::chrono::milliseconds patience = kPatience);

    // Any instance answers, or the one named.
    base::Result<domain::Reply> ask(const std::string& source, domain::ServiceName door, const domain::Question& question,
                                    std::chrono::milliseconds patience = kPatience, const std::string& instance = "");

    // Hears the feeds of every service on topics with these prefixes, as `source`.
    base::Result<std::unique_ptr<bus::Listener>> listen(const std::string& source, const std::vector<std::string>& prefixes);
    bus::Bus& bus() { return *bus_; }

    // For who sends by itself (a gateway): the key of a principal; every instance of a door; the folder of a sender's outbox.
    [[nodiscard]] base::Result<bus::KeyPair> key_of(const std::string& source) const;
    [[nodiscard]] base::Result<std::vector<bus::Remote>> doors_of(domain::ServiceName door, const std::string& instance = "") const;
    [[nodiscard]] std::string outbox_folder(const std::string& source) const { return config_.outboxes + "/" + source; }

    // The log store, read only.
    base::Result<store::Store*> store();

    // Folds the desk's log and those of all its offerings, or of one.
    base::Result<std::unique_ptr<runtime::Books>> read_books();
    base::Result<std::unique_ptr<runtime::Books>> read_books(const domain::OfferingId& offering);

private:
    SuiteAccess() = default;
    base::Result<client::DoorClient*> door_client(const std::string& source, domain::ServiceName door, const std::string& instance = "");
    base::Result<client::Outbox*> outbox(const std::string& source);
    base::Result<domain::Receipt> deliver(const std::string& source, domain::ServiceName door, std::uint64_t number, const bus::Bytes& bytes,
                                          std::chrono::milliseconds patience);

    runtime::SuiteConfig config_;
    runtime::Principals principals_;
    std::unique_ptr<bus::Bus> bus_;
    std::unique_ptr<store::Store> store_;
    std::uint64_t questions_ = 0;
    std::map<std::string, std::unique_ptr<client::DoorClient>> doors_;  // by "source/door/instance"
    std::map<std::string, std::unique_ptr<client::Outbox>> outboxes_;    // by source
};

}  // namespace rightsdesk::tools
