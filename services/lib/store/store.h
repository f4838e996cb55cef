// The store port: one way to write (`commit`), and the reads that the services and the command line need.
//
// Each log (an offering's, or "desk") is a chain of records with dense numbers from 1; beside it lie the states of its
// entities, the identities seen, the index of business keys and the consumers' cursors. A commit names one log.
// Implementations: RedisStore (redis_store.h, the truth) and MemoryStore (memory_store.h, the fake). One contract test
// runs against both. Calls wait for the answer; an instance belongs to one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace rightsdesk::store {

using base::Bytes;
using base::Result;
using Sequence = std::uint64_t;
using Version = std::uint64_t;  // of an entity; 0 means that it does not exist

// A name that may be used once in a log for ever: the transport's identity ("fax-1/17").
struct Identity {
    std::string name;
    std::string payload_hash;  // 64 hex digits, of the bytes that claimed it
};

// A business key: says which entity a fact of the outside world belongs to. It must be as read and is set.
struct IndexWrite {
    std::string key;                     // a keyed hash in hex, or any short text
    std::optional<std::string> expected; // the entity it pointed to when it was read; absent: it did not exist
    std::string entity;
};

struct EntityRead {
    std::string entity;  // "notice/fax-1.17"
    Version version = 0;
};

struct EntityWrite {
    std::string entity;
    Version expected = 0;  // becomes expected + 1
    Bytes state;           // its SHA-256 is kept beside it
};

struct EventWrite {
    Bytes record;          // digest (SHA-256) is computed by the store from these bytes; the payload is written once, here
};

// A consumer's place in a source log, kept in the log that its effects go to. It must be as expected and moves to `next`.
struct CursorMove {
    std::string consumer;  // "payment_clearing"
    std::string source;    // the log consumed
    Sequence expected = 0;
    Sequence next = 0;
};

// All or nothing.
struct Item {
    std::vector<Identity> identities;
    std::vector<IndexWrite> index;
    std::vector<EntityRead> reads;
    std::vector<EntityWrite> writes;
    std::vector<EventWrite> events;
    std::optional<CursorMove> cursor;
    std::optional<Sequence> head = {};  // the log's last number must be this when the item is applied: it rests on more than it can name
    bool after_all = false;             // every item before it in its batch must be committed: it was decided on what they say
};

struct Batch {
    std::string log;
    std::uint64_t epoch = 1;   // must be the log's epoch; a log's first commit sets it
    std::vector<Item> items;   // applied in order; a later item sees what the earlier wrote
};

enum class ItemOutcome : unsigned char {
    kCommitted,  // first..last are its records' numbers (first > last when it had no events)
    kDuplicate,  // an identity was claimed before with the same hash: `first` is the number of the claim's first event
    kConflict,   // an identity was claimed before with another hash: `first` as above
    kStale,      // a version, index entry, cursor, the head or an item before it was not as expected: `detail` names it; read again, decide again
};

struct ItemResult {
    ItemOutcome outcome = ItemOutcome::kStale;
    Sequence first = 0;
    Sequence last = 0;
    std::string detail;
};

struct LogRecord {
    Sequence sequence = 0;
    std::uint64_t epoch = 0;
    std::string digest;  // hex SHA-256 of `record`
    std::string link;    // hex SHA-1 of "<previous link>:<sequence>:<digest>"; the first record's previous link is ""
    Bytes record;
};

struct EntityState {
    Version version = 0;
    std::string digest;  // hex SHA-256 of `state`
    Bytes state;
};

struct Head {
    Sequence sequence = 0;  // 0: the log is empty
    std::string link;
    std::uint64_t epoch = 0;
};

// A wish for a log's lease (Store::hold_leases). Looking renews one's own, and takes none that is free.
struct LeaseWish {
    std::string log;
    bool take = true;
};

// What must hold before anything may be acknowledged. Both are empty when it does.
struct Durability {
    std::string problem;  // for a person: which setting is how, and how it must be
    std::optional<std::chrono::nanoseconds> time = {};  // the store's wall clock, since 1970; absent: not told
    std::uint64_t used_memory = 0;  // octets, as they count against the maximum
    std::uint64_t max_memory = 0;   // 0: no bound
    std::string replica_problem = {};  // the same of the replica alone, where one is configured: two people may go on without it
    std::map<std::string, bool> settings = {};  // what was looked at until the first problem, by the store's own names: as it must be or not
};

class Store {
public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    // Applies the items in order, each all-or-nothing, with one durable write; returns one result an item. An error
    // means: kUnavailable, the outcome is unknown: send the same identities again; kInvalid, nothing changed and it
    // would fail again (a size or name out of bounds); kConflict, the epoch is another; kCorrupt, stored data is damaged.
    virtual Result<std::vector<ItemResult>> commit(const Batch& batch) = 0;
    // Batches of different logs: of each what `commit` would have said, in their order; in which order they become durable is not
    // said. After a kUnavailable nothing more is sent to what lies together with that log: of those it is kUnavailable too.
    // `meanwhile`, where there is one, is called once by the caller's thread, at best while the disk is waited for; it asks the store nothing.
    virtual std::vector<Result<std::vector<ItemResult>>> commit_several(const std::vector<Batch>& batches, const std::function<void()>& meanwhile = {});
    // How many of them wait for the disk at the same time.
    [[nodiscard]] virtual std::size_t lanes() const { return 1; }

