// What does the harm, by the seed: at random moments of the work, counted in messages that have come to their receipts, and some
// milliseconds into what follows, so that a slow machine is disturbed as often as a fast one.
#pragma once

#include <functional>
#include <fstream>

#include "chaos/desk_under_fire.h"
#include "chaos/dice.h"

namespace rightsdesk::chaos {

class Nemesis {
public:
    // Kills `kills` times while so many messages come to their receipts.
    Nemesis(DeskUnderFire& desk, std::uint64_t seed, int kills, std::size_t work, const std::filesystem::path& diary);

    // To be called again and again with how many have.
    void turn(std::size_t done);
    // Whether it still has to kill when the work is done: then it goes on at once.
    [[nodiscard]] bool wants_more() const { return desk_.kills < wanted_; }

    // Restarts a gateway; kills the watch, or the product's gateway in the midst of its work; steps the clock back: the play's own.
    std::function<void()> restart_a_gateway;
    std::function<void()> kill_the_watch;
    std::function<void()> kill_at_work;  // what is run beside the suite
    std::function<void()> step_back;
    // The deadline monitor must hear to step the time: it is made deaf only while this holds.
    bool may_deafen_the_clock = false;

private:
    void plan(std::size_t done);
    std::chrono::milliseconds absence();
    void act();
    void write(const std::string& what, const std::string& whom);

    DeskUnderFire& desk_;
    Dice dice_;
    int wanted_;
    std::size_t work_;
    std::size_t at_ = 0;
    std::optional<SteadyClock::time_point> due_;
    std::ofstream diary_;
    SteadyClock::time_point started_ = SteadyClock::now();
};

}  // namespace rightsdesk::chaos
