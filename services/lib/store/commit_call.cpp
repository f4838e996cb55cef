#include "store/commit_call.h"

#include <array>
#include <charconv>

#include "base/hash.h"
#include "store/batch_check.h"

namespace rightsdesk::store {
namespace {

constexpr std::array<std::string_view, 6> kParts{"log", "head", "identities", "states", "index", "cursors"};

std::optional<ItemOutcome> outcome_of(std::string_view word) {
    if (word == "committed") return ItemOutcome::kCommitted;
    if (word == "duplicate") return ItemOutcome::kDuplicate;
    if (word == "conflict") return ItemOutcome::kConflict;
    if (word == "stale") return ItemOutcome::kStale;
    return std::nullopt;
}

std::optional<std::uint64_t> parse_digits(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    return number;
}

// Takes what lies before the next ':' off `text`.
std::optional<std::string_view> take_field(std::string_view& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view field = text.substr(0, colon);
    text.remove_prefix(colon + 1);
    return field;
}

}  // namespace

std::string log_key(std::string_view log, std::string_view part) {
    return std::string("{").append(log).append("}:").append(part);
}

CommitCall::CommitCall(const Batch& batch) {
    add("FCALL");
    add("commit");
    add_number(kParts.size());
    for (const std::string_view part : kParts) add_own(log_key(batch.log, part));
    add(kCommitProtocol);
    add_number(batch.epoch);
    add_number(batch.items.size());
    for (std::size_t at = 0; at < batch.items.size(); ++at) add_item(batch.items[at], at);
}

void CommitCall::add_item(const Item& item, std::size_t earlier) {
    for (const Identity& identity : item.identities) {
        add("I");
        add(identity.name);
        add(identity.payload_hash);
    }
    for (const IndexWrite& write : item.index) {
        add(write.expected ? "K" : "N");
        add(write.key);
        if (write.expected) add(*write.expected);
        add(write.entity);
    }
    for (const EntityRead& read : item.reads) {
        add("R");
        add(read.entity);
        add_number(read.version);
    }
    for (const EntityWrite& write : item.writes) {
        add("W");
        add(write.entity);
        add_number(write.expected);
        add_own(base::sha256_hex(write.state.view()).append(":").append(write.state.view()));
    }
    for (const EventWrite& event : item.events) {
        add("E");
        add_own(base::sha256_hex(event.record.view()));
        add(event.record.view());
    }
    if (item.cursor) {
        add("C");
        add_own(cursor_field(item.cursor->consumer, item.cursor->source));
        add_number(item.cursor->expected);
        add_number(item.cursor->next);
    }
    if (item.head) {
        add("H");
        add_number(*item.head);
    }
    if (item.after_all) {
        add("A");
        add_number(earlier);
    }
    add(".");
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    const auto number = parse_digits(text);
    return number && *number <= kMaxNumber ? number : std::nullopt;
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
    const auto field = take_field(text);
    return field ? parse_number(*field) : std::nullopt;
}

std::optional<ItemResult> parse_item_result(std::string_view text) {
    const auto word = take_field(text);
    const auto first_text = take_field(text);
    const auto last_text = take_field(text);
    if (!word || !first_text || !last_text) return std::nullopt;
    const auto outcome = outcome_of(*word);
    const auto first = parse_digits(*first_text);  // of an item without events at a log's very end: one more than any record's
    const auto last = parse_number(*last_text);
    if (!outcome || !first || !last) return std::nullopt;
    return ItemResult{*outcome, *first, *last, std::string(text)};
}

}  // namespace rightsdesk::store
