#include "feeds/arrivals.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/file.h"
#include "documents/documents.h"
#include "domain/civil.h"
#include "rightsdesk/spool_sidecar.h"
#include "runtime/json.h"

namespace rightsdesk::feeds {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kSidecarEnd = ".json";
constexpr const char* kStampUnknown = "stamp_unknown";  // of a sidecar that this gateway made

bool is_at(const std::string& path) {
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0;
}

bool is_being_written(const std::string& name) { return name.starts_with(".") || name.ends_with(".part") || name.ends_with(".tmp"); }

// By what the octets begin with; empty for what is no picture.
std::string picture_type(std::string_view document) {
    if (document.starts_with(std::string_view("II*\0", 4)) || document.starts_with(std::string_view("MM\0*", 4))) return "image/tiff";
    if (document.starts_with("%PDF-")) return "application/pdf";
    return "";
}

json parsed(const std::string& sidecar) {
    json object = json::parse(sidecar, nullptr, false);
    return object.is_object() ? object : json();
}

// Whether the gateway's reader has anything to say of it: a picture that nobody keyed.
bool is_to_be_read(const json& sidecar, const std::string& document) {
    const auto is_text = [&](const char* name, const std::string& value) { return sidecar.contains(name) && sidecar[name] == value; };
    return is_text("kind", "notice") && !sidecar.contains("keyed") && !sidecar.contains("reading") && !picture_type(document).empty();
}

// The reader's JSON has cents, a sidecar has dollars, as people write it.
json keyed_of(const domain::NoticeFields& fields) {
    json keyed = runtime::to_json(fields);
    for (auto each = keyed.begin(); each != keyed.end();) each = each->is_null() || (each->is_array() && each->empty()) ? keyed.erase(each) : std::next(each);
    if (fields.aggregate_cents) {
        const std::string cents = std::to_string(fields.aggregate_cents->value % 100);
        keyed["aggregate_cents"] = std::to_string(fields.aggregate_cents->value / 100) + "." + (cents.size() < 2 ? "0" : "") + cents;
    }
    return keyed;
}

void take_read(json& sidecar, const reading::PageReading& read) {
    sidecar["reading"] = runtime::to_json(reading_for_notice(read));
    if (read.verdict == reading::Verdict::kRead || read.verdict == reading::Verdict::kNeedsKeying) sidecar["keyed"] = keyed_of(read.fields);
}

void not_certain_because(json& sidecar, const std::string& why) {
    if (!sidecar.contains("reading")) sidecar["reading"] = runtime::to_json(domain::NoticeReading{});
    json& reading = sidecar["reading"];
    const std::string before = reading.value("reason", "");
    reading["certain"] = false;
    reading["reason"] = why + (before.empty() ? "" : "; " + before);
}

}  // namespace

Arrivals::Arrivals(PageReader& reader, ArrivalSettings settings, std::function<std::optional<domain::Instant>()> now, std::function<void(const std::string&)> trouble)
    : reader_(reader), settings_(std::move(settings)), now_(std::move(now)), trouble_(std::move(trouble)) {}

void Arrivals::trouble(const std::string& text) {
    if (text == last_trouble_) return;
    last_trouble_ = text;
    if (!text.empty()) trouble_(text);
}

bool Arrivals::is_idle() const { return idle_; }

std::optional<domain::Instant> Arrivals::earliest() const {
    // Of what has no sidecar nobody knows the stamp: nothing is vouched for while it waits.
    if (lone_ > 0) return domain::Instant(1);
    std::optional<domain::Instant> earliest;
    for (const auto& [name, stamp] : stamps_) {
        if (!earliest || stamp < *earliest) earliest = stamp;
    }
    return earliest;
}

bool Arrivals::has_room() const {
    std::size_t ahead = 0;
    const auto names = base::names_in(settings_.spool + "/in");
    if (names && *names) ahead = static_cast<std::size_t>(std::count_if((*names)->begin(), (*names)->end(), [](const std::string& name) { return name.ends_with(kSidecarEnd); }));
    return ahead < settings_.most_ahead;
}

