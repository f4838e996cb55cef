#include "mail_gateway/intray.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "base/hash.h"
#include "domain/civil.h"
#include "mail_gateway/message_identity.h"
#include "runtime/json.h"

namespace rightsdesk::mail_gateway {

namespace {

namespace fs = std::filesystem;

constexpr const char* kMail = ".mail";
constexpr const char* kReason = ".reason.txt";

bool exists(const std::string& path) {
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0;
}

std::string file_text(const ReceivedMail& mail) {
    runtime::Json head{{"id", mail.id}, {"stamp", domain::instant_text(mail.stamp)}, {"by", mail.by}, {"mail_room", mail.mail_room},
                       {"sender", mail.sender}, {"recipients", mail.recipients}, {"sha256", base::sha256_hex(mail.message)}};
    return runtime::json_line(head) + "\n" + mail.message;
}

base::Result<ReceivedMail> mail_in(std::string text) {
    const std::size_t end = text.find('\n');
    const auto head = end == std::string::npos ? nlohmann::json() : nlohmann::json::parse(text.substr(0, end), nullptr, false);
    const auto damaged = [] { return base::failure(base::ErrorKind::kCorrupt, "the file is not what was written: its first line, or its message, is damaged"); };
    if (!head.is_object()) return damaged();
    try {
        ReceivedMail mail;
        mail.id = head.at("id").get<std::string>();
        const auto stamp = domain::parse_instant(head.at("stamp").get<std::string>());
        if (!stamp) return damaged();
        mail.stamp = *stamp;
        mail.by = head.at("by").get<std::string>();
        mail.mail_room = head.at("mail_room").get<bool>();
        mail.sender = head.at("sender").get<std::string>();
        mail.recipients = head.at("recipients").get<std::vector<std::string>>();
        mail.message = text.substr(end + 1);
        if (base::sha256_hex(mail.message) != head.at("sha256").get<std::string>()) return damaged();
        return mail;
    } catch (const nlohmann::json::exception&) {
        return damaged();
    }
}

struct Waiting {
    std::string id;
    fs::file_time_type since;
    std::size_t octets = 0;
};

base::Result<std::vector<Waiting>> waiting_in(const std::string& folder) {
    const auto names = base::names_in(folder);
    if (!names) return tl::unexpected(names.error());
    std::vector<Waiting> found;
    for (const std::string& name : names->value_or(std::vector<std::string>())) {
        if (!name.ends_with(kMail)) continue;
        const fs::path file = folder + "/" + name;
        std::error_code gone;
        const auto since = fs::last_write_time(file, gone);
        const auto octets = gone ? 0 : fs::file_size(file, gone);
        if (!gone) found.push_back({name.substr(0, name.size() - std::string(kMail).size()), since, octets});
    }
    std::sort(found.begin(), found.end(), [](const Waiting& left, const Waiting& right) { return std::tie(left.since, left.id) < std::tie(right.since, right.id); });
    return found;
}

}  // namespace

base::Result<std::unique_ptr<Intray>> Intray::open(const std::string& folder, Now now, const IntrayLimits& limits) {
    std::error_code error;
    for (const char* part : {"received", "taken", "receipts", "aside"}) {
        fs::create_directories(folder + "/" + part, error);
        if (error) return base::unavailable(folder + "/" + part + ": " + error.message());
    }
    fs::permissions(folder, fs::perms::owner_all, error);
    if (error) return base::unavailable(folder + ": " + error.message());
    auto lock = base::hold_lock(folder + "/lock");
    if (!lock) return tl::unexpected(lock.error());
    if (!*lock) return base::unavailable(folder + ": another mail gateway works here");
    std::unique_ptr<Intray> intray(new Intray(folder, std::move(now), limits, std::move(**lock)));
    if (const auto counted = intray->count_waiting(); !counted) return tl::unexpected(counted.error());
    return intray;
}

base::Result<> Intray::count_waiting() {
    const auto found = waiting_in(folder_ + "/received");
    if (!found) return tl::unexpected(found.error());
    for (const Waiting& each : *found) waiting_octets_ += each.octets;
    waiting_ = found->size();
    return {};
}

base::Result<Keeping> Intray::keep(Arrival arrival) {
    ReceivedMail mail{message_id_of(arrival.message, arrival.mail_room), {}, std::move(arrival.by), arrival.mail_room, std::move(arrival.sender), std::move(arrival.recipients), std::move(arrival.message)};
    const std::lock_guard<std::mutex> alone(mutex_);
    const std::string file = path("received", mail.id + kMail);
    if (exists(file) || exists(path("taken", mail.id + kMail))) {
        // Its name may not have reached the disk before the program died.
        if (const auto synced = base::sync_folder(folder_ + "/received"); !synced) return tl::unexpected(synced.error());
        return Keeping::kKnown;
    }
    if (waiting_ >= limits_.waiting || waiting_octets_ + mail.message.size() > limits_.waiting_octets) {
        return base::unavailable(std::to_string(waiting_) + " messages wait for the desk; try again");
    }
    const auto now = now_();
    if (!now) return base::unavailable("the desk's time is not known; try again");
    mail.stamp = arrival.stamp ? std::min(*arrival.stamp, *now) : *now;
    const std::string text = file_text(mail);
    if (const auto written = base::replace_file(file, text); !written) return tl::unexpected(written.error());
    // It is there from here on, whether or not its name is on the disk yet.
    ++waiting_;
    waiting_octets_ += text.size();
    if (const auto synced = base::sync_folder(folder_ + "/received"); !synced) return tl::unexpected(synced.error());
    return Keeping::kKept;
}

// Every keep() stamps and writes under the same lock.
std::optional<domain::Instant> Intray::stamped_up_to() {
    const std::lock_guard<std::mutex> alone(mutex_);
    return now_();
}

base::Result<std::vector<std::string>> Intray::list() const {
    const auto found = waiting_in(folder_ + "/received");
    if (!found) return tl::unexpected(found.error());
    std::vector<std::string> ids;
    ids.reserve(found->size());
    for (const Waiting& each : *found) ids.push_back(each.id);
    return ids;
}

base::Result<ReceivedMail> Intray::load(const std::string& id) const {
    auto text = base::read_file(path("received", id + kMail));
    if (!text) return tl::unexpected(text.error());
    if (!*text) return base::unavailable(path("received", id + kMail) + ": is not there any more");
    auto mail = mail_in(std::move(**text));
    if (!mail) return tl::unexpected(mail.error());
    if (mail->id != id) return base::failure(base::ErrorKind::kCorrupt, "the file has another message's name");
    return mail;
}

void Intray::no_longer_waits(std::size_t octets) {
    const std::lock_guard<std::mutex> alone(mutex_);
    waiting_ -= std::min<std::size_t>(waiting_, 1);
    waiting_octets_ -= std::min(waiting_octets_, octets);
}

base::Result<> Intray::move_to_taken(const std::string& id, const std::string& record) {
    const std::string from = path("received", id + kMail);
    std::error_code gone;
    const std::size_t octets = fs::file_size(from, gone);
    // The record first, so that nothing lies there without one.
    if (const auto written = base::replace_file(path("taken", id + ".json"), record); !written) return written;
    // A disk that refused the last step is asked again.
    if (exists(from) || !exists(path("taken", id + kMail))) {
        if (const auto moved = base::rename_file(from, path("taken", id + kMail)); !moved) return moved;
        no_longer_waits(gone ? 0 : octets);
    }
    for (const char* part : {"/taken", "/received"}) {
        if (const auto synced = base::sync_folder(folder_ + part); !synced) return synced;
    }
    return {};
}

base::Result<> Intray::put_aside(const std::string& name, std::string_view octets, const std::string& why) {
    if (const auto written = base::replace_file(path("aside", name + kReason), why + "\n"); !written) return written;
    if (const auto written = base::replace_file(path("aside", name), octets); !written) return written;
    return base::sync_folder(folder_ + "/aside");
}

base::Result<> Intray::put_mail_aside(const std::string& id, const std::string& why) {
    std::error_code gone;
    const std::size_t octets = fs::file_size(path("received", id + kMail), gone);
    if (const auto written = base::replace_file(path("aside", id + kMail + kReason), why + "\n"); !written) return written;
    if (const auto moved = base::rename_file(path("received", id + kMail), path("aside", id + kMail)); !moved) return moved;
    for (const char* part : {"/aside", "/received"}) {
        if (const auto synced = base::sync_folder(folder_ + part); !synced) return synced;
    }
    no_longer_waits(gone ? 0 : octets);
    return {};
}

base::Result<std::size_t> Intray::aside() const {
    const auto names = base::names_in(folder_ + "/aside");
    if (!names) return tl::unexpected(names.error());
    const auto& all = names->value_or(std::vector<std::string>());
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const std::string& name) { return name.ends_with(kReason); }));
}

base::Result<> Intray::keep_receipts(const std::vector<NamedReceipt>& receipts) {
    for (const NamedReceipt& receipt : receipts) {
        if (const auto written = base::replace_file(path("receipts", receipt.name + ".receipt.json"), receipt.text); !written) return written;
    }
    return base::sync_folder(folder_ + "/receipts");
}

}  // namespace rightsdesk::mail_gateway
