// Effects in parts, as the tests of instances and of deaths have them: a silence a part, of a name that tells notice and part.
#pragma once

#include "desk_world.h"

namespace rightsdesk::runtime {

// What an unfinished effect remembers between its parts.
struct PartsSoFar final : Unfinished {
    explicit PartsSoFar(std::size_t said) : count(said) {}
    std::size_t count;
};

// None: it remembers nothing, as after a death.
inline std::optional<std::size_t> parts_remembered(const Context& context) {
    const auto remembered = std::dynamic_pointer_cast<const PartsSoFar>(context.unfinished);
    return remembered == nullptr ? std::nullopt : std::optional(remembered->count);
}

inline std::string part_name(const NoticeId& notice, std::size_t part) { return notice + "/part/" + std::to_string(part); }

inline Names parts_of(const NoticeId& notice, std::size_t count) {
    Names names;
    names.reserve(count);
    for (std::size_t part = 0; part < count; ++part) names.push_back(part_name(notice, part));
    return names;
}

// The part after the `said` ones, of so many.
inline Decision say_part(const NoticeId& notice, std::size_t said, std::size_t count, const Context& context) {
    Decision decision;
    decision.add(AlertsSilenced{Silence{part_name(notice, said), Instant(1), context.service}});
    decision.more = said + 1 < count;
    decision.unfinished = std::make_shared<PartsSoFar>(said + 1);
    return decision;
}

// What is silenced in the offering's log, in order.
inline Names silenced_in(const DeskWorld& world) {
    Names names;
    for (const auto& [sequence, record] : world.logs->logs.at(kOffering).records) {
        const Event event = wire::decode_record(record.record, nullptr)->event;
        if (const auto* silence = std::get_if<AlertsSilenced>(&event)) names.push_back(silence->silence.prefix);
    }
    return names;
}

}  // namespace rightsdesk::runtime
