#include "wire/wire.h"

#include <cstring>

#include <capnp/message.h>
#include <capnp/serialize.h>

#include "commands.capnp.h"
#include "entities.capnp.h"
#include "events.capnp.h"
#include "receipts.capnp.h"
#include "states.capnp.h"
#include "wire/codec.h"

namespace rightsdesk::wire {

namespace {

constexpr std::size_t kFirstSegmentWords = 512;

// A message is read once and no more than twice its size: a list of elements without a size, or pointers that share what
// they point to, could make much of few octets. Twice, because a pointer into another segment is charged for its landing
// pad again when the field is asked for whether it is there. The spare words are for what is read on the way to the root.
constexpr std::size_t kSpareWords = 64;
constexpr std::size_t kReadings = 2;

// A message as it goes over the wire: a table of segments before them. Nearly every one has one segment.
Bytes flat(capnp::MessageBuilder& message) {
    const auto segments = message.getSegmentsForOutput();
    if (segments.size() != 1) {
        const auto words = capnp::messageToFlatArray(segments);
        const auto octets = words.asBytes();
        return Bytes(std::string(reinterpret_cast<const char*>(octets.begin()), octets.size()));
    }
    const auto content = segments[0].asBytes();
    const std::uint32_t table[2] = {0, static_cast<std::uint32_t>(segments[0].size())};
    std::string octets;
    octets.reserve(sizeof table + content.size());
    octets.append(reinterpret_cast<const char*>(table), sizeof table);
    octets.append(reinterpret_cast<const char*>(content.begin()), content.size());
    return Bytes(std::move(octets));
}

// One first segment a schema and thread, used again and again: its user clears what was used of it.
template <class Schema, class T>
Bytes encode_as(const T& value, const SealKey* key = nullptr) {
    thread_local capnp::word first_segment[kFirstSegmentWords] = {};
    capnp::MallocMessageBuilder message(kj::arrayPtr(first_segment, kFirstSegmentWords));
    const auto schema = capnp::Schema::from<Schema>();
    const auto size = schema.getProto().getStruct();
    Writer(key).write(message.getRoot<capnp::AnyPointer>().initAsAnyStruct(size.getDataWordCount(), size.getPointerCount()), schema, value);
    return flat(message);
}

// The words of a message, copied only where they are not aligned.
class Words {
public:
    explicit Words(const Bytes& bytes) : size_(bytes.size() / sizeof(capnp::word)) {
        if (reinterpret_cast<std::uintptr_t>(bytes.value.data()) % alignof(capnp::word) == 0) {
            start_ = reinterpret_cast<const capnp::word*>(bytes.value.data());
            return;
        }
        copied_ = kj::heapArray<capnp::word>(size_);
        std::memcpy(copied_.begin(), bytes.value.data(), bytes.size());
        start_ = copied_.begin();
    }
    [[nodiscard]] kj::ArrayPtr<const capnp::word> get() const { return {start_, size_}; }

private:
    std::size_t size_;
    const capnp::word* start_ = nullptr;
    kj::Array<capnp::word> copied_;
};

// The one place where reading begins and its exceptions end.
template <class Schema, class T>
Result<T> decode_as(const Bytes& bytes, std::size_t max_octets, const SealKey* key = nullptr) {
    if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) return base::invalid("no message: its length is not a multiple of 8 octets");
    if (bytes.size() > max_octets) return base::invalid("the message has more than " + std::to_string(max_octets) + " octets");
    try {
        const Words words(bytes);
        capnp::ReaderOptions options;
        options.traversalLimitInWords = kReadings * words.get().size() + kSpareWords;
        options.nestingLimit = kNesting;
        capnp::FlatArrayMessageReader message(words.get(), options);
        Result<T> value(tl::in_place);
        Reader(key).read(message.getRoot<capnp::AnyPointer>().getAs<capnp::AnyStruct>(), capnp::Schema::from<Schema>(), *value);
        return value;
    } catch (const Unreadable& unreadable) {
        return base::failure(unreadable.kind, unreadable.why);
    } catch (const kj::Exception& exception) {
        return base::invalid(std::string("no message of this kind: ") + exception.getDescription().cStr());
    }
}

}  // namespace

