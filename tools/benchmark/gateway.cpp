#include "benchmark/gateway.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "benchmark/must.h"
#include "bus/key_file.h"
#include "domain/book.h"
#include "wire/wire.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::chrono::milliseconds kSlice{100};
constexpr std::chrono::seconds kReceiptPatience{30};  // without any receipt
constexpr std::chrono::seconds kFeedPatience{1};      // after the last receipt; then the log is asked
// The bus waits in whole milliseconds: shortly before a moment it is asked again and again, and the processor spared in between.
constexpr std::chrono::milliseconds kShortly{2};
constexpr std::chrono::microseconds kNap{100};

}  // namespace

Gateway::Gateway(const Desk& desk) : desk_(desk) {
    const std::string keys = (desk.folder() / "keys").string();
    own_ = must(bus::load_key_pair(keys + "/" + kGateway + ".key"));
    intake_key_ = must(bus::load_public_key(keys + "/intake.key"));
    door_ = must(bus_.knock({desk.intake_door(), intake_key_}, own_));
}

Handover Gateway::send(const std::vector<PreparedNotice>& notices, std::size_t window) {
    begin();
    const auto started = Clock::now();
    for (auto next = notices.begin(); next != notices.end() || !on_their_way_.empty();) {
        while (next != notices.end() && on_their_way_.size() < window && send_one(*next, Clock::now())) ++next;
        take_receipts(kSlice);
    }
    return end(notices.size(), started);
}

Handover Gateway::send_and_follow(const std::vector<PreparedNotice>& notices, std::size_t window) {
    start_following();
    begin();
    const auto started = Clock::now();
    for (auto next = notices.begin(); next != notices.end() || !on_their_way_.empty();) {
        while (next != notices.end() && on_their_way_.size() < window && send_one(*next, Clock::now())) ++next;
        take_receipts(kSlice);
        follow();
    }
    Handover handed = end(notices.size(), started);
    const store::Sequence first = receipts_.at(notices.front().sequence);
    const store::Sequence last = receipts_.at(notices.back().sequence);
    for (const auto patience = Clock::now() + kFeedPatience; !read_.contains(last) && Clock::now() < patience;) {
        static_cast<void>(bus_.wait(kSlice));
        follow();
    }
    store::RedisStore store(desk_.redis("reader"));
    for (store::Sequence after = first - 1; after < last; ++after) {
        if (read_.contains(after + 1)) continue;
        if (must(store.read_log(notices.front().log, after, 1)).empty()) throw std::runtime_error("record " + std::to_string(after + 1) + " is nowhere");
        ++handed.lost_by_feed;
    }
    handed.took = Clock::now() - started;
    feed_.reset();
    return handed;
}

// Only while it is asked for: a listener costs intake's feed a message each. Heard are the heads, four a second, once it is connected.
void Gateway::start_following() {
    read_.clear();
    feed_ = must(bus_.listen({{desk_.intake_feed(), intake_key_}}, own_, {"event/", "head/"}));
    for (const auto patience = Clock::now() + kReceiptPatience; feed_->receive(1).empty();) {
        if (Clock::now() > patience) throw std::runtime_error("intake's feed is not heard");
        static_cast<void>(bus_.wait(kSlice));
    }
}

void Gateway::follow() {
    constexpr std::size_t kAtOnce = 64;
    for (auto heard = feed_->receive(kAtOnce); !heard.empty(); heard = feed_->receive(kAtOnce)) {
        for (const bus::FeedMessage& message : heard) {
            if (!message.topic.starts_with("event/")) continue;
            for (const auto& published : must(wire::decode_published_records(message.bytes)).records) {
                static_cast<void>(must(wire::decode_record(published.record, nullptr)));
                read_.insert(published.sequence);
            }
        }
    }
}

// Latencies are from the moment at which the pace has a notice sent, whenever it is: what a full queue or a slow turn puts off is part of them.
Handover Gateway::send_paced(const std::vector<PreparedNotice>& notices, std::size_t a_second) {
    begin();
    const auto started = Clock::now();
    const Nanoseconds gap(1'000'000'000 / static_cast<std::int64_t>(a_second));
    auto moment = started;
    for (auto next = notices.begin(); next != notices.end() || !on_their_way_.empty();) {
        for (; next != notices.end() && moment <= Clock::now() && send_one(*next, moment); ++next) moment += gap;
        take_receipts_until(next == notices.end() ? Clock::now() + kSlice : moment);
    }
    return end(notices.size(), started);
}

void Gateway::begin() {
    latencies_ = {};
    retries_ = 0;
    last_receipt_ = Clock::now();
}

Handover Gateway::end(std::size_t notices, Clock::time_point started) {
    return {notices, last_receipt_ - started, figures_of(std::move(latencies_)), retries_};
}

// False when the queue to the door is full. Its latency counts from `due`.
bool Gateway::send_one(const PreparedNotice& notice, Clock::time_point due) {
    if (const auto sent = door_->send(notice.envelope); !sent) {
        if (sent.error().kind != base::ErrorKind::kUnavailable) throw std::runtime_error(sent.error().message);
        return false;
    }
    on_their_way_.try_emplace(notice.sequence, OnItsWay{&notice, due});
    return true;
}

void Gateway::take_receipts(std::chrono::milliseconds wait) {
    for (auto bytes = door_->receive(wait); bytes; bytes = door_->receive(std::chrono::milliseconds(0))) take(must(wire::decode_reply(*bytes)));
    if (Clock::now() - last_receipt_ > kReceiptPatience) throw std::runtime_error("no receipt for 30 s; " + std::to_string(on_their_way_.size()) + " notices wait for theirs");
}

// Returns earlier when one has come.
void Gateway::take_receipts_until(Clock::time_point moment) {
    const auto left = moment - Clock::now();
    if (left > kShortly) return take_receipts(std::min(std::chrono::floor<std::chrono::milliseconds>(left) - kShortly / 2, kSlice));
    take_receipts(std::chrono::milliseconds(0));
    std::this_thread::sleep_until(std::min(moment, Clock::now() + kNap));
}

void Gateway::take(const domain::Reply& reply) {
    const auto found = on_their_way_.find(reply.identity.sequence);
    const auto* receipt = std::get_if<domain::Receipt>(&reply.body);
    if (found == on_their_way_.end() || receipt == nullptr) throw std::runtime_error("an answer to nothing that was asked");
    const PreparedNotice& notice = *found->second.notice;
    last_receipt_ = Clock::now();
    if (receipt->kind == domain::ReceiptKind::kRetryLater) {
        ++retries_;
        if (const auto sent = door_->send(notice.envelope); !sent) throw std::runtime_error(sent.error().message);
        return;
    }
    latencies_.add(last_receipt_ - found->second.due);
    check(*receipt, notice);
    on_their_way_.erase(found);
}

void Gateway::check(const domain::Receipt& receipt, const PreparedNotice& notice) {
    const std::string subject = domain::notice_name(std::string(kGateway) + "." + std::to_string(notice.sequence));
    const bool says_why = notice.reason.empty() || std::find(receipt.reasons.begin(), receipt.reasons.end(), notice.reason) != receipt.reasons.end();
    if (receipt.kind != notice.expected || receipt.subject != subject || receipt.log != notice.log || !says_why ||
        !receipts_.emplace(notice.sequence, receipt.sequence).second) {
        throw std::runtime_error("the receipt of " + subject + " is not as expected: " + base::to_text(receipt.kind) + " " + receipt.subject + " " + receipt.log + " " +
                                 receipt.status + " " + receipt.explanation);
    }
}

}  // namespace rightsdesk::benchmark
