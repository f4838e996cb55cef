// The FCALL of one batch, and what its reply says: the caller's side of commit.lua.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace rightsdesk::store {

inline constexpr std::string_view kCommitProtocol = "4";  // as in commit.lua

// "{<log>}:<part>": the hash tag keeps all keys of a log in one slot.
std::string log_key(std::string_view log, std::string_view part);

// The arguments of the call. They point into the batch, which must outlive them, and into texts of their own.
class CommitCall {
public:
    explicit CommitCall(const Batch& batch);
    CommitCall(const CommitCall&) = delete;
    CommitCall& operator=(const CommitCall&) = delete;
    [[nodiscard]] const std::vector<std::string_view>& arguments() const { return arguments_; }

private:
    void add(std::string_view argument) { arguments_.push_back(argument); }
    void add_own(std::string text) { arguments_.push_back(own_texts_.emplace_back(std::move(text))); }
    void add_number(std::uint64_t number) { add_own(std::to_string(number)); }
    void add_item(const Item& item, std::size_t earlier);  // how many stand before it

    std::vector<std::string_view> arguments_;
    std::deque<std::string> own_texts_;  // a deque, because its elements stay where they are
};

// "<outcome>:<first>:<last>:<detail>"; nothing when it is not that.
std::optional<ItemResult> parse_item_result(std::string_view text);

// A number as the store writes it: decimal, nothing before or after, at most 19 digits.
std::optional<std::uint64_t> parse_number(std::string_view text);
// Takes "<number>:" off the front of `text`; nothing when it does not begin so.
std::optional<std::uint64_t> take_number(std::string_view& text);

}  // namespace rightsdesk::store
