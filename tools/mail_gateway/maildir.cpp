#include "mail_gateway/maildir.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <tuple>

#include "base/file.h"

namespace rightsdesk::mail_gateway {

namespace {

constexpr int kMostOfOneName = 100;

base::Error refused_by_disk(const std::string& path) { return {base::ErrorKind::kUnavailable, path + ": " + base::system_reason()}; }

domain::Instant written_at(const struct stat& facts) {
    return domain::Instant(static_cast<std::int64_t>(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec);
}

}  // namespace

base::Result<> Maildir::check() const {
    for (const char* part : {"/new", "/cur"}) {
        std::error_code error;
        if (!std::filesystem::is_directory(settings_.folder + part, error)) return base::invalid(settings_.folder + part + ": is no folder; a maildir has new/, cur/ and tmp/");
    }
    return {};
}

base::Result<std::vector<Maildir::Found>> Maildir::found() const {
    const auto names = base::names_in(settings_.folder + "/new");
    if (!names) return tl::unexpected(names.error());
    if (!*names) return base::unavailable(settings_.folder + "/new: is not there");
    std::vector<Found> all;
    all.reserve((*names)->size());
    for (const std::string& name : **names) {
        struct stat facts {};
        if (name.starts_with(".") || ::lstat((settings_.folder + "/new/" + name).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
        all.push_back({name, written_at(facts)});
    }
    std::sort(all.begin(), all.end(), [](const Found& left, const Found& right) { return std::tie(left.written, left.name) < std::tie(right.written, right.name); });
    return all;
}

// kInvalid: too large, and no other reading gives anything else.
base::Result<Arrival> Maildir::read(const Found& file) const {
    const std::string path = settings_.folder + "/new/" + file.name;
    const base::FileDescriptor opened(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    struct stat facts {};
    if (!opened || ::fstat(opened.number(), &facts) != 0) return tl::unexpected(refused_by_disk(path));
    if (!S_ISREG(facts.st_mode)) return base::invalid("it is no file");
    Arrival arrival{"maildir " + file.name, settings_.mail_room, "", {settings_.address}, written_at(facts)};
    std::array<char, 64U * 1024U> piece{};
    for (;;) {
        const ssize_t octets = ::read(opened.number(), piece.data(), piece.size());
        if (octets < 0 && errno == EINTR) continue;
        if (octets < 0) return tl::unexpected(refused_by_disk(path));
        if (octets == 0) return arrival;
        arrival.message.append(piece.data(), static_cast<std::size_t>(octets));
        if (arrival.message.size() > settings_.message_octets) {
            return base::invalid("it has more than " + std::to_string(settings_.message_octets) + " octets: see to it by hand, then move it to cur/");
        }
    }
}

// Under its own name, as seen; never over another's.
base::Result<> Maildir::move_to_cur(const std::string& name) const {
    const std::string from = settings_.folder + "/new/" + name;
    const std::string seen = name.find(":2,") == std::string::npos ? name + ":2,S" : name;
    for (int attempt = 1; attempt <= kMostOfOneName; ++attempt) {
        const std::string to = settings_.folder + "/cur/" + (attempt == 1 ? "" : std::to_string(attempt) + "-") + seen;
        if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
        if (errno == ENOENT) return {};  // the mail server, or a person, has moved it
        if (errno != EEXIST) return tl::unexpected(refused_by_disk(to));
    }
    return base::unavailable(settings_.folder + "/cur/" + seen + ": too many of that name");
}

base::Result<MaildirLook> Maildir::take(MailKeeper& keeper) const {
    const auto files = found();
    if (!files) return tl::unexpected(files.error());
    MaildirLook look;
    for (const Found& file : *files) {
        if (look.kept + look.known >= settings_.messages_a_look) {
            look.more = true;
            break;
        }
        auto arrival = read(file);
        if (!arrival && arrival.error().kind != base::ErrorKind::kInvalid) return tl::unexpected(arrival.error());
        const auto kept = arrival ? keeper.keep(std::move(*arrival)) : base::Result<Keeping>(tl::unexpected(arrival.error()));
        if (!kept && kept.error().worth_retrying()) return tl::unexpected(kept.error());
        if (!kept) {
            look.left_behind.push_back(file.name + ": " + kept.error().message);
            continue;
        }
        ++(*kept == Keeping::kKept ? look.kept : look.known);
        if (const auto moved = move_to_cur(file.name); !moved) return tl::unexpected(moved.error());
    }
    return look;
}

}  // namespace rightsdesk::mail_gateway
