#include "client/sender.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "wire/wire.h"

namespace rightsdesk::client {

base::Result<std::unique_ptr<Sender>> Sender::open(bus::Bus& bus, std::unique_ptr<JournalFiles> files, const std::string& source, const Doors& doors,
                                                   const bus::KeyPair& own, const SenderLimits& limits) {
    if (source.empty() || source.size() > kMaxNameOctets) return base::invalid("a sender's name has 1 to " + std::to_string(kMaxNameOctets) + " octets");
    std::unique_ptr<Sender> sender(new Sender(bus, source, limits));
    for (const auto& [name, endpoints] : doors) {
        auto line = DoorLine::connect(bus, endpoints, own, limits.window);
        if (!line) return tl::unexpected(line.error());
        sender->lines_.emplace(name, std::move(*line));
    }
    auto journal = Journal::open(std::move(files), source, limits.journal);
    if (!journal) return tl::unexpected(journal.error());
    sender->journal_ = std::move(*journal);
    if (const auto taken = sender->take_up_pending(); !taken) return tl::unexpected(taken.error());
    return sender;
}

base::Result<> Sender::take_up_pending() {
    const auto now = Clock::now();
    for (const auto& [number, message] : journal_->unsettled()) {
        const auto line = lines_.find(message.door);
        if (line == lines_.end()) return base::invalid("the journal has number " + std::to_string(number) + " for the door '" + message.door + "', which was not named");
        Way& way = ways_[number];
        way.line = line->second.get();
        way.label = message.label;
        way.octets = message.place.octets;
        way.stamp = message.stamp;
        way.submitted = now;
        octets_ += way.octets;
        if (way.stamp) stamps_.insert(*way.stamp);
        way.line->enqueue(number);
    }
    return {};
}

bool Sender::has_room() const { return ways_.size() < limits_.unsettled && octets_ < limits_.unsettled_octets; }

base::Result<std::uint64_t> Sender::submit(const Outgoing& outgoing) {
    const std::uint64_t number = next_number();
    const domain::Envelope envelope{{source_, number}, outgoing.operator_name, outgoing.command};
    const auto submitted = submit_encoded({number, outgoing.door, wire::encode(envelope), outgoing.stamp, outgoing.label, outgoing.behind_watermark});
    if (!submitted) return tl::unexpected(submitted.error());
    return number;
}

base::Result<> Sender::submit_encoded(Encoded encoded) {
    if (!has_room()) return base::unavailable("too much is unanswered: " + std::to_string(ways_.size()) + " messages of " + std::to_string(octets_) + " octets");
    if (encoded.number < next_number()) {
        return base::failure(base::ErrorKind::kConflict, source_ + "." + std::to_string(encoded.number) + " was used before; the next number is " + std::to_string(next_number()));
    }
    const auto line = lines_.find(encoded.door);
    if (line == lines_.end()) return base::invalid("there is no door '" + encoded.door + "' to send to");
    if (encoded.bytes.size() > bus::kMaxMessageOctets || encoded.label.size() > kMaxLabelOctets) {
        return base::invalid("a message of " + std::to_string(encoded.bytes.size()) + " octets under a name of " + std::to_string(encoded.label.size()) + "; " +
                             std::to_string(bus::kMaxMessageOctets) + " and " + std::to_string(kMaxLabelOctets) + " are allowed");
    }
    if (encoded.stamp && watermark() && *encoded.stamp <= *watermark() && !encoded.behind_watermark) {
        return base::failure(base::ErrorKind::kConflict, "it is stamped at or before the watermark, which says that all of that has its receipt");
    }
    Message message{encoded.number, encoded.door, encoded.label, encoded.stamp, encoded.through, std::move(encoded.bytes)};
    journal_->add(message);
    Way& way = ways_[message.number];
    way.line = line->second.get();
    way.label = std::move(message.label);
    way.bytes = std::move(message.bytes);
    way.octets = way.bytes.size();
    way.stamp = message.stamp;
    way.submitted = Clock::now();
    octets_ += way.octets;
    if (way.stamp) stamps_.insert(*way.stamp);
    fresh_.push_back(message.number);
    return {};
}

base::Result<> Sender::keep() {
    // What is settled by it is told by the next turn.
    auto settled = synchronise();
    if (!settled) return tl::unexpected(settled.error());
    std::move(settled->begin(), settled->end(), std::back_inserter(told_late_));
    return {};
}

// The fresh messages may be sent after it, and what was filed is settled.
base::Result<std::vector<Settled>> Sender::synchronise() {
    std::vector<Settled> settled;
    if (!journal_->unsynced()) return settled;
    const auto numbers = journal_->sync();
    if (!numbers) return tl::unexpected(numbers.error());
    ++counts_.synchronisations;
    for (const std::uint64_t number : fresh_) ways_.at(number).line->enqueue(number);
    fresh_.clear();
    const auto now = Clock::now();
    settled.swap(filed_);
    for (Settled& each : settled) {
        const auto way = ways_.find(each.number);
        each.settled_after = now - way->second.submitted;
        octets_ -= way->second.octets;
        if (way->second.stamp) stamps_.erase(stamps_.find(*way->second.stamp));
        ways_.erase(way);
    }
    return settled;
}

base::Result<std::vector<Settled>> Sender::turn(std::chrono::milliseconds wait) {
    auto settled = synchronise();
    if (!settled) return settled;
    settled->insert(settled->begin(), std::make_move_iterator(told_late_.begin()), std::make_move_iterator(told_late_.end()));
    told_late_.clear();
    for (const auto& [name, line] : lines_) {
        line->look_for_silence(Clock::now());
        if (const auto sent = send_window(*line); !sent) {
            told_late_ = std::move(*settled);
            return tl::unexpected(sent.error());
        }
    }
    if (settled->empty()) wait_for_answers(wait);
    for (const auto& [name, line] : lines_) {
        if (const auto received = receive_from(*line); !received) counts_.last_problem = received.error().message;
    }
    return settled;
}

base::Result<bus::Bytes> Sender::bytes_of(std::uint64_t number) {
    const auto way = ways_.find(number);
    if (way == ways_.end()) return base::failure(base::ErrorKind::kNotFound, source_ + " has no unsettled message " + std::to_string(number));
    return way->second.bytes.empty() ? journal_->read(number) : way->second.bytes;
}

base::Result<> Sender::send_window(DoorLine& line) {
    const auto now = Clock::now();
    for (std::uint64_t number = line.next_to_send(now); number != 0; number = line.next_to_send(now)) {
        Way& way = ways_.at(number);
        if (way.bytes.empty()) {
            auto bytes = journal_->read(number);
            if (!bytes) return tl::unexpected(bytes.error());
            way.bytes = std::move(*bytes);
        }
        if (!line.send(number, way.bytes, now)) return {};
        if (way.first_sent == Clock::time_point{}) way.first_sent = now;
        else ++counts_.resent;
    }
    return {};
}

void Sender::wait_for_answers(std::chrono::milliseconds wait) {
    const auto now = Clock::now();
    auto until = now + wait;
    for (const auto& [name, line] : lines_) until = std::min(until, line->next_due(now));
    bus_.wait(std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(until - now)));
}