base::Result<> Arrivals::recover() {
    std::error_code error;
    for (const char* folder : {"arrived", "taken", "seen", "in"}) {
        fs::create_directories(settings_.spool + "/" + folder, error);
        if (error) return base::unavailable(settings_.spool + "/" + folder + ": " + error.message());
    }
    const auto names = base::names_in(settings_.spool + "/arrived");
    if (!names) return tl::unexpected(names.error());
    for (const std::string& file : names->value_or(std::vector<std::string>())) {
        if (!file.ends_with(kSidecarEnd) || is_being_written(file)) continue;
        const std::string name = file.substr(0, file.size() - std::strlen(kSidecarEnd));
        // Its sidecar is in in/: what is left is to put this one away.
        if (!is_at(at("arrived", name)) && is_at(at("in", file))) {
            if (const auto moved = base::rename_file(at("arrived", file), at("taken", file)); !moved) return moved;
        }
    }
    for (const char* folder : {"taken", "arrived"}) {
        if (const auto synced = base::sync_folder(settings_.spool + "/" + folder); !synced) return synced;
    }
    return {};
}

base::Result<std::size_t> Arrivals::step() {
    if (ready_.empty() && Clock::now() >= next_look_) {
        if (const auto looked = look(); !looked) {
            trouble("nothing is taken from arrived/: " + looked.error().message);
            next_look_ = Clock::now() + settings_.rescan;
            return std::size_t{0};
        }
    }
    if (ready_.empty() || !has_room()) return std::size_t{0};
    const std::string name = *ready_.begin();
    ready_.erase(ready_.begin());
    idle_ = false;
    const auto brought = bring_in(name);
    if (brought) return std::size_t{*brought ? 1U : 0U};
    if (brought.error().kind == base::ErrorKind::kCorrupt) return tl::unexpected(brought.error());
    trouble(name + " stays in arrived/: " + brought.error().message);
    return std::size_t{0};
}

base::Result<> Arrivals::look() {
    const auto listed = base::names_in(settings_.spool + "/arrived");
    if (!listed) return tl::unexpected(listed.error());
    std::set<std::string> names;
    for (const std::string& name : listed->value_or(std::vector<std::string>())) {
        struct stat facts {};
        const bool is_file = ::lstat(at("arrived", name).c_str(), &facts) == 0 && S_ISREG(facts.st_mode);
        if (is_file && !is_being_written(name)) names.insert(name);
    }
    stamps_.clear();
    lone_ = 0;
    for (const std::string& name : names) {
        if (name.ends_with(kSidecarEnd)) {
            const std::string of = name.substr(0, name.size() - std::strlen(kSidecarEnd));
            ready_.insert(of);
            const auto text = base::read_file(at("arrived", name));
            if (!text || !*text || (*text)->size() > tools::kMaxSidecarOctets) continue;
            const json sidecar = parsed(**text);
            const auto stamp = sidecar.contains("stamp") && sidecar["stamp"].is_string() ? domain::parse_instant(sidecar["stamp"].get<std::string>()) : domain::parse_instant("");
            if (stamp) stamps_[of] = *stamp;
        } else if (!names.contains(name + kSidecarEnd)) {
            ++lone_;
            if (const auto seen = look_at_lone(name); !seen) return seen;
        }
    }
    std::erase_if(lone_since_, [&](const auto& each) { return !names.contains(each.first) || names.contains(each.first + kSidecarEnd); });
    idle_ = names.empty();
    next_look_ = Clock::now() + settings_.rescan;
    return {};
}

// The first sight of it is on the disk before anything rests on it; after a while it is its stamp.
base::Result<> Arrivals::look_at_lone(const std::string& name) {
    const auto first = lone_since_.emplace(name, Clock::now());
    const std::string seen = at("seen", name + ".txt");
    const auto known = base::read_file(seen);
    if (!known) return tl::unexpected(known.error());
    if (!*known) {
        const auto now = now_();
        if (!now) return {};
        if (const auto kept = base::replace_file(seen, domain::instant_text(*now)); !kept) return kept;
        return base::sync_folder(settings_.spool + "/seen");
    }
    if (Clock::now() - first.first->second < settings_.without_sidecar) return {};
    trouble(name + " came without a sidecar: nobody knows when; it is stamped as first seen, " + **known + ", and a person keys it");
    const json sidecar{{"kind", "notice"}, {"channel", "fax"}, {"address", settings_.address}, {"stamp", **known}, {kStampUnknown, true}};
    if (const auto kept = base::replace_file(at("arrived", name + kSidecarEnd), sidecar.dump()); !kept) return kept;
    return base::sync_folder(settings_.spool + "/arrived");
}

