#include "rightsdesk/suite_access.h"

#include "bus/key_file.h"
#include "bus/zmq_bus.h"
#include "domain/roles.h"
#include "runtime/ledger.h"
#include "store/redis_store.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

// Beyond every number of an outbox: a question that was sent twice is answered twice, and the second answer must not be taken for that
// to a command of the same number.
constexpr std::uint64_t kFirstQuestion = 1ULL << 52U;

base::Result<domain::Receipt> receipt_in(const domain::Reply& reply) {
    if (const auto* receipt = std::get_if<domain::Receipt>(&reply.body)) return *receipt;
    return base::invalid("the door answered a command with something else than a receipt");
}

}  // namespace

base::Result<> fold_log(store::Store& store, domain::Book& book) {
    runtime::Ledger ledger(book);
    const auto read = store::read_to_end(store, book.log(), 0, [&](const store::LogRecord& record) -> base::Result<bool> {
        if (const auto applied = ledger.apply(record); !applied) return tl::unexpected(applied.error());
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return {};
}

domain::ServiceName door_of(const domain::Command& command) {
    for (std::size_t at = 0; at < base::enum_texts<domain::ServiceName>().size(); ++at) {
        const auto door = static_cast<domain::ServiceName>(at);
        if (domain::door_takes(door, command)) return door;
    }
    return domain::ServiceName::kIntake;
}

base::Result<std::unique_ptr<SuiteAccess>> SuiteAccess::open(const std::string& config) {
    auto loaded = runtime::load_suite_config(config);
    if (!loaded) return tl::unexpected(loaded.error());
    auto principals = runtime::Principals::load(loaded->principals_file());
    if (!principals) return tl::unexpected(principals.error());
    std::unique_ptr<SuiteAccess> suite(new SuiteAccess());
    suite->config_ = std::move(*loaded);
    suite->principals_ = std::move(*principals);
    suite->bus_ = std::make_unique<bus::ZmqBus>();
    return suite;
}

base::Result<bus::KeyPair> SuiteAccess::key_of(const std::string& source) const {
    auto key = bus::load_key_pair(config_.key_file(source));
    return key ? key : base::invalid("there is no key of '" + source + "': " + key.error().message);
}

// One that is silent is left for the next.
base::Result<std::vector<bus::Remote>> SuiteAccess::doors_of(domain::ServiceName door, const std::string& instance) const {
    const std::string name = base::to_text(door);
    const auto server = principals_.public_key_of(name);
    if (!server) return base::invalid(config_.principals_file() + ": the service " + name + " has no key there");
    std::vector<bus::Remote> doors;
    for (const auto& known : config_.services.at(name).instances()) {
        if (instance.empty() || known.name == instance) doors.push_back({known.door, *server});
    }
    if (doors.empty()) return base::invalid(name + " has no instance '" + instance + "'");
    return doors;
}

base::Result<client::DoorClient*> SuiteAccess::door_client(const std::string& source, domain::ServiceName door, const std::string& instance) {
    const std::string name = base::to_text(door);
    auto& client = doors_[source + "/" + name + "/" + instance];
    if (client) return client.get();
    const auto key = key_of(source);
    if (!key) return tl::unexpected(key.error());
    const auto remotes = doors_of(door, instance);
    if (!remotes) return tl::unexpected(remotes.error());
    auto connected = client::DoorClient::connect(*bus_, *remotes, *key);
    if (!connected) return tl::unexpected(connected.error());
    client = std::make_unique<client::DoorClient>(std::move(*connected));
    return client.get();
}

base::Result<client::Outbox*> SuiteAccess::outbox(const std::string& source) {
    auto& box = outboxes_[source];
    if (box) return box.get();
    auto opened = client::Outbox::open(outbox_folder(source));
    if (!opened) return tl::unexpected(opened.error());
    box = std::make_unique<client::Outbox>(std::move(*opened));
    return box.get();
}

base::Result<domain::Receipt> SuiteAccess::deliver(const std::string& source, domain::ServiceName door, std::uint64_t number, const bus::Bytes& bytes,
                                                   std::chrono::milliseconds patience) {
    const auto box = outbox(source);
    if (!box) return tl::unexpected(box.error());
    const auto client = door_client(source, door);
    if (!client) return tl::unexpected(client.error());
    const auto reply = (*client)->ask_encoded(bytes, {source, number}, patience);
    if (!reply) return tl::unexpected(reply.error());
    if (const auto settled = (*box)->settle(number, wire::encode(*reply)); !settled) return tl::unexpected(settled.error());
    return receipt_in(*reply);
}

base::Result<domain::Receipt> SuiteAccess::send(const std::string& source, domain::ServiceName door, const domain::Command& command,
                                                std::chrono::milliseconds patience) {
    const auto box = outbox(source);
    if (!box) return tl::unexpected(box.error());
    const auto pending = (*box)->pending();
    if (!pending) return tl::unexpected(pending.error());
    for (const client::Pending& message : *pending) {
        const auto to = base::enum_from_text<domain::ServiceName>(message.to);
        if (!to) return base::invalid(outbox_folder(source) + ": number " + std::to_string(message.sequence) + " is for no door");
        if (const auto sent = deliver(source, *to, message.sequence, message.bytes, patience); !sent) return sent;
    }
    return send_numbered(source, (*box)->next_sequence(), door, command, patience);
}

base::Result<domain::Receipt> SuiteAccess::send_numbered(const std::string& source, std::uint64_t number, domain::ServiceName door,
                                                         const domain::Command& command, std::chrono::milliseconds patience) {
    const auto box = outbox(source);
    if (!box) return tl::unexpected(box.error());
    domain::Envelope envelope;
    envelope.identity = {source, number};
    envelope.body = command;
    const bus::Bytes bytes = wire::encode(envelope);
    if (const auto kept = (*box)->keep(number, base::to_text(door), bytes); !kept) return tl::unexpected(kept.error());
    if (const auto filed = (*box)->receipt(number)) {
        const auto reply = wire::decode_reply(*filed);
        if (!reply) return tl::unexpected(reply.error());
        return receipt_in(*reply);
    }
    return deliver(source, door, number, bytes, patience);
}

base::Result<domain::Reply> SuiteAccess::ask(const std::string& source, domain::ServiceName door, const domain::Question& question,
                                             std::chrono::milliseconds patience, const std::string& instance) {
    const auto client = door_client(source, door, instance);
    if (!client) return tl::unexpected(client.error());
    domain::Envelope envelope;
    envelope.identity = {source, kFirstQuestion + ++questions_};
    envelope.body = question;
    return (*client)->ask(envelope, patience);
}

base::Result<std::unique_ptr<bus::Listener>> SuiteAccess::listen(const std::string& source, const std::vector<std::string>& prefixes) {
    const auto key = key_of(source);
    if (!key) return tl::unexpected(key.error());
    std::vector<bus::Remote> feeds;
    for (const auto& [name, endpoints] : config_.services) {
        const auto server = principals_.public_key_of(name);
        if (!server) return base::invalid(config_.principals_file() + ": the service " + name + " has no key there");
        for (const auto& instance : endpoints.instances()) feeds.push_back({instance.feed, *server});
    }
    return bus_->listen(feeds, *key, prefixes);
}

base::Result<store::Store*> SuiteAccess::store() {
    if (store_) return store_.get();
    const auto redis = config_.redis_as("reader");
    if (!redis) return tl::unexpected(redis.error());
    store_ = std::make_unique<store::RedisStore>(*redis);
    return store_.get();
}

base::Result<std::unique_ptr<runtime::Books>> SuiteAccess::read_books() {
    const auto logs = store();
    if (!logs) return tl::unexpected(logs.error());
    auto books = std::make_unique<runtime::Books>();
    if (const auto folded = fold_log(**logs, books->desk); !folded) return tl::unexpected(folded.error());
    for (const domain::OfferingId& id : books->desk.offering_ids()) {
        auto& book = books->offerings.emplace(id, std::make_unique<domain::Book>(id)).first->second;
        if (const auto folded = fold_log(**logs, *book); !folded) return tl::unexpected(folded.error());
    }
    return books;
}

base::Result<std::unique_ptr<runtime::Books>> SuiteAccess::read_books(const domain::OfferingId& offering) {
    const auto logs = store();
    if (!logs) return tl::unexpected(logs.error());
    auto books = std::make_unique<runtime::Books>();
    if (const auto folded = fold_log(**logs, books->desk); !folded) return tl::unexpected(folded.error());
    if (books->desk.offering(offering) == nullptr) {
        std::string known;
        for (const domain::OfferingId& id : books->desk.offering_ids()) known += (known.empty() ? "" : ", ") + id;
        return base::failure(base::ErrorKind::kNotFound, "there is no offering '" + offering + "'; " + (known.empty() ? "none is open" : "open are: " + known));
    }
    auto& book = books->offerings.emplace(offering, std::make_unique<domain::Book>(offering)).first->second;
    if (const auto folded = fold_log(**logs, *book); !folded) return tl::unexpected(folded.error());
    return books;
}

}  // namespace rightsdesk::tools
