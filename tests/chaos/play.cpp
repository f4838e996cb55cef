#include "chaos/play.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "bus/key_file.h"
#include "chaos/nemesis.h"
#include "chaos/offering_plan.h"
#include "chaos/sender.h"
#include "chaos/spool_gateway.h"
#include "support/files.h"
#include "wire/wire.h"

namespace rightsdesk::chaos {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr const char* kClock = "clock";
constexpr const char* kMailRoom = "mail-1";
constexpr std::size_t kShownOfAVerification = 300;
constexpr milliseconds kPoll{2};
constexpr milliseconds kAskAgain{100};
constexpr milliseconds kSpread{12};  // over which a round's messages are first said

// Which alerts a watch has shown, by log and number.
std::set<std::pair<std::string, std::uint64_t>> shown_in(const std::filesystem::path& path) {
    std::set<std::pair<std::string, std::uint64_t>> shown;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line) && !file.eof();) {
        const json alert = json::parse(line);
        shown.emplace(alert.at("log").get<std::string>(), alert.at("number").get<std::uint64_t>());
    }
    return shown;
}

// It went no further: what it waited for.
struct Standstill {
    std::string why;
};

class Play {
public:
    explicit Play(const PlayOptions& options)
        : options_(options), desk_(options.desk), dice_(options.seed + 77),
          plan_(plan_offerings(options.seed, options.offerings, support::text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "tools/sample/terms.toml"))),
          nemesis_(desk_, options.seed, options.kills, plan_.messages() + 2 * plan_.rounds.size(), options.into / "nemesis.jsonl"),
          watch_(start_watch()) {
        std::filesystem::create_directories(options.into / "journal");
        for (const char* name : {"fax-1", kMailRoom, "bank-1", "alice", "bob", kClock}) {
            if (name == std::string(kMailRoom) && as_deployed(options.seed)) spool_gateway_.emplace(desk_, name, options.into / "journal");
            else senders_.try_emplace(name, desk_, bus_, name, options.into / "journal");
        }
        nemesis_.restart_a_gateway = [this] {
            const auto sender = senders_.find(dice_.one_of(std::vector<std::string>{"fax-1", kMailRoom, "bank-1"}));
            if (sender != senders_.end()) sender->second.restart();
            else desk_.end(kMailRoom);
        };
        nemesis_.kill_the_watch = [this] {
            watch_.kill();
            ++desk_.kills;
        };
        nemesis_.kill_at_work = [this] { spool_gateway_->kill_at_work(); };
        nemesis_.step_back = [this] { step_back(); };
        const auto own = bus::load_key_pair(desk_.keys() + "/" + kClock + ".key");
        const auto server = bus::load_public_key(desk_.keys() + "/deadline_monitor.key");
        if (!own || !server) throw std::runtime_error("no key of the clock's");
        for (const std::string& instance : desk_.instances_of("deadline_monitor")) askers_.push_back(*bus_.knock({desk_.door_of(instance), *server}, *own));
    }

    PlayEnd run() {
        PlayEnd end;
        try {
            play_rounds();
            end.finished = true;
        } catch (const Standstill& standstill) {
            end.why = standstill.why;
        }
        desk_.make_whole();
        if (end.finished && desk_.command({"watch", "--no-follow", "--json"}, replayed().string()) != 0) end = {false, "the alerts were not replayed", "", 0, 0};
        if (end.finished) wait_for_the_watch(end);
        watch_.kill();
        if (end.finished) verify(end);
        end.kills = desk_.kills;
        end.messages = plan_.messages();
        desk_.end_and_keep(options_.into);
        if (spool_gateway_) spool_gateway_->keep(options_.into / "gateway");
        return end;
    }