    // Records with sequence > after, in order, at most `limit`; fewer when they are large, none only at the end of the log.
    // As stored: verify_chain (chain.h) tells whether they are what was committed. kCorrupt when a number is missing.
    virtual Result<std::vector<LogRecord>> read_log(const std::string& log, Sequence after, std::size_t limit) = 0;
    virtual Result<Head> head(const std::string& log) = 0;
    // The logs that exist, sorted; "desk" among them once it has a record.
    virtual Result<std::vector<std::string>> logs() = 0;

    // kCorrupt when the bytes do not have their digest. Loading many is no snapshot while others commit: compare the head
    // before and after.
    virtual Result<std::optional<EntityState>> load_state(const std::string& log, const std::string& entity) = 0;
    virtual Result<std::vector<std::pair<std::string, EntityState>>> load_states(const std::string& log) = 0;  // sorted by entity
    virtual Result<std::optional<std::string>> look_up(const std::string& log, const std::string& index_key) = 0;
    // The number of the first event of what claimed `identity`, with its payload hash.
    virtual Result<std::optional<std::pair<Sequence, std::string>>> find_identity(const std::string& log, const std::string& identity) = 0;
    virtual Result<Sequence> cursor(const std::string& log, const std::string& consumer, const std::string& source) = 0;
    // Everything beside the log that a verification wants to see. Sorted. A cursor that does not have its check is kCorrupt.
    virtual Result<std::map<std::string, std::pair<Sequence, std::string>>> load_identities(const std::string& log) = 0;
    virtual Result<std::map<std::string, std::string>> load_index(const std::string& log) = 0;
    virtual Result<std::map<std::string, Sequence>> load_cursors(const std::string& log) = 0;  // "<consumer>/<source>"

    // Leases, one a log and service, say which instance of a service consumes a log and acts in time. They are no part of the
    // log: nothing is wrong when two believe that they hold the same one. Time is the store's own; all instances ask for the
    // same duration. Returns who holds each after the call, in order; "" where nobody does, or its master of a cluster is away.
    virtual Result<std::vector<std::string>> hold_leases(const std::vector<LeaseWish>& wishes, const std::string& service, const std::string& instance,
                                                         std::chrono::milliseconds duration) = 0;
    // Gives one's own up at once; others' stay.
    virtual Result<> release_leases(const std::vector<std::string>& logs, const std::string& service, const std::string& instance) = 0;

    // Whether these logs lie together: what keeps one from being reached keeps the other. On a cluster some do not. Asks nobody.
    [[nodiscard]] virtual bool lie_together(const std::string&, const std::string&) const { return true; }

    // Whether an acknowledgement would be durable now (appendonly yes, appendfsync always; no write error; the same of the replica).
    virtual Result<Durability> durability() = 0;

    // A name for the run of the store that we speak to: another one after it was started again, or replaced.
    virtual Result<std::string> incarnation() = 0;
    // From now on `commit` is done by this incarnation only, and kUnavailable by any other: what came up may not hold what
    // this one acknowledged. Before the first call every one is trusted.
    virtual void trust(const std::string& incarnation) = 0;

    // Makes sure that all that the log holds now is as durable as a commit's answer promises, also what a commit wrote whose
    // answer was lost: what is read may not have reached the replica. kUnavailable: not yet, ask again. Where there is one disk only,
    // what can be read is on it.
    virtual Result<> confirm(const std::string&) { return {}; }
    // From now on commits are durable on one disk and the replica is neither asked nor looked at; two people decided it.
    virtual void go_without_replica(bool) {}
};

// Bounds of one commit; beyond them `commit` refuses with kInvalid.
inline constexpr std::size_t kMaxItemsPerBatch = 1'024;
inline constexpr std::size_t kMaxOperationsPerBatch = 65'536;        // identities, index writes, reads, writes, events, cursors, heads, after_all together
inline constexpr std::size_t kMaxBatchOctets = 32U * 1024U * 1024U;
inline constexpr std::size_t kMaxRecordOctets = 4U * 1024U * 1024U; // of a record or a state
inline constexpr std::size_t kMaxReadOctets = 32U * 1024U * 1024U;  // of records in one answer of read_log, and one record more
inline constexpr std::size_t kMaxKeyOctets = 512;                    // of a name: identity, entity, index key
inline constexpr std::size_t kMaxInstanceOctets = 40;                // of an instance's or service's name: [a-z0-9_-]
inline constexpr std::chrono::milliseconds kLongestLease{60'000};
// Versions, sequence numbers and epochs have at most 19 digits.
inline constexpr std::uint64_t kMaxNumber = 9'999'999'999'999'999'999U;

}  // namespace rightsdesk::store
