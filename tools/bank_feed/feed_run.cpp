#include "bank_feed/feed_run.h"

#include <algorithm>

#include "bank/reader.h"
#include "base/hash.h"
#include "base/texts.h"
#include "client/turn_after_taking.h"
#include "domain/civil.h"
#include "domain/receipts.h"
#include "wire/wire.h"

namespace rightsdesk::bank_feed {

namespace {

constexpr const char* kDoor = "payment_clearing";
constexpr std::string_view kOfIn = " in/";
constexpr std::string_view kOfWaiting = " waiting/";

// What a message is of, for whoever finds it in the journal: the file's digest, and where it lay.
std::string label_of(const DroppedFile& file, const std::string& sha256) { return sha256 + std::string(file.waits_for ? kOfWaiting : kOfIn) + file.name; }

// The same back; nothing for a label of somebody else's.
struct OfFile {
    DroppedFile file;
    std::string sha256;
};
std::optional<OfFile> file_of(const std::string& label) {
    constexpr std::size_t kShaLength = 64;
    if (label.size() <= kShaLength) return std::nullopt;
    const std::string_view rest = std::string_view(label).substr(kShaLength);
    OfFile of{{}, label.substr(0, kShaLength)};
    if (rest.substr(0, kOfIn.size()) == kOfIn) {
        of.file.name = std::string(rest.substr(kOfIn.size()));
        return of;
    }
    if (rest.substr(0, kOfWaiting.size()) != kOfWaiting) return std::nullopt;
    of.file.name = std::string(rest.substr(kOfWaiting.size()));
    const auto day = domain::parse_date(std::string_view(of.file.name).substr(0, 10));
    if (!day) return std::nullopt;
    of.file.waits_for = *day;
    return of;
}

runtime::Json report_of(const DroppedFile& file, const std::string& sha256, const bank::Statement& statement, const bank::Profile& profile, const bank::Told& told) {
    runtime::Json later = runtime::Json::array();
    for (const bank::AvailableLater& one : told.later) later.push_back({{"from", domain::to_text(one.from)}, {"place", one.message.place}});
    return {{"file", name_of(file)},
            {"sha256", sha256},
            {"format", statement.format},
            {"profile", profile.name},
            {"message_id", statement.message_id},
            {"account", statement.account},
            {"entries", statement.entries.size()},
            {"messages", told.messages.size()},
            {"available_later", later},
            {"passed_over", runtime::to_json(told.passed_over)},
            {"findings", runtime::to_json(statement.findings)}};
}

}  // namespace

client::SenderLimits sender_limits() {
    client::SenderLimits limits;
    limits.unsettled = 2 * kMostMessages;
    limits.unsettled_octets = std::size_t{1} << 30U;
    return limits;
}

FeedRun::FeedRun(DropFolder& folder, client::Sender& sender, FeedSettings settings, ProfileOf profile_of, DeskTime desk_time, LogLine log)
    : folder_(folder), sender_(sender), settings_(std::move(settings)), profile_of_(std::move(profile_of)), desk_time_(std::move(desk_time)), log_(std::move(log)) {
    sender_.hand_over_to([this](const std::vector<client::Settled>& answers) { return keep_receipts(answers); });
}

// A file that is still there while the journal has messages of it was being moved when this feed died. It is taken up before anything is sent.
base::Result<> FeedRun::recover() {
    std::map<std::string, domain::Instant> stamps;
    for (const auto& [number, message] : sender_.journal().unsettled()) {
        if (message.label.empty()) continue;
        const auto bytes = sender_.bytes_of(number);
        if (!bytes) return tl::unexpected(bytes.error());
        const auto envelope = wire::decode_envelope(*bytes);
        if (!envelope) return tl::unexpected(envelope.error());
        if (const auto* command = std::get_if<domain::Command>(&envelope->body)) journalled_[message.label].push_back(*command);
        if (message.stamp) stamps[message.label] = *message.stamp;
    }
    for (const auto& [label, stamp] : stamps) {
        const auto of = file_of(label);
        if (!of) continue;
        const auto octets = folder_.read(of->file, bank::kMaxFileOctets);
        if (!octets && octets.error().kind != base::ErrorKind::kInvalid) return tl::unexpected(octets.error());
        if (!octets || !*octets || base::sha256_hex(**octets) != of->sha256) continue;
        if (auto taken = take_one(of->file, stamp); !taken) return tl::unexpected(taken.error());
        if (auto finished = finish_claim(); !finished) return finished;
    }
    journalled_.clear();
    return {};
}

bool FeedRun::is_idle() const { return scanned_ && queue_.empty() && !claim_ && sender_.status().unsettled == 0; }

void FeedRun::ask_for_watermark() {
    next_watermark_ = {};
    next_scan_ = {};
    scanned_ = false;
}

void FeedRun::trouble(const std::string& text) {
    if (text == last_trouble_) return;
    last_trouble_ = text;
    if (!text.empty()) log_({{"event", "trouble"}, {"what", text}});
}

base::Result<std::size_t> FeedRun::step(std::chrono::milliseconds wait) {
    const auto taken = take();
    const client::TurnAfterTaking turn{"nothing more is taken", "nothing more is sent", claim_.has_value(), wait, wait};
    const auto sent = client::turn_after_taking(sender_, taken, turn, [this](const std::string& text) { trouble(text); });
    if (!sent) return tl::unexpected(sent.error());
    if (!sent->settled) return sent->done;
    const auto status = sender_.status();
    if (taken && status.silent) trouble("no door answers; messages wait for their receipts");
    if (taken && !status.silent && desk_time_known_) trouble("");
    return sent->done;
}

base::Result<std::size_t> FeedRun::take() {
    if (auto finished = finish_claim(); !finished) return tl::unexpected(finished.error());
    const bool due = queue_.empty() && Clock::now() >= next_scan_;
    if (!due && queue_.empty()) return std::size_t{0};
    const auto now = desk_time_();
    desk_time_known_ = now.has_value();
    if (!now) {
        next_scan_ = Clock::now() + settings_.rescan;
        trouble("the desk's time is not known, and nothing is taken without its stamp");
        return std::size_t{0};
    }
    if (due) {
        if (auto looked = scan(*now); !looked) return tl::unexpected(looked.error());
    }
    std::size_t taken = 0;
    // A file must fit as a whole.
    while (!queue_.empty() && sender_.status().unsettled < kMostMessages) {
        const auto one = take_one(queue_.front(), *now);
        if (!one) return tl::unexpected(one.error());
        queue_.pop_front();
        if (*one) ++taken;
        if (auto finished = finish_claim(); !finished) return tl::unexpected(finished.error());
    }
    if (queue_.empty()) {
        if (const auto told = sender_.tell_watermark(declare_, kDoor); !told) return tl::unexpected(told.error());
    }
    return taken;
}

base::Result<> FeedRun::scan(domain::Instant now) {
    const auto steady = Clock::now();
    const auto today = domain::date_in(now, settings_.zone);
    if (!today) return tl::unexpected(today.error());
    const auto look = folder_.look(*today, steady);
    if (!look) return tl::unexpected(look.error());
    queue_.assign(look->ready.begin(), look->ready.end());
    set_aside_ = look->set_aside;
    scanned_ = queue_.empty() && look->unsettled == 0;
    next_scan_ = steady + (queue_.empty() ? settings_.rescan : std::chrono::milliseconds(0));
    if (settings_.watermark_every.count() == 0 || steady < next_watermark_ || look->unsettled > 0) return {};
    next_watermark_ = steady + settings_.watermark_every;
    const auto behind = std::chrono::duration_cast<std::chrono::nanoseconds>(settings_.watermark_behind).count();
    if (set_aside_ > 0) {
        trouble("the watermark waits: " + std::to_string(set_aside_) + " files are in set-aside/");
    } else {
        declare_ = domain::Instant(now.value - behind);
    }
    return {};
}

// Whether it was taken or set aside; not when it is gone, or cannot be read now.
base::Result<bool> FeedRun::take_one(const DroppedFile& file, domain::Instant now) {
    const auto octets = folder_.read(file, bank::kMaxFileOctets);
    if (!octets && octets.error().kind != base::ErrorKind::kInvalid) {
        declare_.reset();
        trouble(file.name + " cannot be read and stays: " + octets.error().message);
        return false;
    }
    if (!octets) {
        if (auto refused = refuse(file, base::sha256_hex(file.name), octets.error().message, now); !refused) return tl::unexpected(refused.error());
        return true;
    }
    if (!*octets) return false;
    const std::string sha256 = base::sha256_hex(**octets);
    const auto set_it_aside = [&](const std::string& why) -> base::Result<bool> {
        if (auto refused = refuse(file, sha256, why, now); !refused) return tl::unexpected(refused.error());
        return true;
    };
    const auto profile = profile_of_(**octets);
    if (!profile) return set_it_aside(profile.error().message);
    const auto statement = bank::read_statement(**octets, *profile);
    if (!statement) return set_it_aside(statement.error().message);
    if (const bank::Finding* finding = bank::why_not_taken(*statement, *profile); finding != nullptr) {
        return set_it_aside(finding->place + ": " + finding->what + "; if this is the bank's way, say so in its profile (tolerate = [\"" + base::to_text(finding->kind) + "\"])");
    }
    const auto today = domain::date_in(now, profile->zone);
    if (!today) return set_it_aside(today.error().message);
    // Of one that waited for a day: as it was the day before, so that what becomes available on that day is in `later`.
    auto told = bank::messages_of(*statement, *profile, file.waits_for ? domain::Date(file.waits_for->value - 1) : *today);
    if (!told) return set_it_aside(told.error().message);
    Claim claim{file, sha256, **octets, {}, runtime::json_text(report_of(file, sha256, *statement, *profile, *told)) + "\n"};
    std::vector<domain::Command> commands;
    commands.reserve(told->messages.size() + 1);
    if (file.waits_for) {
        for (bank::AvailableLater& one : told->later) {
            if (one.from == *file.waits_for) commands.push_back(std::move(one.message.command));
        }
    } else {
        for (bank::MoneyMessage& one : told->messages) commands.push_back(std::move(one.command));
        for (const bank::AvailableLater& one : told->later) {
            if (std::find(claim.waits.begin(), claim.waits.end(), one.from) == claim.waits.end()) claim.waits.push_back(one.from);
        }
        claim.ends_set_aside = folder_.was_set_aside(file.name);
        if (claim.ends_set_aside) commands.push_back(domain::ReportFileTaken{file.name, sha256});
    }
    if (commands.size() > kMostMessages) return set_it_aside("more than " + std::to_string(kMostMessages) + " messages in one file");
    return submit(file, std::move(claim), std::move(commands), now);
}

// All of a file's messages into the batch, but those that the journal has of it already.
base::Result<bool> FeedRun::submit(const DroppedFile& file, Claim claim, std::vector<domain::Command> commands, domain::Instant now) {
    const std::string label = label_of(file, claim.sha256);
    std::vector<domain::Command> known;
    if (const auto journalled = journalled_.find(label); journalled != journalled_.end()) {
        known = std::move(journalled->second);
        journalled_.erase(journalled);
    }
    const bool behind = sender_.watermark() && now <= *sender_.watermark();
    std::size_t submitted = 0;
    for (domain::Command& command : commands) {
        const auto same = std::find(known.begin(), known.end(), command);
        if (same != known.end()) {
            known.erase(same);
            continue;
        }
        const auto number = sender_.submit({kDoor, std::move(command), now, label, "", behind});
        if (!number) return tl::unexpected(number.error());
        ++submitted;
    }
    // It could not be read when the crash came, and can be now: the alert that is on its way ends.
    const bool told_of = std::any_of(known.begin(), known.end(), [](const domain::Command& one) { return std::holds_alternative<domain::ReportFileSetAside>(one); });
    if (told_of && !claim.is_set_aside) {
        const auto number = sender_.submit({kDoor, domain::ReportFileTaken{name_of(file), claim.sha256}, now, label, "", behind});
        if (!number) return tl::unexpected(number.error());
    }
    log_({{"event", claim.is_set_aside ? "set_aside" : "taken"}, {"file", name_of(file)}, {"sha256", claim.sha256}, {"messages", submitted}, {"in_journal", commands.size() - submitted}});
    claim_ = std::move(claim);
    return true;
}

base::Result<> FeedRun::refuse(const DroppedFile& file, const std::string& sha256, const std::string& why, domain::Instant now) {
    declare_.reset();  // what it says has not been told
    Claim claim;
    claim.file = file;
    claim.sha256 = sha256;
    claim.is_set_aside = true;
    claim.document = runtime::json_text({{"file", name_of(file)}, {"sha256", sha256}, {"why", why}, {"at", domain::instant_text(now)},
                                         {"next", "mend the bank's profile or ask for the file again, then move it into in/ under its name; see deploy/RUNBOOK.md"}}) + "\n";
    log_({{"event", "refused"}, {"file", name_of(file)}, {"why", why}});
    ++set_aside_;
    const std::string name = base::shortened(name_of(file), domain::kMaxFileNameOctets);
    auto submitted = submit(file, std::move(claim), {domain::ReportFileSetAside{name, sha256, base::shortened(why, domain::kMaxFileReasonOctets)}}, now);
    return submitted ? base::Result<>() : tl::unexpected(submitted.error());
}

// On the disk, then moved. Again from the start where the disk refused.
base::Result<> FeedRun::finish_claim() {
    if (!claim_) return {};
    if (auto kept = sender_.keep(); !kept) return kept;
    const Claim& claim = *claim_;
    if (claim.is_set_aside) {
        if (auto moved = folder_.set_aside(claim.file, claim.sha256, claim.document); !moved) return moved;
    } else {
        for (const domain::Date day : claim.waits) {
            if (auto kept = folder_.keep_waiting(claim.file, claim.sha256, claim.octets, day); !kept) return kept;
        }
        if (claim.ends_set_aside) {
            if (auto ended = folder_.end_set_aside(claim.file.name, claim.sha256); !ended) return ended;
        }
        if (auto moved = folder_.finish(claim.file, claim.sha256, claim.document); !moved) return moved;
    }
    claim_.reset();
    return {};
}

base::Result<> FeedRun::keep_receipts(const std::vector<client::Settled>& answers) {
    for (const client::Settled& answer : answers) {
        const bool good = answer.receipt.kind == domain::ReceiptKind::kAccepted || answer.receipt.kind == domain::ReceiptKind::kDuplicate;
        if (!good) ++not_accepted_;
        const auto of = file_of(answer.label);
        log_({{"event", answer.label.empty() ? "watermark" : "receipt"},
              {"file", of ? name_of(of->file) : ""},
              {"id", settings_.source + "." + std::to_string(answer.number)},
              {"receipt", runtime::to_json(answer.receipt)}});
    }
    return {};
}

}  // namespace rightsdesk::bank_feed