// Whether it went into in/. What cannot be sent goes there as it came: the gateway refuses it, visibly.
base::Result<bool> Arrivals::bring_in(const std::string& name) {
    const auto sidecar = base::read_file(at("arrived", name + kSidecarEnd));
    if (!sidecar) return tl::unexpected(sidecar.error());
    if (!*sidecar) return false;  // it was brought in since the look
    const bool half_way = !is_at(at("arrived", name)) && is_at(at("in", name)) && !is_at(at("in", name + kSidecarEnd));
    if (!half_way && (is_at(at("in", name)) || is_at(at("in", name + kSidecarEnd)))) return base::unavailable("another of that name is in in/, and goes first");
    const std::string where = half_way ? at("in", name) : at("arrived", name);
    std::error_code error;
    const auto octets = fs::file_size(where, error);
    std::string changed = **sidecar;
    if (!error && octets <= documents::kMaxDocumentOctets && (*sidecar)->size() <= tools::kMaxSidecarOctets) {
        const auto document = base::read_file(where);
        if (!document) return tl::unexpected(document.error());
        if (!*document) return false;
        auto with = sidecar_with_reading(name, **sidecar, **document);
        if (!with) return tl::unexpected(with.error());
        if (!*with) return false;  // the reader is to be asked again
        changed = **with;
    }
    if (!half_way && is_at(where)) {
        if (::renameat2(AT_FDCWD, where.c_str(), AT_FDCWD, at("in", name).c_str(), RENAME_NOREPLACE) != 0) return base::unavailable(where + ": " + base::system_reason());
    }
    if (const auto finished = finish(name, changed); !finished) return tl::unexpected(finished.error());
    stamps_.erase(name);
    attempts_.erase(name);
    return true;
}

// The document is in in/ on the disk before its sidecar is; then what it came with goes to taken/.
base::Result<> Arrivals::finish(const std::string& name, const std::string& sidecar) {
    if (const auto synced = base::sync_folder(settings_.spool + "/in"); !synced) return synced;
    if (const auto written = base::replace_file(at("in", name + kSidecarEnd), sidecar); !written) return written;
    if (const auto synced = base::sync_folder(settings_.spool + "/in"); !synced) return synced;
    std::string away = at("taken", name + kSidecarEnd);
    for (int copy = 2; is_at(away); ++copy) away = at("taken", name + "." + std::to_string(copy) + kSidecarEnd);
    if (const auto moved = base::rename_file(at("arrived", name + kSidecarEnd), away); !moved) return moved;
    return base::sync_folder(settings_.spool + "/arrived");
}

// Nothing: the reader could not be started, and is to be asked again.
base::Result<std::optional<std::string>> Arrivals::sidecar_with_reading(const std::string& name, const std::string& sidecar, const std::string& document) {
    json object = parsed(sidecar);
    if (object.is_null()) return std::optional(sidecar);
    const bool unknown = object.contains(kStampUnknown);
    object.erase(kStampUnknown);
    const std::string type = picture_type(document);
    if (!object.contains("media_type") && !type.empty()) object["media_type"] = type;
    if (is_to_be_read(object, document)) {
        const auto read_now = read(name, document);
        if (!read_now && read_now.error().kind == base::ErrorKind::kUnavailable) return std::optional<std::string>();
        if (read_now) take_read(object, *read_now);
        else not_certain_because(object, "no page reader could read it (" + read_now.error().message + ")");
    }
    if (unknown) not_certain_because(object, "nobody knows when it came: it is stamped as first seen, " + object.value("stamp", ""));
    return std::optional(runtime::json_text(runtime::Json(object)) + "\n");
}

// kUnavailable: to be asked again. What stays so is for a person, for a stamp waits for nobody.
base::Result<reading::PageReading> Arrivals::read(const std::string& name, const std::string& document) {
    auto answer = reader_.read(document);
    if (answer) {
        trouble("");
        return answer;
    }
    trouble(name + ": " + answer.error().message);
    if (answer.error().kind != base::ErrorKind::kUnavailable) return tl::unexpected(answer.error());
    if (++attempts_[name] < settings_.attempts) return tl::unexpected(answer.error());
    return base::invalid("after " + std::to_string(attempts_[name]) + " attempts: " + answer.error().message);
}

}  // namespace rightsdesk::feeds
