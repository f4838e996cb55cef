#include "store/batch_check.h"

#include <algorithm>
#include <set>

namespace rightsdesk::store {
namespace {

using base::invalid;
using base::Result;

constexpr std::size_t kMaxLogNameOctets = 40;
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kFramingOctets = 64;  // allowed for numbers, digests' separators and the names of operations, per operation

bool is_lower_hex(char letter) { return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f'); }

// One item's checks; `octets` and `operations` run on over the batch.
struct ItemCheck {
    std::size_t number;
    std::size_t& octets;
    std::size_t& operations;
    std::set<std::string_view> claimed{}, indexed{}, written{};

    [[nodiscard]] tl::unexpected<base::Error> refuse(const std::string& why) const {
        return invalid("item " + std::to_string(number) + " of the batch: " + why);
    }

    Result<> name(std::string_view text, const char* what) {
        octets += text.size();
        if (!text.empty() && text.size() <= kMaxKeyOctets) return {};
        return refuse(std::string(what) + " must have 1 to " + std::to_string(kMaxKeyOctets) + " octets, and has " + std::to_string(text.size()));
    }

    Result<> once(std::set<std::string_view>& seen, std::string_view text, const char* what) {
        if (seen.insert(text).second) return name(text, what);
        return refuse(std::string(what) + " is named twice: " + std::string(text.substr(0, kMaxKeyOctets)));
    }

    Result<> payload(const Bytes& bytes, const char* what) {
        octets += bytes.size() + kHashDigits;
        if (bytes.size() <= kMaxRecordOctets) return {};
        return refuse(std::string(what) + " may have " + std::to_string(kMaxRecordOctets) + " octets, and has " + std::to_string(bytes.size()));
    }

    Result<> version(Version expected) const {
        if (expected < kMaxNumber) return {};
        return refuse("a version must be below " + std::to_string(kMaxNumber));
    }

    Result<> check(const Identity& identity) {
        octets += kHashDigits;
        const auto& hash = identity.payload_hash;
        if (hash.size() != kHashDigits || !std::all_of(hash.begin(), hash.end(), is_lower_hex)) {
            return refuse("a payload hash must be 64 lower-case hexadecimal digits");
        }
        return once(claimed, identity.name, "an identity");
    }

    Result<> check(const IndexWrite& write) {
        if (write.expected) {
            if (auto ok = name(*write.expected, "an entity"); !ok) return ok;
        }
        if (auto ok = name(write.entity, "an entity"); !ok) return ok;
        return once(indexed, write.key, "an index key");
    }

    Result<> check(const EntityRead& read) {
        if (auto ok = version(read.version); !ok) return ok;
        return name(read.entity, "an entity");
    }

    Result<> check(const EntityWrite& write) {
        if (auto ok = version(write.expected); !ok) return ok;
        if (auto ok = payload(write.state, "a state"); !ok) return ok;
        return once(written, write.entity, "an entity");
    }

    Result<> check(const EventWrite& event) { return payload(event.record, "a record"); }

    Result<> check(const CursorMove& move) {
        if (move.expected > kMaxNumber || move.next > kMaxNumber) return refuse("a cursor may be at most " + std::to_string(kMaxNumber));
        if (move.next < move.expected) return refuse("a cursor never goes back");
        if (!is_log_name(move.source)) return refuse("a cursor's source must be a log's name");
        if (move.consumer.find('/') != std::string::npos) return refuse("a consumer's name has no '/'");
        if (move.consumer.empty()) return refuse("a cursor needs its consumer");
        return name(cursor_field(move.consumer, move.source), "a cursor");
    }

    [[nodiscard]] Result<> check(Sequence head) const {
        if (head > kMaxNumber) return refuse("a head may be at most " + std::to_string(kMaxNumber));
        return {};
    }

    template <class Operations>
    Result<> check_all(const Operations& all) {
        for (const auto& operation : all) {
            ++operations;
            octets += kFramingOctets;
            if (auto ok = check(operation); !ok) return ok;
        }
        return {};
    }
};

Result<> check_item(const Item& item, ItemCheck check) {
    if (!item.identities.empty() && item.events.empty()) return check.refuse("it claims an identity but has no event");
    if (auto ok = check.check_all(item.identities); !ok) return ok;
    if (auto ok = check.check_all(item.index); !ok) return ok;
    if (auto ok = check.check_all(item.reads); !ok) return ok;
    if (auto ok = check.check_all(item.writes); !ok) return ok;
    if (auto ok = check.check_all(item.events); !ok) return ok;
    if (item.cursor) {
        if (auto ok = check.check_all(std::initializer_list<CursorMove>{*item.cursor}); !ok) return ok;
    }
    if (item.head) {
        if (auto ok = check.check_all(std::initializer_list<Sequence>{*item.head}); !ok) return ok;
    }
    if (item.after_all) ++check.operations;
    return {};
}

std::string or_nothing(const std::optional<std::string>& entity) { return entity.value_or("nothing"); }

}  // namespace

bool is_log_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxLogNameOctets && std::all_of(name.begin(), name.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    });
}

