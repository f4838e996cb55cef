// Every kind of message that this room encodes, with what it makes of it, so that a test can go through all of them.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/values.h"
#include "wire/wire.h"

namespace rightsdesk::wire {

using support::each_alternative;
using support::Values;

inline const SealKey& test_key() {
    static const SealKey key = make_seal_key();
    return key;
}

template <class T>
struct Codec;
template <>
struct Codec<domain::Envelope> {
    static Result<domain::Envelope> decode(const Bytes& bytes) { return decode_envelope(bytes); }
};
template <>
struct Codec<domain::Reply> {
    static Result<domain::Reply> decode(const Bytes& bytes) { return decode_reply(bytes); }
};
template <>
struct Codec<domain::PublishedRecords> {
    static Result<domain::PublishedRecords> decode(const Bytes& bytes) { return decode_published_records(bytes); }
};
template <>
struct Codec<domain::PublishedHead> {
    static Result<domain::PublishedHead> decode(const Bytes& bytes) { return decode_published_head(bytes); }
};
template <>
struct Codec<domain::Idle> {
    static Result<domain::Idle> decode(const Bytes& bytes) { return decode_idle(bytes); }
};
template <>
struct Codec<domain::PublishedAlert> {
    static Result<domain::PublishedAlert> decode(const Bytes& bytes) { return decode_published_alert(bytes); }
};
template <>
struct Codec<domain::AlertHead> {
    static Result<domain::AlertHead> decode(const Bytes& bytes) { return decode_alert_head(bytes); }
};
template <>
struct Codec<domain::Record> {
    static Result<domain::Record> decode(const Bytes& bytes) { return decode_record(bytes, &test_key()); }
};
template <>
struct Codec<domain::Entity> {
    static Result<domain::Entity> decode(const Bytes& bytes) { return decode_state(bytes); }
};

template <class T>
Bytes encoded(const T& message) {
    if constexpr (std::is_same_v<T, domain::Record>) {
        return encode_record(message, &test_key());
    } else if constexpr (std::is_same_v<T, domain::Entity>) {
        return encode_state(message);
    } else {
        return encode(message);
    }
}

using AnyMessage = std::variant<domain::Envelope, domain::Reply, domain::Record, domain::Entity, domain::PublishedRecords, domain::PublishedHead,
                                domain::Idle, domain::PublishedAlert, domain::AlertHead>;

// One message of every kind, with its name: each command, question, answer, event, entity and feed message.
inline std::vector<std::pair<std::string, AnyMessage>> every_message(Values& values) {
    using namespace domain;
    std::vector<std::pair<std::string, AnyMessage>> messages;
    const auto add = [&](std::string name, AnyMessage message) { messages.emplace_back(std::move(name), std::move(message)); };
    each_alternative<Command>([&]<class Held>(std::type_identity<Held>) {
        add(std::string(Held::kTypeName), Envelope{values.any<Identity>(), values.any<std::string>(), Command(values.any<Held>())});
    });
    each_alternative<Question>([&]<class Held>(std::type_identity<Held>) {
        add(std::string(Held::kTypeName), Envelope{values.any<Identity>(), values.any<std::string>(), Question(values.any<Held>())});
    });
    each_alternative<decltype(Reply::body)>([&]<class Held>(std::type_identity<Held>) {
        add("Reply of " + std::string(Held::kTypeName), Reply{values.any<Identity>(), values.any<Held>()});
    });
    each_alternative<Event>([&]<class Held>(std::type_identity<Held>) {
        auto record = values.any<Record>();
        record.event = values.any<Held>();
        add("Record of " + std::string(Held::kTypeName), std::move(record));
    });
    each_alternative<Entity>([&]<class Held>(std::type_identity<Held>) { add("State of " + std::string(Held::kTypeName), Entity(values.any<Held>())); });
    add("PublishedRecords", values.any<PublishedRecords>());
    add("PublishedHead", values.any<PublishedHead>());
    add("Idle", values.any<Idle>());
    add("PublishedAlert", values.any<PublishedAlert>());
    add("AlertHead", values.any<AlertHead>());
    return messages;
}

// Calls visit(name, message) with each of them; the compiler makes it once a kind of message, not once a command and event.
template <class Visit>
void each_message(Values& values, Visit visit) {
    for (const auto& [name, any] : every_message(values)) {
        std::visit([&, &called = name](const auto& message) { visit(called, message); }, any);
    }
}

}  // namespace rightsdesk::wire
