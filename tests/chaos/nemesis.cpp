#include "chaos/nemesis.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/leases.h"

namespace rightsdesk::chaos {

namespace {

using std::chrono::milliseconds;

milliseconds some(Dice& dice, std::int64_t least, std::int64_t most) { return milliseconds(dice.between(least, most)); }

}  // namespace

Nemesis::Nemesis(DeskUnderFire& desk, std::uint64_t seed, int kills, std::size_t work, const std::filesystem::path& diary)
    : desk_(desk), dice_(seed ^ 0x9e3779b97f4a7c15U), wanted_(kills), work_(work), diary_(diary) {
    plan(0);
}

// What is left of the work is shared out among the kills that are left; beside four of these there is one act that kills nobody.
void Nemesis::plan(std::size_t done) {
    const auto left = static_cast<std::size_t>(std::max(1, wanted_ - desk_.kills)) * 5 / 4 + 1;
    const std::size_t mean = (work_ > done ? work_ - done : 0) / left;
    at_ = mean == 0 ? done : done + 1 + dice_.below(2 * mean);
    due_.reset();
}

void Nemesis::turn(std::size_t done) {
    if (desk_.kills >= wanted_ || done < at_) return;
    const auto now = SteadyClock::now();
    if (!due_) due_ = now + some(dice_, 0, 20);
    if (now < *due_) return;
    act();
    plan(done);
}

void Nemesis::write(const std::string& what, const std::string& whom) {
    const auto since = std::chrono::duration_cast<milliseconds>(SteadyClock::now() - started_).count();
    diary_ << nlohmann::json{{"ms", since}, {"act", what}, {"on", whom}}.dump() << "\n" << std::flush;
}

// Most are away for moments. Of two instances one may be away until the other has taken its logs.
milliseconds Nemesis::absence() {
    if (dice_.in(60)) return milliseconds(0);
    return desk_.in_pairs() && dice_.in(25) ? runtime::kLease + some(dice_, 0, 1'500) : some(dice_, 0, 250);
}

void Nemesis::act() {
    const auto beside = desk_.beside();
    const std::string name = dice_.one_of(!beside.empty() && dice_.in(15) ? beside : desk_.names());
    const bool deaf = dice_.in(12) && desk_.is_instance(name) && (!name.starts_with("deadline_monitor") || may_deafen_the_clock);
    const auto fate = dice_.below(100);
    if (fate < 52 && std::find(beside.begin(), beside.end(), name) != beside.end() && dice_.in(60)) {
        write("kill at work", name);
        kill_at_work();
    } else if (fate < 52) {
        write(deaf ? "kill, deaf" : "kill", name);
        desk_.kill(name, absence(), deaf);
    } else if (fate < 56) {
        write("end", name);
        desk_.end(name);
    } else if (fate < 66) {
        write("kill", "redis");
        desk_.kill_redis();
    } else if (fate < 76) {
        write("stop, kill", "redis");
        desk_.pause_and_kill_redis(some(dice_, 5, 120));
    } else if (fate < 80) {
        write("stop, kill", "redis and " + name);
        desk_.pause_redis(some(dice_, 20, 100));
        desk_.kill(name, milliseconds(0), false);
    } else if (fate < 88) {
        const bool long_pause = dice_.in(40);
        write(long_pause ? "stop past its lease" : "stop", name);
        desk_.pause(name, long_pause ? runtime::kLease + some(dice_, 100, 1'500) : some(dice_, 20, 600));
    } else if (fate < 92) {
        write("stop", "redis");
        desk_.pause_redis(some(dice_, 20, 300));
    } else if (fate < 94) {
        write("kill", "watch");
        kill_the_watch();
    } else if (fate < 97) {
        write("restart", "a gateway");
        restart_a_gateway();
    } else {
        write("step back", "clock");
        step_back();
    }
}

}  // namespace rightsdesk::chaos