tl::unexpected<base::Error> not_a_log() { return invalid("a log's name is [a-z0-9-]{1," + std::to_string(kMaxLogNameOctets) + "}"); }

std::string cursor_field(std::string_view consumer, std::string_view source) {
    return std::string(consumer).append("/").append(source);
}

Result<> check_lease(const std::string& log, const std::string& service, const std::string& instance, std::chrono::milliseconds duration) {
    if (!is_log_name(log)) return not_a_log();
    for (const std::string* name : {&service, &instance}) {
        const bool spelled = std::all_of(name->begin(), name->end(), [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
        });
        if (name->empty() || name->size() > kMaxInstanceOctets || !spelled) return invalid("a service's or instance's name is [a-z0-9_-]{1,40}, and not '" + *name + "'");
    }
    if (duration < std::chrono::milliseconds(1) || duration > kLongestLease) return invalid("a lease lasts 1 to " + std::to_string(kLongestLease.count()) + " ms");
    return {};
}

Result<> check_batch(const Batch& batch) {
    if (!is_log_name(batch.log)) return not_a_log();
    if (batch.epoch == 0 || batch.epoch > kMaxNumber) return invalid("an epoch is 1 to " + std::to_string(kMaxNumber));
    if (batch.items.size() > kMaxItemsPerBatch) return invalid("a batch may have " + std::to_string(kMaxItemsPerBatch) + " items");
    std::size_t octets = 0;
    std::size_t operations = 0;
    for (std::size_t number = 0; number < batch.items.size(); ++number) {
        octets += kFramingOctets;
        if (auto ok = check_item(batch.items[number], ItemCheck{number, octets, operations}); !ok) return ok;
    }
    if (octets > kMaxBatchOctets) return invalid("a batch may have " + std::to_string(kMaxBatchOctets) + " octets: send it as several");
    if (operations > kMaxOperationsPerBatch) return invalid("a batch may have " + std::to_string(kMaxOperationsPerBatch) + " operations: send it as several");
    return {};
}

std::string stale_version(std::string_view entity, Version actual, Version expected) {
    return std::string(entity) + " is at version " + std::to_string(actual) + ", expected " + std::to_string(expected);
}

std::string stale_index(std::string_view key, const std::optional<std::string>& actual, const std::optional<std::string>& expected) {
    return "key " + std::string(key) + " points to " + or_nothing(actual) + ", expected " + or_nothing(expected);
}

std::string stale_cursor(std::string_view field, Sequence actual, Sequence expected) {
    return "cursor " + std::string(field) + " is at " + std::to_string(actual) + ", expected " + std::to_string(expected);
}

std::string stale_head(Sequence actual, Sequence expected) {
    return "the log is at " + std::to_string(actual) + ", expected " + std::to_string(expected);
}

std::string stale_earlier() { return "an item before it is not committed"; }

}  // namespace rightsdesk::store
