#include "benchmark/committed.h"

#include <algorithm>
#include <stdexcept>

#include "benchmark/must.h"
#include "documents/directory_documents.h"
#include "domain/book.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::benchmark {

namespace {

// Calls `look` with each NoticeDecided after record `after`, with its record and bytes, until it answers false.
template <class Look>
void each_notice_decided(const Desk& desk, store::Sequence after, Look look) {
    store::RedisStore store(desk.redis("reader"));
    must(store::read_to_end(store, kOffering, after, [&](const store::LogRecord& stored) -> base::Result<bool> {
        const domain::Record record = must(wire::decode_record(stored.record, nullptr));
        const auto* decided = std::get_if<domain::NoticeDecided>(&record.event);
        return decided == nullptr || look(stored, record, decided->notice);
    }));
}

store::Item item_of(const store::LogRecord& stored, const domain::Record& record, const domain::Notice& notice) {
    const domain::EntityName name = domain::notice_name(notice.id);
    store::Item item;
    item.identities.push_back({record.cause.source + "/" + std::to_string(record.cause.sequence), record.payload_hash});
    for (const std::string& key : notice.keys) item.index.push_back({key, std::nullopt, name});
    item.reads.push_back({domain::life_name(), 1});
    item.writes.push_back({name, 0, wire::encode_state(domain::Entity(notice))});
    item.events.push_back({stored.record});
    return item;
}

void must_commit(store::RedisStore& store, const store::Batch& batch) {
    for (const store::ItemResult& result : must(store.commit(batch))) {
        if (result.outcome != store::ItemOutcome::kCommitted) throw std::runtime_error("a raw commit to " + batch.log + " did not hold: " + result.detail);
    }
}

// Every notice reads the offering's life: it must be there, in its version 1.
void make_life(store::RedisStore& store, const std::string& log) {
    store::Batch batch;
    batch.log = log;
    batch.items.resize(1);
    batch.items[0].writes.push_back({domain::life_name(), 0, base::Bytes(std::string("life"))});
    must_commit(store, batch);
}

std::vector<store::Batch> batches_of(const std::string& log, const std::vector<store::Item>& items, std::size_t size) {
    std::vector<store::Batch> batches;
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (at % size == 0) batches.push_back({log, 1, {}});
        batches.back().items.push_back(items[at]);
    }
    return batches;
}

base::Bytes document_of(const PreparedNotice& notice) {
    domain::Envelope envelope = must(wire::decode_envelope(notice.envelope));
    return std::get<domain::SubmitNotice>(std::get<domain::Command>(envelope.body)).document;
}

}  // namespace

void check_log(const Desk& desk, const std::map<std::uint64_t, store::Sequence>& receipts) {
    std::map<std::uint64_t, store::Sequence> decided;
    each_notice_decided(desk, 0, [&](const store::LogRecord& stored, const domain::Record& record, const domain::Notice& notice) {
        if (!decided.emplace(record.cause.sequence, stored.sequence).second) throw std::runtime_error(notice.id + " was decided twice");
        return true;
    });
    if (decided != receipts) {
        throw std::runtime_error("the log has " + std::to_string(decided.size()) + " notices decided, the receipts speak of " + std::to_string(receipts.size()) +
                                 ", and they are not the same");
    }
}

std::vector<store::Item> items_committed(const Desk& desk, store::Sequence after, std::size_t limit) {
    std::vector<store::Item> items;
    each_notice_decided(desk, after, [&](const store::LogRecord& stored, const domain::Record& record, const domain::Notice& notice) {
        items.push_back(item_of(stored, record, notice));
        return items.size() < limit;
    });
    if (items.size() != limit) throw std::runtime_error("the log has fewer notices than were handed in");
    return items;
}

double octets_recorded(const Desk& desk, store::Sequence after) {
    store::RedisStore store(desk.redis("reader"));
    double octets = 0;
    must(store::read_to_end(store, kOffering, after, [&](const store::LogRecord& stored) -> base::Result<bool> {
        octets += static_cast<double>(stored.record.size());
        return true;
    }));
    return octets;
}

Nanoseconds commit_raw(const Desk& desk, const std::string& log, const std::vector<store::Item>& items, std::size_t batch) {
    store::RedisStore store(desk.redis("intake"));
    make_life(store, log);
    Nanoseconds took{0};
    for (const store::Batch& one : batches_of(log, items, batch)) {
        const auto started = Clock::now();
        must_commit(store, one);
        took += Clock::now() - started;
    }
    return took;
}

Nanoseconds keep_raw(const Desk& desk, const std::string& folder, const std::vector<PreparedNotice>& notices, std::size_t batch) {
    documents::DirectoryDocuments documents(desk.folder() / folder);
    Nanoseconds took{0};
    for (std::size_t from = 0; from < notices.size(); from += batch) {
        std::vector<base::Bytes> papers;
        for (std::size_t at = from; at < std::min(from + batch, notices.size()); ++at) papers.push_back(document_of(notices[at]));
        std::vector<const base::Bytes*> several;
        several.reserve(papers.size());
        for (const base::Bytes& paper : papers) several.push_back(&paper);
        const auto started = Clock::now();
        for (auto& name : documents.keep_all(several)) must(std::move(name));
        took += Clock::now() - started;
    }
    return took;
}

}  // namespace rightsdesk::benchmark