base::Result<> Sender::receive_from(DoorLine& line) {
    const auto answers = line.receive(limits_.answers_a_turn);
    if (answers.empty()) return {};
    const auto now = Clock::now();
    std::vector<Settled> final;
    for (const bus::Bytes& bytes : answers) {
        if (auto answer = final_answer(line, bytes, now)) final.push_back(std::move(*answer));
    }
    if (final.empty()) return {};
    if (handover_) {
        if (const auto taken = handover_(final); !taken) {
            for (const Settled& answer : final) {
                ways_.at(answer.number).filed = false;
                line.asked_to_wait(answer.number, now);
            }
            return taken;
        }
    }
    for (Settled& answer : final) {
        line.answered(answer.number, now);
        journal_->file(answer.number, answer.reply);
        filed_.push_back(std::move(answer));
    }
    return {};
}

// Nothing for what is no final answer to a message that has none yet.
std::optional<Settled> Sender::final_answer(DoorLine& line, const bus::Bytes& bytes, Clock::time_point now) {
    auto reply = wire::decode_reply(bytes);
    const auto* receipt = reply ? std::get_if<domain::Receipt>(&reply->body) : nullptr;
    if (receipt == nullptr) {
        counts_.last_problem = reply ? "the door answers a command with something else than a receipt" : "the door's answer cannot be read: " + reply.error().message;
        return std::nullopt;
    }
    const std::uint64_t number = number_of(line, reply->identity);
    const auto found = ways_.find(number);
    // The answer to what was never sent is no answer.
    if (number == 0 || found->second.filed || found->second.line != &line || found->second.first_sent == Clock::time_point{}) return std::nullopt;
    if (receipt->kind == domain::ReceiptKind::kRetryLater) {
        ++counts_.retries_later;
        counts_.last_problem = receipt->explanation;
        line.asked_to_wait(number, now);
        return std::nullopt;
    }
    Way& way = found->second;
    way.filed = true;
    return Settled{number, way.label, *receipt, bytes, now - way.first_sent, {}};
}

// The unsettled message that an identity is of; 0: none. A door that cannot read a message answers under what its bytes give.
std::uint64_t Sender::number_of(const DoorLine& line, const domain::Identity& identity) {
    if (identity.source == source_) return ways_.contains(identity.sequence) ? identity.sequence : 0;
    for (auto& [number, way] : ways_) {
        if (way.line != &line || way.bytes.empty()) continue;
        if (way.undecodable.source.empty()) way.undecodable = domain::undecodable_identity(source_, way.bytes);
        if (way.undecodable == identity) return number;
    }
    return 0;
}

void Sender::declare(domain::Instant through) { declared_ = std::max(declared_.value_or(through), through); }

std::optional<domain::Instant> Sender::watermark_due() const {
    if (!declared_) return std::nullopt;
    const domain::Instant settled = stamps_.empty() ? *declared_ : std::min(*declared_, domain::Instant(stamps_.begin()->value - 1));
    return watermark() && settled <= *watermark() ? std::nullopt : std::optional(settled);
}

base::Result<std::uint64_t> Sender::advance_watermark(const std::string& door) {
    const auto due = watermark_due();
    if (!due) return 0;
    const std::uint64_t number = next_number();
    const domain::Envelope envelope{{source_, number}, "", domain::Command(domain::AdvanceWatermark{*due})};
    const auto submitted = submit_encoded({number, door, wire::encode(envelope), std::nullopt, "", false, due});
    if (!submitted) return tl::unexpected(submitted.error());
    return number;
}

base::Result<> Sender::tell_watermark(std::optional<domain::Instant>& wanted, const std::string& door) {
    if (!wanted) return {};
    declare(*wanted);
    if (!has_room()) return {};
    if (watermark_due() && watermark_due() != wanted) return {};  // receipts are missing
    wanted.reset();
    const auto told = advance_watermark(door);
    return told ? base::Result<>() : tl::unexpected(told.error());
}

SenderStatus Sender::status() const {
    SenderStatus status = counts_;
    status.unsettled = ways_.size();
    status.unsettled_octets = octets_;
    for (const auto& [name, line] : lines_) {
        status.on_their_way += line->on_their_way();
        status.window += line->window();
        status.silent = status.silent || line->is_silent();
    }
    return status;
}

}  // namespace rightsdesk::client
