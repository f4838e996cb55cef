#include "benchmark/board/bank.h"

#include <stdexcept>

#include "benchmark/must.h"
#include "benchmark/notices.h"
#include "bus/key_file.h"
#include "domain/civil.h"
#include "wire/wire.h"

namespace rightsdesk::benchmark {

namespace {

constexpr const char* kBank = "bank-1";
constexpr std::size_t kWires = 512;  // on their way
constexpr std::chrono::milliseconds kMoment{100};
constexpr std::chrono::seconds kWirePatience{30};

domain::ConfirmWire wire_for(std::uint64_t number) {
    domain::ConfirmWire wire;
    wire.account = "021000018/890-0032-147";
    wire.amount = money_of(number);
    wire.currency = "USD";
    wire.credited_at = must(domain::parse_instant(kTime));
    wire.institution = "Harbor Securities Corp.";
    wire.references.imad = confirmation_of(number);
    wire.message_id = "bench-" + std::to_string(number);
    return wire;
}

}  // namespace

Bank::Bank(const Desk& desk) {
    const std::string keys = (desk.folder() / "keys").string();
    const auto own = must(bus::load_key_pair(keys + "/" + kBank + ".key"));
    door_ = must(bus_.knock({"ipc://" + (desk.folder() / "run/payment_clearing.door").string(), must(bus::load_public_key(keys + "/payment_clearing.key"))}, own));
}

void Bank::pay(std::uint64_t first, std::uint64_t last) {
    last_receipt_ = Clock::now();
    for (std::uint64_t number = first; number <= last || !on_their_way_.empty();) {
        for (; number <= last && on_their_way_.size() < kWires; ++number) {
            const domain::Envelope envelope{{kBank, sent_ + 1}, "", domain::Command(wire_for(number))};
            if (!door_->send(wire::encode(envelope))) break;
            on_their_way_.insert(++sent_);
        }
        take_receipts(kMoment);
    }
}

void Bank::take_receipts(std::chrono::milliseconds wait) {
    for (auto bytes = door_->receive(wait); bytes; bytes = door_->receive(std::chrono::milliseconds(0))) {
        const auto reply = must(wire::decode_reply(*bytes));
        const auto* receipt = std::get_if<domain::Receipt>(&reply.body);
        if (receipt == nullptr || receipt->kind != domain::ReceiptKind::kAccepted) throw std::runtime_error("a wire was not accepted: " + (receipt == nullptr ? "" : receipt->explanation));
        on_their_way_.erase(reply.identity.sequence);
        last_receipt_ = Clock::now();
    }
    if (Clock::now() - last_receipt_ > kWirePatience) throw std::runtime_error("no receipt for a wire in 30 s");
}

}  // namespace rightsdesk::benchmark
