// One seed, played and judged; and what many of them came to.
#pragma once

#include <gtest/gtest.h>

#include "simulation/oracle.h"

namespace rightsdesk::simulation {

struct Judged {
    std::string problems;
    std::string trace;
    std::string links;
    std::size_t messages = 0;
    std::uint64_t ticks = 0, struck = 0, deaths = 0;
    Stage stage = Stage::kOpen;
    bool extended = false, allotted = false, prorated = false, late = false, missed = false;
};

inline void look_at(const Oracle& oracle, Judged& judged) {
    const Book* book = oracle.offering();
    if (book == nullptr) return;
    judged.stage = book->life()->stage;
    judged.extended = !book->life()->extensions.empty();
    if (const Allocation* final = book->allocation(AllocationKind::kFinal)) {
        judged.allotted = final->basic_allotted > Shares(0);
        judged.prorated = final->over_allotted < final->over_requested && final->over_allotted > Shares(0);
    }
    for (const NoticeId& id : book->notice_ids()) {
        judged.late = judged.late || book->notice(id)->status == NoticeStatus::kLate;
        judged.missed = judged.missed || (book->cover(id) != nullptr && book->cover(id)->state == CoverState::kMissed);
    }
}

inline Judged judge(std::uint64_t seed, bool traced = false, const Planted& planted = {}) {
    const Story story = story_of(seed);
    Random random(seed, "faults");
    const Played played = SimulatedSuite(story, planted.weather(draw_faults(random)), traced, planted).play();
    Oracle oracle(story, played);
    Judged judged;
    std::string calm_records;
    judged.problems = oracle.judge();
    if (judged.problems.empty()) {
        const Played calm = SimulatedSuite(story, Faults{}, false).play();
        const Oracle in_calm(story, calm);
        judged.problems = calm.problem.empty() ? oracle.differs_from(in_calm) : "in good weather: " + calm.problem;
        if (traced && !judged.problems.empty()) calm_records = "in good weather:\n" + in_calm.records();
    }
    judged.trace = played.trace;
    if (traced) judged.trace += oracle.records() + calm_records;
    judged.links = oracle.links();
    judged.messages = played.sent.size();
    judged.ticks = played.ticks;
    judged.struck = played.struck;
    judged.deaths = played.deaths;
    look_at(oracle, judged);
    return judged;
}

struct Sum {
    std::uint64_t offerings = 0, messages = 0, ticks = 0, struck = 0, deaths = 0;
    std::uint64_t settled = 0, extended = 0, allotted = 0, prorated = 0, late = 0, missed = 0;

    void add(const Judged& judged) {
        ++offerings;
        messages += judged.messages;
        ticks += judged.ticks;
        struck += judged.struck;
        deaths += judged.deaths;
        settled += judged.stage == Stage::kSettled ? 1 : 0;
        extended += judged.extended ? 1 : 0;
        allotted += judged.allotted ? 1 : 0;
        prorated += judged.prorated ? 1 : 0;
        late += judged.late ? 1 : 0;
        missed += judged.missed ? 1 : 0;
    }
    [[nodiscard]] std::string text() const {
        std::ostringstream text;
        text << offerings << " offerings, " << messages << " messages, " << ticks << " ticks, " << struck << " faults, " << deaths << " deaths; settled " << settled << ", extended "
             << extended << ", allotted " << allotted << ", prorated " << prorated << ", with a late notice " << late << ", with a missed cover " << missed;
        return text.str();
    }
    // Otherwise the stories say little.
    void expect_enough() const {
        EXPECT_GT(settled, offerings / 3);
        EXPECT_GT(allotted, offerings / 3);
        EXPECT_GT(prorated, offerings / 20);  // a few hundred seeds vary
        EXPECT_GT(extended, offerings / 10);
        EXPECT_GT(late, offerings / 10);
        EXPECT_GT(missed, offerings / 10);
        EXPECT_GT(struck, offerings * 20);
        EXPECT_GT(deaths, offerings * 2);
    }
};

}  // namespace rightsdesk::simulation
