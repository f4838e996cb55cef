// Effects on very many entities (a count, an allocation, a re-dating, a settlement) come in parts, each a commit of its own, so
// that none is larger than a commit may be. Every part is decided on the book as it is: what is recorded already is not
// recorded again, so that an effect goes on after a restart where it was.
#pragma once

#include <algorithm>

#include "domain/trial.h"

namespace rightsdesk::domain {

// One part being made, on trial in the book until it is given away.
class Part {
public:
    Part(const Book& book, const Context& context) : trial_(book), room_(context.most_effects) {}

    // Nothing more should be added: go_on.
    [[nodiscard]] bool is_full() const { return decision_.events.size() + further_ >= room_; }
    // Lines in one chunk of a list: so many, or as many as fill a part.
    [[nodiscard]] std::size_t most_lines(std::size_t usual) const { return room_ < usual ? room_ : usual; }

    void add(const Event& event, std::size_t entities = 1) {
        trial_.add(decision_, event);
        further_ += entities - 1;
    }

    // For what adds by itself.
    Trial& trial() { return trial_; }
    Decision& decision() { return decision_; }

    // The whole effect, or its last part.
    [[nodiscard]] Decision done() { return std::move(decision_); }
    // The rest follows; not of an empty part.
    [[nodiscard]] Decision go_on(std::shared_ptr<const Unfinished> at);

private:
    Trial trial_;
    Decision decision_;
    std::size_t room_;
    std::size_t further_ = 0;  // entities beyond one an event
};

// Adds the lines from `from` on in chunks, each an event that `say` makes of its number and lines, until the part is full. Where to go on;
// the number of lines when all are there.
inline constexpr std::size_t kLinesPerChunk = 500;
template <class Line, class Say>
std::size_t add_in_chunks(const std::vector<Line>& lines, std::size_t from, Part& part, Say say) {
    const std::size_t chunk = part.most_lines(kLinesPerChunk);
    for (; from < lines.size() && !part.is_full(); from += chunk) {
        const auto first = lines.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), from + chunk));
        part.add(say(static_cast<std::uint32_t>(from / chunk), std::vector<Line>(first, last)), static_cast<std::size_t>(last - first));
    }
    return std::min(from, lines.size());
}

// The pass over the notices stopped before this one.
struct AtNotice final : Unfinished {
    explicit AtNotice(NoticeId id) : notice(std::move(id)) {}
    NoticeId notice;
};

// Where a pass over the notices begins: at the first, or where the part before stopped.
NoticeId first_notice(const Context& context);

// Adds what `say` makes of each notice, from this one on in order of id, until the part is full. The notice to go on at, or nothing
// when all were asked.
std::optional<NoticeId> add_for_notices(const Book& book, Part& part, const NoticeId& from, const std::function<std::optional<Event>(const NoticeId&)>& say);

// The whole of an effect that is one event for each notice it concerns. What it makes rests on the offering's life.
Decision for_notices(const Book& book, const Context& context, const std::function<std::optional<Event>(const NoticeId&)>& say);

}  // namespace rightsdesk::domain
