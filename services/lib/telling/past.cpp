#include "telling/past.h"

#include <charconv>

#include "domain/civil.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::telling {

namespace {

// Lines recorded in parts belong to the allocation as it was started: what else came between them does not.
void take_lines(domain::Book& book, const LoggedItem& item, domain::AllocationKind kind) {
    for (const domain::Record& record : item.records) {
        const auto* recorded = std::get_if<domain::AllotmentsRecorded>(&record.event);
        if (recorded != nullptr && recorded->kind == kind) domain::evolve(book, {record.event});
    }
}

bool starts_allocation(const LoggedItem& item, domain::AllocationKind kind) {
    for (const domain::Record& record : item.records) {
        const auto* started = std::get_if<domain::AllocationStarted>(&record.event);
        if (started != nullptr && started->allocation.kind == kind) return true;
    }
    return false;
}

}  // namespace

base::Result<> fold_items(store::Store& store, domain::Book& book, const std::function<bool(const LoggedItem&)>& wanted,
                          const std::function<void(const LoggedItem&)>& folded, const wire::SealKey* key) {
    return FoldedItems(book).go_on(store, wanted, folded, key);
}

base::Result<> FoldedItems::go_on(store::Store& store, const std::function<bool(const LoggedItem&)>& wanted, const std::function<void(const LoggedItem&)>& folded,
                                  const wire::SealKey* key) {
    std::vector<store::LogRecord> records;  // of the item that is being read
    LoggedItem item;
    const auto read = store::read_to_end(store, log_, ledger_.head().sequence, [&](const store::LogRecord& stored) -> base::Result<bool> {
        auto record = wire::decode_record(stored.record, key);
        if (!record) return base::failure(base::ErrorKind::kCorrupt, log_ + " record " + std::to_string(stored.sequence) + ": " + record.error().message);
        if (records.empty()) item.first = stored.sequence;
        item.last = stored.sequence;
        item.at = record->at;
        item.digests.push_back(stored.digest);
        item.link = stored.link;
        const bool last = record->position + 1 >= record->of;
        item.records.push_back(std::move(*record));
        records.push_back(stored);
        if (!last) return true;
        if (!wanted(item)) return false;
        for (const store::LogRecord& one : records) {
            if (const auto applied = ledger_.apply(one); !applied) return tl::unexpected(applied.error());
        }
        folded(item);
        records.clear();
        item = {};
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return {};
}

base::Result<Until> parse_until(const std::string& text) {
    store::Sequence sequence = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    if (trouble == std::errc() && end == text.data() + text.size() && sequence > 0) return Until{sequence, std::nullopt};
    if (const auto time = domain::parse_instant(text)) return Until{std::nullopt, *time};
    return base::invalid("--until '" + text + "' is neither a record's number, from 1, nor an instant with an offset, as 2002-06-28T17:00:00-04:00 or 2002-06-28T21:00:00Z");
}

base::Result<Past> fold_until(store::Store& store, const std::string& log, const Until& until) {
    const auto head = store.head(log);
    if (!head) return tl::unexpected(head.error());
    if (until.sequence && *until.sequence > head->sequence) {
        return base::invalid("--until " + std::to_string(*until.sequence) + ": the log of " + log + " has records 1 to " + std::to_string(head->sequence));
    }
    Past past{domain::Book(log), 0, {}, head->sequence, std::nullopt};
    std::optional<domain::Instant> first_after;
    const auto wanted = [&](const LoggedItem& item) {
        const bool within = until.sequence ? item.last <= *until.sequence : item.at <= *until.time;
        if (within) return true;
        if (until.sequence && item.first <= *until.sequence) past.left_out = {item.first, item.last};
        first_after = item.at;
        return false;
    };
    const auto folded = fold_items(store, past.book, wanted, [&](const LoggedItem& item) {
        past.sequence = item.last;
        past.at = item.at;
    });
    if (!folded) return tl::unexpected(folded.error());
    if (past.sequence > 0) return past;
    if (!first_after) return base::invalid(log + " has no records");
    return base::invalid("--until: nothing had been decided in " + log + " by then; its first decision is of " + domain::instant_text(*first_after) +
                         (past.left_out ? ", records " + std::to_string(past.left_out->first) + " to " + std::to_string(past.left_out->second) : ""));
}

base::Result<domain::Book> fold_to_allocation(store::Store& store, const std::string& log, domain::AllocationKind kind) {
    domain::Book book(log);
    std::optional<domain::Book> kept;
    const auto folded = fold_items(store, book, [](const LoggedItem&) { return true; }, [&](const LoggedItem& item) {
        if (starts_allocation(item, kind)) kept = book;
        else if (kept) take_lines(*kept, item, kind);
    });
    if (!folded) return tl::unexpected(folded.error());
    if (!kept) return base::failure(base::ErrorKind::kNotFound, "there is no " + to_text(kind) + " allocation of " + log + " yet");
    return std::move(*kept);
}

}  // namespace rightsdesk::telling
