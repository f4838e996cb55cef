#include "domain/parts.h"

#include "base/check.h"

namespace rightsdesk::domain {

Decision Part::go_on(std::shared_ptr<const Unfinished> at) {
    CHECK(!decision_.events.empty());  // an effect that gets nowhere would never end
    decision_.more = true;
    decision_.unfinished = std::move(at);
    return std::move(decision_);
}

NoticeId first_notice(const Context& context) {
    const auto at = std::dynamic_pointer_cast<const AtNotice>(context.unfinished);
    return at == nullptr ? NoticeId() : at->notice;
}

std::optional<NoticeId> add_for_notices(const Book& book, Part& part, const NoticeId& from, const std::function<std::optional<Event>(const NoticeId&)>& say) {
    for (auto id = book.notice_ids().lower_bound(from); id != book.notice_ids().end(); ++id) {
        if (part.is_full()) return *id;
        if (const auto event = say(*id)) part.add(*event);
    }
    return std::nullopt;
}

Decision for_notices(const Book& book, const Context& context, const std::function<std::optional<Event>(const NoticeId&)>& say) {
    Part part(book, context);
    const auto rest = add_for_notices(book, part, first_notice(context), say);
    if (!part.decision().events.empty()) part.decision().reads = {life_name()};
    return rest ? part.go_on(std::make_shared<AtNotice>(*rest)) : part.done();
}

}  // namespace rightsdesk::domain