void Writer::write_sealed(capnp::AnyPointer::Builder place, const domain::Sealed& sealed) const {
    if (sealed.personal == domain::Personal{}) return;
    CHECK(key_ != nullptr);
    const Bytes plain = encode_as<schema::Personal>(sealed.personal);
    const Bytes closed = seal(*key_, plain.view());
    place.setAs<capnp::Data>(octets(closed.view()));
}

void Reader::read_sealed(capnp::Data::Reader octets, domain::Sealed& sealed) const {
    sealed.opened = key_ != nullptr;
    if (key_ == nullptr) return;
    const auto plain = unseal(*key_, Bytes(std::string(reinterpret_cast<const char*>(octets.begin()), octets.size())));
    if (!plain) throw Unreadable{plain.error().kind, plain.error().message};
    auto personal = decode_as<schema::Personal, domain::Personal>(Bytes(*plain), kMaxFrameOctets);
    if (!personal) throw Unreadable{personal.error().kind, personal.error().message};
    sealed.personal = std::move(*personal);
}

Bytes encode(const domain::Envelope& envelope) { return encode_as<schema::Envelope>(envelope); }
Bytes encode(const domain::Reply& reply) { return encode_as<schema::Reply>(reply); }
Bytes encode(const domain::PublishedRecords& published) { return encode_as<schema::PublishedRecords>(published); }
Bytes encode(const domain::PublishedHead& head) { return encode_as<schema::PublishedHead>(head); }
Bytes encode(const domain::Idle& idle) { return encode_as<schema::Idle>(idle); }
Bytes encode(const domain::PublishedAlert& alert) { return encode_as<schema::PublishedAlert>(alert); }
Bytes encode(const domain::AlertHead& head) { return encode_as<schema::AlertHead>(head); }
Bytes encode_record(const domain::Record& record, const SealKey* key) { return encode_as<schema::Record>(record, key); }
Bytes encode_state(const domain::Entity& entity) { return encode_as<schema::State>(entity); }

Result<domain::Envelope> decode_envelope(const Bytes& bytes) { return decode_as<schema::Envelope, domain::Envelope>(bytes, kMaxFrameOctets); }
Result<domain::Reply> decode_reply(const Bytes& bytes) { return decode_as<schema::Reply, domain::Reply>(bytes, kMaxFrameOctets); }
Result<domain::PublishedRecords> decode_published_records(const Bytes& bytes) {
    return decode_as<schema::PublishedRecords, domain::PublishedRecords>(bytes, kMaxFrameOctets);
}
Result<domain::PublishedHead> decode_published_head(const Bytes& bytes) {
    return decode_as<schema::PublishedHead, domain::PublishedHead>(bytes, kMaxFrameOctets);
}
Result<domain::Idle> decode_idle(const Bytes& bytes) { return decode_as<schema::Idle, domain::Idle>(bytes, kMaxFrameOctets); }
Result<domain::PublishedAlert> decode_published_alert(const Bytes& bytes) {
    return decode_as<schema::PublishedAlert, domain::PublishedAlert>(bytes, kMaxFrameOctets);
}
Result<domain::AlertHead> decode_alert_head(const Bytes& bytes) { return decode_as<schema::AlertHead, domain::AlertHead>(bytes, kMaxFrameOctets); }
Result<domain::Record> decode_record(const Bytes& bytes, const SealKey* key) {
    return decode_as<schema::Record, domain::Record>(bytes, kMaxFrameOctets, key);
}
Result<domain::Entity> decode_state(const Bytes& bytes) { return decode_as<schema::State, domain::Entity>(bytes, kMaxStateOctets); }

}  // namespace rightsdesk::wire
