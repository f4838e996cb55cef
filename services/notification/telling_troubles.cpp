#include "notification/telling_troubles.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "domain/roles.h"
#include "runtime/log_line.h"

namespace rightsdesk::notification {

using namespace domain;  // as the handler is

namespace {

constexpr std::size_t kMostRecordedAtOnce = 50;

Context at(Instant now) {
    Context context;
    context.now = now;
    context.service = base::to_text(ServiceName::kNotification);
    return context;
}

// Changes with every line of it; empty where there is none.
std::string state_of(const std::string& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) return {};
    return std::to_string(about.st_ino) + "/" + std::to_string(about.st_size) + "/" + std::to_string(about.st_mtim.tv_sec) + "." + std::to_string(about.st_mtim.tv_nsec);
}

}  // namespace

bool TellingTroubles::opens(Instant now) {
    if (kept_) return true;
    if (opened_at_ && now.value - opened_at_->value < kTriedAgain) return false;
    opened_at_ = now;
    auto opened = runtime::KeptBook::open(file_, kDesk);
    if (opened && !*opened) return false;  // another instance tells
    // A disk that cannot be written is one of the troubles: then two instances may both tell, and after a crash it is told again.
    kept_ = opened ? std::move(**opened) : runtime::KeptBook::without_file(file_, kDesk);
    heard_.go_on_from(kept_->book());
    return true;
}

// A disk that takes nothing more is one of the troubles: it is told all the same.
void TellingTroubles::keep(const Decision& decision) {
    const auto kept = kept_->append(decision.events);
    if (!kept && !told_not_kept_) runtime::log_error("#SENDINGS_NOT_KEPT", {{"reason", kept.error().message}});
    told_not_kept_ = !kept;
}

void TellingTroubles::turn(Instant now) {
    if (outside_.ways().empty() || !opens(now)) return;
    const Decision told = troubles_due(kept_->book(), heard_, outside_.ways(), at(now));
    if (!told.events.empty()) keep(told);
    const Decision ended = outside_.due(kept_->book(), at(now));
    if (!ended.events.empty()) keep(ended);
}

void TellingTroubles::finish(Instant now) {
    if (!outside_.finish() || !kept_) return;
    const Decision ended = outside_.due(kept_->book(), at(now));
    if (!ended.events.empty()) keep(ended);
}

CountsByWay TellingTroubles::counts(Instant now) const {
    CountsByWay counts;
    outside_.count_attempts(counts);
    if (kept_) outside_.count(kept_->book(), now, counts);
    return counts;
}

Decision TroubleRecords::due(const Book& desk, const Context& context) {
    if (file_.empty()) return {};
    const std::string state = state_of(file_);
    if (state != seen_) {
        seen_ = state;
        books_ = runtime::read_kept_books(file_, kDesk);
        all_on_record_ = false;
    }
    if (all_on_record_) return {};
    std::vector<const Book*> books;
    books.reserve(books_.size());
    for (const auto& book : books_) books.push_back(book.get());
    Decision decision = recorded_sendings(desk, books, context, kMostRecordedAtOnce);
    all_on_record_ = decision.events.empty();
    return decision;
}

}  // namespace rightsdesk::notification
