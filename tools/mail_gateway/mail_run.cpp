#include "mail_gateway/mail_run.h"

#include <algorithm>

#include "client/turn_after_taking.h"
#include "domain/civil.h"
#include "rightsdesk/gateway_run.h"

namespace rightsdesk::mail_gateway {

namespace {

// All items of a message are journalled before any is sent, so there is room for the largest message beside what waits.
constexpr std::size_t kMessageItems = MimeLimits().parts + 1;
constexpr std::size_t kMessageOctets = 2 * MimeLimits().octets;
constexpr std::size_t kUnsettledOctets = 64U * 1024U * 1024U;
constexpr std::size_t kUnsettled = 8'192;
static_assert(kUnsettled > kMessageItems);

runtime::Json record_of(const ReceivedMail& mail, const MailItems& items, const std::string& claims, const std::map<std::string, std::string>& ids) {
    runtime::Json sent = runtime::Json::array();
    for (const MailItem& item : items.items) {
        const auto id = ids.find(item.name);
        sent.push_back({{"item", item.name}, {"id", id == ids.end() ? "" : id->second}, {"door", base::to_text(item.sent.door)}, {"stamp", domain::instant_text(item.sent.stamp)}, {"note", item.note}});
    }
    runtime::Json aside = runtime::Json::array();
    for (const SetAside& each : items.aside) aside.push_back({{"item", each.name}, {"why", each.why}});
    return {{"id", mail.id}, {"stamp", domain::instant_text(mail.stamp)}, {"by", mail.by}, {"mail_room", mail.mail_room}, {"recipients", mail.recipients},
            {"claimed", runtime::Json{{"sender", mail.sender}, {"headers", claims}}}, {"items", sent}, {"aside", aside}, {"parts", items.parts}, {"notes", items.notes}};
}

}  // namespace

client::SenderLimits mail_sender_limits() {
    client::SenderLimits limits;
    limits.unsettled = kUnsettled;
    limits.unsettled_octets = kUnsettledOctets + kMessageOctets;
    return limits;
}

MailRun::MailRun(Parts parts, std::vector<Maildir> maildirs, MailRunSettings settings, MailEvents events)
    : parts_(parts), maildirs_(std::move(maildirs)), settings_(std::move(settings)), events_(std::move(events)) {
    parts_.sender.hand_over_to([this](const std::vector<client::Settled>& answers) { return keep_receipts(answers); });
}

// What died between the journal and taken/ is taken first, before anything is sent.
base::Result<> MailRun::recover() {
    const auto waiting = parts_.intray.list();
    if (!waiting) return tl::unexpected(waiting.error());
    const std::set<std::string> here(waiting->begin(), waiting->end());
    for (const auto& [number, message] : parts_.sender.journal().unsettled()) {
        const std::string id = message.label.substr(0, message.label.find('.'));
        if (message.label.empty() || !here.contains(id)) continue;
        journalled_[message.label] = number;
        if (std::find(queue_.begin(), queue_.end(), id) == queue_.end()) queue_.push_back(id);
    }
    return {};
}

bool MailRun::is_idle() const { return looked_ && queue_.empty() && claims_.empty() && parts_.sender.status().unsettled == 0; }

void MailRun::trouble(const std::string& text) {
    if (text == last_trouble_) return;
    last_trouble_ = text;
    if (!text.empty()) events_.trouble(text);
}

base::Result<std::size_t> MailRun::step(std::chrono::milliseconds wait) {
    const auto taken = take();
    // What was journalled before a crash may not be sent before it is moved either.
    const bool holds = !claims_.empty() || !journalled_.empty();
    const client::TurnAfterTaking turn{"no message is taken", "nothing is sent", holds, wait, queue_.empty() ? wait : std::chrono::milliseconds(0)};
    const auto sent = client::turn_after_taking(parts_.sender, taken, turn, [this](const std::string& text) { trouble(text); });
    if (!sent) return tl::unexpected(sent.error());
    if (!sent->settled) return sent->done;
    for (const client::Settled& each : *sent->settled) events_.receipt(each.label, each);
    const auto status = parts_.sender.status();
    if (taken) trouble(status.silent ? "no door answers; " + std::to_string(status.unsettled) + " items wait for their receipts" : status.unsettled > 0 ? status.last_problem : "");
    return sent->done;
}

base::Result<std::size_t> MailRun::take() {
    if (const auto finished = finish_claims(); !finished) return tl::unexpected(finished.error());
    std::size_t done = 0;
    if (queue_.empty() && Clock::now() >= next_look_) {
        const auto kept = look();
        if (!kept) return kept;
        done += *kept;
    }
    // One at a time: pages may take minutes, and receipts wait meanwhile. What a crash left goes first, all of it.
    for (bool first = true; !queue_.empty() && (first || !journalled_.empty()); first = false) {
        if (!has_room_for_a_message() && journalled_.empty()) break;
        const auto one = take_one(queue_.front());
        if (!one) return tl::unexpected(one.error());
        queue_.pop_front();
        if (*one) ++done;
        if (const auto finished = finish_claims(); !finished) return tl::unexpected(finished.error());
    }
    if (queue_.empty()) {
        journalled_.clear();
        if (const auto told = parts_.sender.tell_watermark(declare_, "intake"); !told) return tl::unexpected(told.error());
    }
    return done;
}

bool MailRun::has_room_for_a_message() const {
    const auto status = parts_.sender.status();
    return status.unsettled + kMessageItems <= kUnsettled && status.unsettled_octets <= kUnsettledOctets;
}

base::Result<std::size_t> MailRun::look() {
    const auto now = Clock::now();
    const bool watermark = now >= next_watermark_ && settings_.watermark_every.count() > 0;
    // Before the look: what is stamped until then is in the list, or was taken.
    const auto stamped = watermark ? parts_.intray.stamped_up_to() : std::nullopt;
    const auto kept = look_into_maildirs();
    const auto waiting = parts_.intray.list();
    const auto aside = parts_.intray.aside();
    for (const auto* error : {kept ? nullptr : &kept.error(), waiting ? nullptr : &waiting.error(), aside ? nullptr : &aside.error()}) {
        if (error != nullptr) return tl::unexpected(*error);
    }
    queue_.assign(waiting->begin(), waiting->end());
    looked_ = queue_.empty();
    left_behind_ = *aside + too_large_.size();
    next_look_ = queue_.empty() ? now + settings_.rescan : now;
    if (watermark) {
        next_watermark_ = now + settings_.watermark_every;
        if (const auto wanted = want_watermark(stamped); !wanted) return tl::unexpected(wanted.error());
    }
    return *kept;
}

base::Result<std::size_t> MailRun::look_into_maildirs() {
    std::size_t kept = 0;
    std::vector<std::string> left;
    for (const Maildir& maildir : maildirs_) {
        // Until all is kept: the watermark is told for what was there.
        for (bool more = true; more;) {
            const auto look = maildir.take(parts_.intray);
            if (!look) return tl::unexpected(base::Error{look.error().kind, maildir.settings().folder + ": " + look.error().message});
            kept += look->kept + look->known;
            more = look->more;
            if (!more) left.insert(left.end(), look->left_behind.begin(), look->left_behind.end());
        }
    }
    if (left != too_large_) {
        for (const std::string& each : left) events_.aside(each.substr(0, each.find(": ")), each);
    }
    too_large_ = std::move(left);
    return kept;
}

base::Result<> MailRun::want_watermark(std::optional<domain::Instant> stamped_up_to) {
    if (left_behind_ > 0) {
        trouble("the watermark waits: " + std::to_string(left_behind_) + " of what came is aside/, or too large in a maildir: a person must look");
        return {};
    }
    if (!stamped_up_to) return {};
    const auto behind = std::chrono::duration_cast<std::chrono::nanoseconds>(settings_.watermark_behind).count();
    declare_ = domain::Instant(stamped_up_to->value - behind);
    return {};
}

// Whether it was taken; aside where it is damaged.
base::Result<bool> MailRun::take_one(const std::string& id) {
    const auto mail = parts_.intray.load(id);
    if (!mail && mail.error().kind == base::ErrorKind::kUnavailable) return tl::unexpected(mail.error());
    if (!mail) {
        declare_.reset();
        ++left_behind_;
        if (const auto aside = parts_.intray.put_mail_aside(id, mail.error().message); !aside) return tl::unexpected(aside.error());
        events_.aside(id, mail.error().message);
        return false;
    }
    std::string claims;
    const auto items = items_of_mail(*mail, claims);
    if (!items) return tl::unexpected(items.error());
    if (const auto submitted = submit(*mail, *items, claims); !submitted) return tl::unexpected(submitted.error());
    events_.taken(id, *items);
    return true;
}

// What a message does to its reader it does in the reader's own process: it can neither end this one nor stop the next message.
base::Result<MailItems> MailRun::items_of_mail(const ReceivedMail& mail, std::string& claims) {
    const auto mime = parts_.mail.read(mail.message);
    if (!mime) return tl::unexpected(mime.error());
    claims = "From: " + mime->from + "; Message-ID: " + mime->message_id;
    return items_of(mail, *mime, parts_.pages, settings_.source);
}

base::Result<> MailRun::submit(const ReceivedMail& mail, const MailItems& items, const std::string& claims) {
    for (const SetAside& each : items.aside) {
        declare_.reset();
        ++left_behind_;
        if (const auto aside = parts_.intray.put_aside(mail.id + "." + each.name, each.octets, each.why); !aside) return aside;
        events_.aside(mail.id + "." + each.name, each.why);
    }
    std::map<std::string, std::string> ids;
    for (const MailItem& item : items.items) {
        const std::string label = mail.id + "." + item.name;
        const auto before = journalled_.find(label);
        if (before != journalled_.end()) {
            ids[item.name] = id_of(before->second);
            continue;
        }
        const auto watermark = parts_.sender.watermark();
        const bool behind = watermark && item.sent.stamp <= *watermark;
        const auto number = parts_.sender.submit({base::to_text(item.sent.door), item.sent.command, item.sent.stamp, label, "", behind});
        if (!number && number.error().kind != base::ErrorKind::kInvalid) return tl::unexpected(number.error());
        if (!number) {
            declare_.reset();
            ++left_behind_;
            if (const auto aside = parts_.intray.put_aside(label, mail.message, number.error().message); !aside) return aside;
            events_.aside(label, number.error().message);
            continue;
        }
        journalled_[label] = *number;  // should the rest have to be tried again
        ids[item.name] = id_of(*number);
        if (behind) trouble(label + " is stamped at or before the watermark told (" + domain::instant_text(*watermark) + "); it is sent all the same: --watermark-behind is too short");
    }
    claims_.push_back({mail.id, runtime::json_text(record_of(mail, items, claims, ids)) + "\n"});
    return {};
}

base::Result<> MailRun::finish_claims() {
    if (claims_.empty()) return {};
    if (const auto kept = parts_.sender.keep(); !kept) return kept;
    while (!claims_.empty()) {
        const Claim& claim = claims_.back();
        if (const auto moved = parts_.intray.move_to_taken(claim.id, claim.record); !moved) return moved;
        std::erase_if(journalled_, [&](const auto& item) { return item.first.starts_with(claim.id + "."); });
        claims_.pop_back();
    }
    return {};
}

base::Result<> MailRun::keep_receipts(const std::vector<client::Settled>& answers) {
    std::vector<Intray::NamedReceipt> receipts;
    receipts.reserve(answers.size());
    for (const client::Settled& answer : answers) {
        if (!answer.label.empty()) receipts.push_back({answer.label, tools::receipt_file(answer.label, id_of(answer.number), answer.receipt)});
    }
    return receipts.empty() ? base::Result<>() : parts_.intray.keep_receipts(receipts);
}

}  // namespace rightsdesk::mail_gateway
