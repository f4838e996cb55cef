#include "chaos/sender.h"

#include <stdexcept>

#include "base/hash.h"
#include "bus/key_file.h"
#include "wire/wire.h"

namespace rightsdesk::chaos {

namespace {

constexpr std::chrono::milliseconds kResend{200};
constexpr std::chrono::milliseconds kAfterRetryLater{15};

template <class T>
T have(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

bus::Bytes encoded(const Message& message, const domain::Command& command) {
    domain::Envelope envelope;
    envelope.identity = {message.source, message.sequence};
    envelope.body = command;
    return wire::encode(envelope);
}

// The same number with another body.
domain::Command contradiction_of(domain::Command command) {
    if (auto* notice = std::get_if<domain::SubmitNotice>(&command)) notice->pages += 1;
    else if (auto* wire = std::get_if<domain::ConfirmWire>(&command)) wire->amount = wire->amount + domain::Money(1);
    return command;
}

}  // namespace

Sender::Sender(const DeskUnderFire& desk, bus::Bus& bus, std::string name, const std::filesystem::path& journals)
    : desk_(desk), bus_(bus), name_(std::move(name)), journal_(journals / (name_ + ".jsonl")) {
    connect();
}

void Sender::connect() {
    doors_.clear();
    const auto own = have(bus::load_key_pair(desk_.keys() + "/" + name_ + ".key"));
    for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
        auto& doors = doors_[*base::enum_from_text<domain::ServiceName>(service)];
        const auto server = have(bus::load_public_key(desk_.keys() + "/" + service + ".key"));
        for (const std::string& instance : desk_.instances_of(service)) doors.push_back(have(bus_.knock({desk_.door_of(instance), server}, own)));
    }
}

void Sender::journal(const nlohmann::json& line) {
    journal_ << line.dump() << "\n" << std::flush;
    if (!journal_) throw std::runtime_error("the journal of " + name_ + " cannot be written");
}

void Sender::say(const Message& message, SteadyClock::time_point from) {
    Waiting waiting{message, encoded(message, message.command), Stage::kFirst, from};
    journal({{"said", message.sequence}, {"source", name_}, {"door", base::to_text(message.door)}, {"sha256", base::sha256_hex(waiting.bytes.view())}, {"facts", message.facts}});
    waiting_.emplace(message.sequence, std::move(waiting));
}

// What is said again is said to another instance, while the one before may still be at it.

void Sender::send(Waiting& waiting) {
    const auto& doors = doors_.at(waiting.message.door);
    // A full queue is one more reason to say it again.
    if (const auto sent = doors[(waiting.message.sequence + waiting.sendings++) % doors.size()]->send(waiting.bytes); !sent && !sent.error().worth_retrying()) throw std::runtime_error(sent.error().message);
    waiting.due = SteadyClock::now() + kResend;
}

int Sender::turn() {
    int taken = 0;
    for (auto& [service, doors] : doors_) {
        for (auto& door : doors) {
            for (auto bytes = door->receive(std::chrono::milliseconds(0)); bytes; bytes = door->receive(std::chrono::milliseconds(0))) taken += take(*bytes) ? 1 : 0;
        }
    }
    for (auto& [sequence, waiting] : waiting_) {
        if (SteadyClock::now() >= waiting.due) send(waiting);
    }
    return taken;
}

bool Sender::take(const bus::Bytes& bytes) {
    const auto reply = wire::decode_reply(bytes);
    const auto* receipt = reply ? std::get_if<domain::Receipt>(&reply->body) : nullptr;
    if (receipt == nullptr) {
        journal({{"unreadable", base::to_hex(bytes.view())}});
        return false;
    }
    const std::uint64_t sequence = reply->identity.sequence;
    const auto found = waiting_.find(sequence);
    if (receipt->kind == domain::ReceiptKind::kRetryLater) {
        if (found == waiting_.end()) return false;
        found->second.due = SteadyClock::now() + kAfterRetryLater;
        found->second.put_off = receipt->explanation;
        return false;
    }
    journal({{"receipt", sequence}, {"source", name_}, {"reply", base::to_hex(bytes.view())}});
    if (found == waiting_.end()) return false;  // an answer to a repetition
    Waiting& waiting = found->second;
    const bool conflict = receipt->kind == domain::ReceiptKind::kConflict;
    if (!conflict) receipts_.insert_or_assign(sequence, *receipt);
    if ((waiting.stage == Stage::kContradiction) != conflict) return false;  // not to what was said last
    if (waiting.stage == Stage::kFirst && waiting.message.echoed) {
        waiting.stage = Stage::kEcho;
        waiting.due = SteadyClock::now();
    } else if (waiting.stage != Stage::kContradiction && waiting.message.contradicted) {
        waiting.stage = Stage::kContradiction;
        waiting.bytes = encoded(waiting.message, contradiction_of(waiting.message.command));
        waiting.due = SteadyClock::now();
        journal({{"contradicted", sequence}, {"source", name_}, {"sha256", base::sha256_hex(waiting.bytes.view())}});
    } else {
        settle(found);
    }
    return true;
}

void Sender::settle(std::map<std::uint64_t, Waiting>::iterator settled) {
    settled_.push_back(std::move(settled->second.message));
    waiting_.erase(settled);
}

void Sender::say_again(Dice& dice, int count) {
    for (int one = 0; one < count && !settled_.empty(); ++one) {
        Message message = dice.one_of(settled_);
        message.contradicted = false;
        const std::uint64_t sequence = message.sequence;
        bus::Bytes bytes = encoded(message, message.command);
        waiting_.try_emplace(sequence, Waiting{std::move(message), std::move(bytes), Stage::kEcho, SteadyClock::now()});
    }
}

std::string Sender::waits_for() const {
    std::string text;
    for (const auto& [sequence, waiting] : waiting_) {
        text += " " + name_ + "." + std::to_string(sequence) + " (" + waiting.message.facts.at("kind").get<std::string>() + ", " + (waiting.put_off.empty() ? "no answer" : waiting.put_off) + ")";
    }
    return text;
}

void Sender::restart() {
    connect();
    for (auto& [sequence, waiting] : waiting_) waiting.due = SteadyClock::now();
}

const domain::Receipt* Sender::receipt(std::uint64_t sequence) const {
    const auto found = receipts_.find(sequence);
    return found == receipts_.end() ? nullptr : &found->second;
}

}  // namespace rightsdesk::chaos
