#include "rightsdesk/letters_follow.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include "base/file.h"
#include "rightsdesk/letters.h"
#include "runtime/admin_seat.h"
#include "runtime/clock.h"
#include "runtime/key_ring.h"
#include "runtime/log_line.h"
#include "runtime/process.h"
#include "telling/past.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::milliseconds kLetterPause{500};  // between two looks at the logs

class LettersFollower {
public:
    LettersFollower(SuiteAccess& suite, std::string folder, LetterTemplates templates)
        : suite_(suite), keys_(suite.config().offering_keys), folder_(std::move(folder)), templates_(std::move(templates)) {}

    // What every log has come to owe; `at_each` at every letter, as the first reading of a large log takes long. An error that may pass: whatever
    // it stopped begins anew the next time.
    base::Result<> look(const std::function<void()>& at_each) {
        const auto store = suite_.store();
        if (!store) return tl::unexpected(store.error());
        const auto listed = desk_items_.go_on(**store, [](const telling::LoggedItem&) { return true; }, [](const telling::LoggedItem&) {});
        if (!listed) return listed;
        for (const domain::OfferingId& id : desk_.offering_ids()) {
            const auto written = write(**store, id, at_each);
            if (written) continue;
            offerings_.erase(id);
            return written;
        }
        return {};
    }

    // Letters that this process has written.
    [[nodiscard]] std::uint64_t written() const { return written_; }

private:
    struct Offering {
        telling::OwedLetters owed;
        KeptLetters kept;
    };

    base::Result<> write(store::Store& store, const domain::OfferingId& id, const std::function<void()>& at_each) {
        auto found = offerings_.find(id);
        if (found == offerings_.end()) {
            found = offerings_.emplace(id, Offering{telling::OwedLetters(id), KeptLetters(folder_ + "/" + id)}).first;
            if (const auto opened = found->second.kept.open(); !opened) return opened;
        }
        // A key is there before the first record that it seals.
        const auto key = keys_.key_of(id);
        if (!key && key.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(key.error());
        base::Result<> end;
        const auto read = found->second.owed.go_on(store, key ? *key : nullptr, [&](const telling::Letter& letter) {
            end = keep(found->second.kept, letter);
            at_each();
            return end.has_value();
        });
        return read ? end : read;
    }

    base::Result<> keep(KeptLetters& kept, const telling::Letter& letter) {
        if (kept.has(letter.id)) return {};
        const auto written = kept.keep(letter.id, telling::write_letter(letter, templates_.at(letter.kind)));
        if (!written) return tl::unexpected(written.error());
        if (*written) ++written_;
        if (*written) runtime::log_info("#LETTER_WRITTEN", {{"letter", letter.id}, {"notice", letter.notice}});
        return {};
    }

    SuiteAccess& suite_;
    runtime::KeyRing keys_;
    std::string folder_;
    LetterTemplates templates_;
    domain::Book desk_{domain::kDesk};
    telling::FoldedItems desk_items_{desk_};
    std::map<domain::OfferingId, Offering> offerings_;
    std::uint64_t written_ = 0;
};

// What it tells on its admin port. `trouble`: what stands in the way; `seen`: when the logs were last read whole.
runtime::Snapshot snapshot_of(const LettersFollower& follower, const std::string& trouble, std::optional<std::chrono::nanoseconds> seen, std::chrono::nanoseconds now) {
    runtime::Snapshot snapshot;
    snapshot.figures.add(runtime::MetricKind::kLettersWrittenTotal, static_cast<double>(follower.written()));
    if (seen) snapshot.figures.add(runtime::MetricKind::kStoreSeenSecondsAgo, std::chrono::duration<double>(now - *seen).count());
    if (!seen && trouble.empty()) snapshot.not_ready.push_back({"starting", "it reads its logs for the first time"});
    if (!trouble.empty()) snapshot.not_ready.push_back({"letters_wait", trouble});
    return snapshot;
}

// Held open while it runs: whoever wants to know whether it does looks for it.
base::FileDescriptor lock_on(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Ending{Exit::kUnusable, folder + ": cannot be made: " + error.message()};
    auto lock = base::hold_lock(folder + "/.lock");
    if (!lock) throw Ending{Exit::kUnusable, lock.error().message};
    if (!*lock) throw Ending{Exit::kUnavailable, folder + ": another process follows already, and writes these letters"};
    return std::move(**lock);
}

}  // namespace

std::string letters_folder(const SuiteAccess& suite) {
    return (std::filesystem::path(suite.config().outboxes) / ".." / "letters").lexically_normal().string();
}

Exit follow_letters(Session& session, const std::string& folder, const std::string& templates) {
    const std::string into = folder.empty() ? letters_folder(session.suite()) : folder;
    LettersFollower follower(session.suite(), into, must(load_letter_templates(templates)));
    const base::FileDescriptor lock = lock_on(into);
    runtime::start_logging("letters", "");
    runtime::watch_signals();
    runtime::log_info("#STARTED", {{"folder", into}});
    const runtime::SystemClock clock;
    runtime::AdminSeat admin(session.suite().config().letters_admin, "letters", runtime::kFirstInstance, clock);
    std::string told;  // what stands in the way
    std::optional<std::chrono::nanoseconds> seen;
    const auto turned = [&] { admin.turned([&] { return snapshot_of(follower, told, seen, clock.monotonic()); }); };
    while (!runtime::asked_to_stop()) {
        turned();
        const auto looked = follower.look(turned);
        if (!looked && !looked.error().worth_retrying()) throw ending(looked.error());
        const std::string trouble = looked ? "" : looked.error().message;
        if (trouble != told && !trouble.empty()) runtime::log_error("#LETTERS_WAIT", {{"reason", trouble}});
        told = trouble;
        if (looked) seen = clock.monotonic();
        std::this_thread::sleep_for(kLetterPause);
    }
    runtime::log_info("#STOPPED");
    return Exit::kGood;
}

}  // namespace rightsdesk::tools
