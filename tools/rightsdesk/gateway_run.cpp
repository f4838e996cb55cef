#include "rightsdesk/gateway_run.h"

#include <algorithm>

#include "client/turn_after_taking.h"
#include "runtime/json.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

std::string receipt_file(const std::string& name, const std::string& id, const domain::Receipt& receipt) {
    return runtime::json_text(runtime::Json{{"document", name}, {"id", id}, {"receipt", runtime::to_json(receipt)}}) + "\n";
}

GatewayRun::GatewayRun(Spool& spool, client::Sender& sender, GatewaySettings settings, std::function<std::optional<domain::Instant>()> now, GatewayEvents events)
    : spool_(spool), sender_(sender), settings_(std::move(settings)), now_(std::move(now)), events_(std::move(events)) {
    sender_.hand_over_to([this](const std::vector<client::Settled>& answers) { return keep_receipts(answers); });
}

// What the journal has and sent/ has not was being moved when this gateway died.
base::Result<> GatewayRun::recover() {
    for (const auto& [number, message] : sender_.journal().unsettled()) {
        if (message.label.empty() || spool_.is_sent(message.label, id_of(number))) continue;
        if (!spool_.is_half_sent(message.label, id_of(number))) {
            const auto same = is_the_claimed(number, message.label);
            if (!same) return tl::unexpected(same.error());
            if (!*same) {
                trouble(id_of(number) + " was taken from in/" + message.label + ", which is not there any more: its bytes are in the journal, and it is sent");
                continue;
            }
        }
        claims_.push_back({message.label, id_of(number)});
    }
    return {};
}

// Somebody may have put another document under the same name.
base::Result<bool> GatewayRun::is_the_claimed(std::uint64_t number, const std::string& name) {
    const auto item = spool_.read(name, settings_.source);
    if (!item) return false;
    const auto bytes = sender_.bytes_of(number);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto envelope = wire::decode_envelope(*bytes);
    if (!envelope) return tl::unexpected(envelope.error());
    const auto* command = std::get_if<domain::Command>(&envelope->body);
    return command != nullptr && *command == item->command;
}

bool GatewayRun::is_idle() const { return scanned_ && queue_.empty() && claims_.empty() && sender_.status().unsettled == 0; }

void GatewayRun::trouble(const std::string& text) {
    if (text == last_trouble_) return;
    last_trouble_ = text;
    if (!text.empty()) events_.trouble(text);
}

base::Result<std::size_t> GatewayRun::step(std::chrono::milliseconds wait) {
    const auto taken = take();
    const client::TurnAfterTaking turn{"nothing more is taken from the spool", "nothing more is sent", !claims_.empty(), wait, wait};
    const auto sent = client::turn_after_taking(sender_, taken, turn, [this](const std::string& text) { trouble(text); });
    if (!sent) return tl::unexpected(sent.error());
    if (!sent->settled) return sent->done;
    for (const client::Settled& each : *sent->settled) events_.receipt(each.label, each);
    const auto status = sender_.status();
    if (taken) trouble(status.silent ? "no door answers; " + std::to_string(status.unsettled) + " messages wait for their receipts" : status.unsettled > 0 ? status.last_problem : "");
    return sent->done;
}

base::Result<std::size_t> GatewayRun::take() {
    if (const auto finished = finish_claims(); !finished) return tl::unexpected(finished.error());
    if (queue_.empty() && Clock::now() >= next_scan_) {
        if (const auto looked = scan(); !looked) return tl::unexpected(looked.error());
    }
    std::size_t taken = 0;
    while (!queue_.empty() && sender_.has_room()) {
        const auto one = take_one(queue_.front());
        if (!one) return tl::unexpected(one.error());
        queue_.pop_front();
        if (*one) ++taken;
    }
    if (const auto finished = finish_claims(); !finished) return tl::unexpected(finished.error());
    if (queue_.empty()) {
        if (const auto told = sender_.tell_watermark(declare_, settings_.watermark_door); !told) return tl::unexpected(told.error());
    }
    return taken;
}

base::Result<> GatewayRun::scan() {
    const auto now = Clock::now();
    const bool watermark = now >= next_watermark_ && settings_.watermark_every.count() > 0;
    // The time before the look: what comes in after it is stamped later, less what the operator allows.
    const auto desk_time = watermark ? now_() : std::nullopt;
    const auto listing = spool_.list();
    const auto refused = spool_.refused();
    if (!listing) return tl::unexpected(listing.error());
    if (!refused) return tl::unexpected(refused.error());
    queue_.assign(listing->ready.begin(), listing->ready.end());
    scanned_ = queue_.empty();
    left_behind_ = listing->without_sidecar.size() + refused->size();
    next_scan_ = queue_.empty() ? now + settings_.rescan : now;
    if (!watermark) return {};
    next_watermark_ = now + settings_.watermark_every;
    const auto behind = std::chrono::duration_cast<std::chrono::nanoseconds>(settings_.watermark_behind).count();
    if (left_behind_ > 0) {
        trouble("the watermark waits: " + std::to_string(refused->size()) + " documents are in refused/ and " + std::to_string(listing->without_sidecar.size()) + " in in/ have no sidecar");
    } else if (desk_time) {
        declare_ = domain::Instant(desk_time->value - behind);
        const auto earliest = settings_.not_in_yet ? settings_.not_in_yet() : std::nullopt;
        if (earliest) declare_ = std::min(*declare_, domain::Instant(earliest->value - 1));
    }
    return {};
}

// Whether it was taken; refused where it cannot be sent, left where it lies when it cannot be read now.
base::Result<bool> GatewayRun::take_one(const std::string& name) {
    const auto item = spool_.read(name, settings_.source);
    if (!item && item.error().kind != base::ErrorKind::kInvalid) {
        declare_.reset();
        trouble(name + " cannot be read and stays in in/: " + item.error().message);
        return false;
    }
    std::string why = item ? "" : item.error().message;
    if (item) {
        const bool behind = sender_.watermark() && item->stamp <= *sender_.watermark();
        const auto number = sender_.submit({base::to_text(item->door), item->command, item->stamp, name, "", behind});
        if (number) {
            claims_.push_back({name, id_of(*number)});
            if (behind) trouble(name + " is stamped at or before the watermark told (" + domain::instant_text(*sender_.watermark()) + "); it is sent all the same: --watermark-behind is too short");
            return true;
        }
        if (number.error().kind != base::ErrorKind::kInvalid) return tl::unexpected(number.error());
        why = number.error().message;
    }
    declare_.reset();  // it has no receipt
    ++left_behind_;
    if (const auto refused = spool_.refuse(name, why); !refused) return tl::unexpected(refused.error());
    events_.refused(name, why);
    return false;
}

base::Result<> GatewayRun::finish_claims() {
    if (claims_.empty()) return {};
    if (const auto kept = sender_.keep(); !kept) return kept;
    for (const Claim& claim : claims_) {
        if (const auto moved = spool_.move_to_sent(claim.name, claim.id); !moved) return moved;
    }
    if (const auto synced = spool_.sync_moves(); !synced) return synced;
    claims_.clear();
    return {};
}

base::Result<> GatewayRun::keep_receipts(const std::vector<client::Settled>& answers) {
    std::vector<SpoolReceipt> receipts;
    receipts.reserve(answers.size());
    for (const client::Settled& answer : answers) {
        if (!answer.label.empty()) receipts.push_back({answer.label, id_of(answer.number), receipt_file(answer.label, id_of(answer.number), answer.receipt)});
    }
    return receipts.empty() ? base::Result<>() : spool_.keep_receipts(receipts);
}

}  // namespace rightsdesk::tools
