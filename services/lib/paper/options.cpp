#include "paper/options.h"

#include <algorithm>

#include "paper/boxes.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kBoxReach = 48;  // octets between an option's words and the far side of its box

struct Found {
    Span words;
    std::size_t value = 0;
    Box before;
    Box behind;  // both in offsets into the page
};

// "Certified check" stands in "uncertified check" too.
std::optional<Span> find_words(const Page& page, std::string_view words, Span place) {
    auto found = page.find(words, place.begin, place.end);
    while (found && found->begin >= 2 && lower(page.between(found->begin - 2, found->begin)) == "un") found = page.find(words, found->end, place.end);
    return found;
}

Box shifted(Box box, std::size_t by) { return {box.state, box.begin + by, box.end + by}; }

std::vector<Found> find_options(const Page& page, const std::vector<Option>& options, Span place) {
    std::vector<Found> found;
    found.reserve(options.size());
    for (const Option& option : options) {
        const auto words = find_words(page, option.words, place);
        if (!words) continue;
        const std::size_t before = std::max(place.begin, words->begin - std::min(words->begin, kBoxReach));
        const std::size_t behind = std::min(place.end, words->end + kBoxReach);
        found.push_back({*words, option.value, shifted(last_box(page.between(before, words->begin)), before),
                         shifted(first_box(page.between(words->end, behind)), words->end)});
        place.begin = words->end;
        if (option.explained_until.empty()) continue;
        if (const auto explained = page.find(option.explained_until, place.begin, place.end)) place.begin = explained->end;
    }
    return found;
}

bool is_box(const Box& box) { return box.state == BoxState::kEmpty || box.state == BoxState::kTicked; }

}  // namespace

Choice read_options(const Page& page, const std::vector<Option>& options, Span place) {
    const std::vector<Found> found = find_options(page, options, place);
    const auto before = std::count_if(found.begin(), found.end(), [](const Found& one) { return is_box(one.before); });
    const auto behind = std::count_if(found.begin(), found.end(), [](const Found& one) { return is_box(one.behind); });
    const bool stand_before = before >= behind;
    Choice choice;
    std::size_t ticked = 0;
    bool certain = found.size() == options.size();
    for (const Found& one : found) {
        const Box& box = stand_before ? one.before : one.behind;
        if (box.state == BoxState::kNone || box.state == BoxState::kEmpty) continue;
        const std::string mark = page.between(box.begin, box.end);
        const std::string words = tidy(page.between(one.words.begin, one.words.end));
        choice.texts.push_back(stand_before ? mark + " " + words : words + " " + mark);
        certain = certain && box.state == BoxState::kTicked;
        if (++ticked == 1) choice.value = one.value;
    }
    if (ticked != 1 || !certain) choice.value.reset();
    return choice;
}

}  // namespace rightsdesk::paper
