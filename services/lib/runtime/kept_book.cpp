#include "runtime/kept_book.h"

#include <fcntl.h>
#include <sodium.h>

#include <algorithm>

#include "wire/wire.h"

namespace rightsdesk::runtime {

namespace {

using domain::Entity;

std::string before_of(const std::string& file) { return file + ".before"; }

// Empty where it is not in hex.
base::Bytes octets_of(std::string_view hex) {
    std::string octets(hex.size() / 2, '\0');
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(octets.data()), octets.size(), hex.data(), hex.size(), nullptr, nullptr, nullptr) != 0) return {};
    return base::Bytes(std::move(octets));
}

// Nothing where it cannot be read, or is neither.
std::optional<domain::Event> event_of(std::string_view hex) {
    const auto state = wire::decode_state(octets_of(hex));
    if (!state) return std::nullopt;
    if (const auto* alert = std::get_if<domain::Alert>(&*state)) return domain::AlertRaised{*alert};
    if (const auto* sending = std::get_if<domain::Sending>(&*state)) return domain::SendingsIntended{{*sending}, {}};
    return std::nullopt;
}

// The whole lines; how many octets they have.
std::size_t fold_lines(domain::Book& book, std::string_view text) {
    std::size_t at = 0;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', at)) {
        std::string_view line = text.substr(at, end - at);
        std::vector<domain::Event> events;
        while (!line.empty()) {
            const std::size_t blank = std::min(line.find(' '), line.size());
            auto event = event_of(line.substr(0, blank));
            if (event) events.push_back(std::move(*event));
            line.remove_prefix(std::min(blank + 1, line.size()));
        }
        domain::evolve(book, events);
        at = end + 1;
    }
    return at;
}

std::string line_of(const std::vector<Entity>& entities) {
    std::string line;
    for (const Entity& entity : entities) line += (line.empty() ? "" : " ") + base::to_hex(wire::encode_state(entity).view());
    return line + '\n';
}

// What was written, each once, as it is now.
std::vector<Entity> written_by(const domain::Book& book, const std::vector<domain::Event>& events) {
    std::vector<Entity> entities;
    std::vector<std::pair<std::string, std::uint64_t>> sendings;
    const auto add_sending = [&](const std::string& way, std::uint64_t number) {
        const std::pair<std::string, std::uint64_t> name{way, number};
        if (std::find(sendings.begin(), sendings.end(), name) != sendings.end()) return;
        sendings.push_back(name);
        entities.emplace_back(*book.sending(way, number));
    };
    for (const domain::Event& event : events) {
        if (const auto* raised = std::get_if<domain::AlertRaised>(&event)) entities.emplace_back(*book.alert(raised->alert.number));
        if (const auto* resolved = std::get_if<domain::AlertResolved>(&event)) entities.emplace_back(*book.alert(resolved->number));
        if (const auto* intended = std::get_if<domain::SendingsIntended>(&event)) {
            for (const domain::Sending& sending : intended->sendings) add_sending(sending.way, sending.number);
            for (const domain::SendingJoined& joined : intended->joined) add_sending(joined.way, joined.number);
        }
        if (const auto* attempted = std::get_if<domain::SendingsAttempted>(&event)) {
            for (const domain::SendingAttempt& attempt : attempted->attempts) add_sending(attempt.way, attempt.number);
        }
    }
    return entities;
}

// Alerts that stand, the sendings that told of them or wait, with what these tell of, and the last of each way, after which the next is numbered.
std::vector<Entity> still_open(const domain::Book& book) {
    std::set<std::uint64_t> alerts{book.last_alert()};
    for (std::uint64_t number = 1; number <= book.last_alert(); ++number) {
        const domain::Alert* alert = book.alert(number);
        if (alert != nullptr && !alert->resolved_at) alerts.insert(number);
    }
    std::vector<Entity> entities;
    for (const auto& [way, sendings] : book.sendings()) {
        for (std::uint64_t number = 1; number <= sendings.last; ++number) {
            const domain::Sending* sending = book.sending(way, number);
            if (sending == nullptr) continue;
            const bool waits = sending->status == domain::SendingStatus::kWaiting;
            const bool of_standing = std::any_of(sending->items.begin(), sending->items.end(), [&](const domain::SendingItem& item) { return alerts.contains(item.alert); });
            if (!waits && !of_standing && number != sendings.last) continue;
            entities.emplace_back(*sending);
            if (!waits) continue;
            for (const domain::SendingItem& item : sending->items) alerts.insert(item.alert);
        }
    }
    for (const std::uint64_t number : alerts) {
        if (const domain::Alert* alert = book.alert(number)) entities.emplace_back(*alert);
    }
    return entities;
}

}  // namespace

base::Result<std::optional<KeptBook>> KeptBook::open(const std::string& file, const std::string& log) {
    KeptBook opened(file, log);
    auto lock = base::hold_lock(file + ".lock");
    if (!lock) return tl::unexpected(lock.error());
    if (!*lock) return std::optional<KeptBook>();
    opened.lock_ = std::move(**lock);
    const auto text = base::read_file(file);
    if (!text) return tl::unexpected(text.error());
    if (*text) opened.octets_ = fold_lines(*opened.book_, **text);
    if (const auto ready = opened.open_file(); !ready) return tl::unexpected(ready.error());
    return std::optional(std::move(opened));
}

// What a crash tore off is cut, so that the next line begins a line.
base::Result<> KeptBook::open_file() {
    file_ = base::FileDescriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!file_ || ::ftruncate(file_.number(), static_cast<off_t>(octets_)) != 0) return base::unavailable(path_ + ": " + base::system_reason());
    return base::sync_folder(base::folder_of(path_));
}

base::Result<> KeptBook::append(const std::vector<domain::Event>& events) {
    domain::evolve(*book_, events);
    if (octets_ > kMostKeptOctets) {
        if (const auto begun = begin_anew(); !begun) return begun;
    }
    const std::string line = line_of(written_by(*book_, events));
    if (base::write_whole(file_, line) && ::fdatasync(file_.number()) == 0) {
        octets_ += line.size();
        return {};
    }
    const auto refused = base::unavailable(path_ + ": " + base::system_reason());
    (void)::ftruncate(file_.number(), static_cast<off_t>(octets_));
    return refused;
}

base::Result<> KeptBook::begin_anew() {
    const std::string line = line_of(still_open(*book_));
    const std::string anew = path_ + ".anew";
    if (const auto written = base::replace_file(anew, line); !written) return written;
    for (const auto& [from, to] : {std::pair{path_, before_of(path_)}, std::pair{anew, path_}}) {
        if (const auto renamed = base::rename_file(from, to); !renamed) return renamed;
    }
    auto book = std::make_unique<domain::Book>(book_->log());
    octets_ = fold_lines(*book, line);
    book_ = std::move(book);
    return open_file();
}

std::vector<std::unique_ptr<domain::Book>> read_kept_books(const std::string& file, const std::string& log) {
    std::vector<std::unique_ptr<domain::Book>> books;
    for (const std::string& path : {before_of(file), file}) {
        const auto text = base::read_file(path);
        if (!text || !*text) continue;
        books.push_back(std::make_unique<domain::Book>(log));
        (void)fold_lines(*books.back(), **text);
    }
    return books;
}

}  // namespace rightsdesk::runtime