private:
    [[nodiscard]] std::filesystem::path live() const { return options_.into / "alerts/live.jsonl"; }
    [[nodiscard]] std::filesystem::path replayed() const { return options_.into / "alerts/replayed.jsonl"; }

    void play_rounds() {
        for (const Round& round : plan_.rounds) {
            nemesis_.may_deafen_the_clock = false;
            if (!desk_.hears("deadline_monitor")) desk_.make_whole();
            if (round.rests) rest();
            step(round.at);
            if (round.rests) repeat_old();
            nemesis_.may_deafen_the_clock = true;
            for (const Message& message : round.messages) say(message);
            settle();
        }
        nemesis_.may_deafen_the_clock = false;
        while (nemesis_.wants_more()) turn();
        desk_.make_whole();
        rest();
    }

    void say(const Message& message) {
        const auto from = SteadyClock::now() + milliseconds(dice_.below(kSpread.count()));
        const auto sender = senders_.find(message.source);
        if (sender != senders_.end()) sender->second.say(message, from);
        else spool_gateway_->give(message);
    }

    void repeat_old() {
        for (auto& [name, sender] : senders_) {
            if (name != kClock) sender.say_again(dice_, 3);
        }
    }

    // The watch ends where the suite does not answer it for long; who watches starts it again.
    void keep_watching() {
        if (!watch_.runs()) watch_ = start_watch();
    }
    support::ChildProcess start_watch() { return desk_.start_command({"watch", "--from", "1", "--json"}, live().string()); }

    // One turn of everything. Throws when nothing has moved for too long.
    void turn() {
        bus_.wait(kPoll);
        int taken = 0;
        for (auto& [name, sender] : senders_) taken += sender.turn();
        if (spool_gateway_) taken += spool_gateway_->turn();
        done_ += static_cast<std::size_t>(taken);
        nemesis_.turn(done_);
        desk_.supervise();
        keep_watching();
        if (taken > 0) moved_ = SteadyClock::now();
        if (SteadyClock::now() - moved_ > options_.patience) throw Standstill{"nothing moved any more; it waited for" + waits_for()};
    }

    [[nodiscard]] std::string waits_for() const {
        std::string text;
        for (const auto& [name, sender] : senders_) text += sender.waits_for();
        if (spool_gateway_) text += spool_gateway_->waits_for();
        return text.empty() ? " the services to rest: " + busy_ : text;
    }

    void settle() {
        moved_ = SteadyClock::now();
        while (!settled()) turn();
    }
    [[nodiscard]] bool settled() const {
        return std::all_of(senders_.begin(), senders_.end(), [](const auto& one) { return one.second.settled(); }) && (!spool_gateway_ || spool_gateway_->settled());
    }

    void step(domain::Instant to) {
        if (to == now_) return;
        Message message{kClock, ++ticks_, domain::ServiceName::kDeadlineMonitor, domain::StepTime{to}, {{"kind", "step"}, {"to", to.value}}};
        message.echoed = dice_.in(20);
        senders_.at(kClock).say(message, SteadyClock::now());
        const std::uint64_t number = ticks_;
        settle();
        const domain::Receipt* receipt = senders_.at(kClock).receipt(number);
        if (receipt == nullptr || receipt->kind != domain::ReceiptKind::kAccepted) throw Standstill{"the time did not step: " + (receipt == nullptr ? "" : receipt->explanation)};
        now_ = to;
    }

    // To be refused. Not while the time steps: which of the two came first could not be told.
    void step_back() {
        Sender& clock = senders_.at(kClock);
        if (!clock.settled() || now_.value == 0) return;
        const domain::Instant to(now_.value - dice_.one_of(std::vector<std::int64_t>{1, 1'000'000, 3'600'000'000'000}));
        clock.say({kClock, ++ticks_, domain::ServiceName::kDeadlineMonitor, domain::StepTime{to}, {{"kind", "step_back"}, {"to", to.value}}}, SteadyClock::now());
    }

    // Until every service has done all that follows from what was said. On a slow machine an answer takes longer than the next question: what
    // was asked since the last message came to its receipt is as good.
    void rest() {
        moved_ = SteadyClock::now();
        auto next = moved_;
        std::uint64_t asked_before = questions_;
        for (;;) {
            if (!desk_.hears("deadline_monitor")) desk_.make_whole();
            if (SteadyClock::now() >= next) {
                domain::Envelope question;
                question.identity = {kClock, ++questions_};
                question.body = domain::Question(domain::AskClock{});
                // Whichever of the instances is there.
                for (const auto& asker : askers_) {
                    const auto sent = asker->send(wire::encode(question));
                    if (!sent && !sent.error().worth_retrying()) throw std::runtime_error(sent.error().message);
                }
                next = SteadyClock::now() + kAskAgain;
            }
            const auto moved_before = moved_;
            turn();
            if (moved_ != moved_before) asked_before = questions_;
            bool idle = false;
            for (const auto& asker : askers_) {
                for (auto bytes = asker->receive(milliseconds(0)); bytes; bytes = asker->receive(milliseconds(0))) {
                    const auto reply = wire::decode_reply(*bytes);
                    const auto* status = reply ? std::get_if<domain::ClockStatus>(&reply->body) : nullptr;
                    if (status == nullptr || reply->identity.sequence <= asked_before) continue;
                    idle = idle || status->idle;
                    busy_ = status->waiting_for.empty() ? "" : status->waiting_for.front();
                    next = std::min(next, SteadyClock::now() + (askers_.size() > 1 ? kAskAgain / 5 : milliseconds(0)));
                }
            }
            if (idle && settled()) return;
        }
    }

    // Published alerts are hints and their numbers are repeated: the watch has them all in the end.
    void wait_for_the_watch(PlayEnd& end) {
        const auto until = SteadyClock::now() + options_.patience;
        const auto wanted = shown_in(replayed());
        const auto all_shown = [&] {
            const auto shown = shown_in(live());
            return std::includes(shown.begin(), shown.end(), wanted.begin(), wanted.end());
        };
        while (!all_shown()) {
            if (SteadyClock::now() > until) {
                end = {false, "the watch has not shown every alert", "", 0, 0};
                return;
            }
            desk_.supervise();
            keep_watching();
            bus_.wait(milliseconds(20));
        }
    }

    // The suite's own opinion of what it stored.
    void verify(PlayEnd& end) {
        std::vector<std::string> logs = plan_.offerings;
        logs.push_back(domain::kDesk);
        for (const std::string& log : logs) {
            if (desk_.command({"verify", log}, "verify-" + log + ".txt") == 0) continue;
            const std::string said = support::text_of_file(desk_.folder() / "log" / ("verify-" + log + ".txt"));
            end.differs += log + ": " + said.substr(0, kShownOfAVerification) + " ";
        }
    }

    PlayOptions options_;
    DeskUnderFire desk_;
    bus::ZmqBus bus_;
    Dice dice_;
    Plan plan_;
    Nemesis nemesis_;
    support::ChildProcess watch_;
    std::map<std::string, Sender> senders_;
    std::optional<SpoolGateway> spool_gateway_;
    std::vector<std::unique_ptr<bus::Knocker>> askers_;  // at every deadline monitor
    domain::Instant now_{0};
    std::uint64_t ticks_ = 0;
    std::uint64_t questions_ = 0;
    std::size_t done_ = 0;
    SteadyClock::time_point moved_ = SteadyClock::now();
    std::string busy_;
};

}  // namespace

PlayEnd play(PlayOptions options) {
    options.into = std::filesystem::absolute(options.into);
    options.desk.instances = as_deployed(options.seed) ? 2 : 1;
    std::filesystem::create_directories(options.into);
    if (!std::filesystem::is_empty(options.into)) throw std::runtime_error(options.into.string() + " is not empty");
    std::filesystem::create_directories(options.into / "alerts");
    PlayEnd end = Play(options).run();
    std::ofstream(options.into / "end.json") << json{{"finished", end.finished}, {"why", end.why}, {"differs", end.differs}, {"seed", options.seed}, {"kills", end.kills}, {"messages", end.messages}}.dump() << "\n";
    return end;
}

}  // namespace rightsdesk::chaos
