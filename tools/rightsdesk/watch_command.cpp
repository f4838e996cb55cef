// rightsdesk watch: alerts as they come.
#include <chrono>
#include <map>
#include <set>

#include "domain/book.h"
#include "telling/alert_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

using domain::ServiceName;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kListenPause{500};
constexpr std::chrono::seconds kHealthAbsence{5};   // the desk's health is told again and again while it is bad; a person wants it once
constexpr std::size_t kMaxHeard = 1'000;

std::string topic_prefix(const std::string& given) {
    return given.starts_with("alert/") ? given : "alert/" + given;
}

// Shows alerts: each once, in order of number within its log, and again when it is resolved or acknowledged. What is heard
// is a hint; a number that was not heard is asked for.
class Watch {
public:
    Watch(Session& session, std::string prefix, std::optional<std::uint64_t> from) : session_(session), prefix_(std::move(prefix)), from_(from) {}

    void replay_all() {
        const auto books = must(session_.suite().read_books());
        replay(domain::kDesk);
        for (const domain::OfferingId& id : books->desk.offering_ids()) replay(id);
    }

    void follow(const std::string& who) {
        const auto listener = must(session_.suite().listen(who, {prefix_, "alerthead/"}));
        for (;;) {
            session_.suite().bus().wait(kListenPause);
            for (const bus::FeedMessage& message : listener->receive(kMaxHeard)) hear(message);
        }
    }

private:
    [[nodiscard]] bool concerns(const std::string& log) const {
        const std::string topic = "alert/" + log + "/";
        return topic.starts_with(prefix_) || prefix_.starts_with(topic);
    }

    void hear(const bus::FeedMessage& message) {
        if (message.topic.starts_with("alerthead/")) {
            if (const auto head = wire::decode_alert_head(message.bytes); head && concerns(head->log)) reach(head->log, head->last);
        } else if (const auto published = wire::decode_published_alert(message.bytes)) {
            hear_alert(published->log, published->alert);
        }
    }

    // `last` is the newest number of the log.
    void reach(const std::string& log, std::uint64_t last) {
        const auto known = shown_.find(log);
        if (known == shown_.end() && !from_) {
            shown_[log] = last;  // from now on
        } else if (known == shown_.end() || known->second < last) {
            replay(log);
            shown_[log] = std::max(shown_[log], last);  // those between are on other topics
        }
    }

    void hear_alert(const std::string& log, const domain::Alert& alert) {
        if (alert.number == 0) return hear_health(alert);
        const auto known = shown_.find(log);
        if (known == shown_.end() && !from_) {
            shown_[log] = alert.number - 1;
        } else if (known == shown_.end() || alert.number > known->second + 1) {
            return reach(log, alert.number);
        } else if (alert.number <= known->second) {
            return print(log, alert);  // it changed
        }
        print(log, alert);
        shown_[log] = alert.number;
    }

    void hear_health(const domain::Alert& alert) {
        const auto now = SteadyClock::now();
        auto& last = health_[alert.subject + " " + alert.kind];
        if (last == SteadyClock::time_point() || now - last > kHealthAbsence) print(domain::kDesk, alert);
        last = now;
    }

    void replay(const std::string& log) {
        if (!concerns(log)) return;
        const auto known = shown_.find(log);
        std::uint64_t next = known == shown_.end() ? from_.value_or(1) : known->second + 1;
        for (;;) {
            const auto reply = must(session_.suite().ask("reader", ServiceName::kNotification, domain::ReplayAlerts{log, prefix_, next}));
            const auto* page = std::get_if<domain::AlertPage>(&reply.body);
            if (page == nullptr) throw Ending{Exit::kRefused, "notification does not replay alerts to 'reader'"};
            for (const domain::Alert& alert : page->alerts) {
                print(log, alert);
                next = alert.number + 1;
            }
            if (!page->more) break;
        }
        if (next > 1) shown_[log] = next - 1;
    }

    void print(const std::string& log, const domain::Alert& alert) {
        if (session_.json) session_.out << runtime::json_line(document_of(log, alert)) << std::endl;
        else if (is_one_more(log, alert)) print_member(session_.out, log, alert);
        else print_alert(session_.out, log, alert);
    }

    // Of a group of which one was shown whole, with what is to be done.
    bool is_one_more(const std::string& log, const domain::Alert& alert) {
        const bool known = alert.group != 0 && !groups_.insert({log, alert.group}).second;
        return known && alert.group != alert.number;
    }

    Session& session_;
    std::string prefix_;
    std::optional<std::uint64_t> from_;
    std::map<std::string, std::uint64_t> shown_;  // by log: up to here
    std::set<std::pair<std::string, std::uint64_t>> groups_;  // that were shown
    std::map<std::string, SteadyClock::time_point> health_;
};

}  // namespace

void add_watch(CLI::App& app, Session& session) {
    struct Given {
        std::string prefix;
        std::optional<std::uint64_t> from;
        bool no_follow = false;
    };
    auto given = std::make_shared<Given>();
    CLI::App* watch = subcommand(app, "watch", "alerts as they are raised and resolved: what happened, whom it concerns, what to do, and until when",
                                 "watch rare-medium-2002/critical/ --from 1\n  rightsdesk watch --from 1 --no-follow --json");
    watch->add_option("TOPIC-PREFIX", given->prefix, "of alert/<log>/<severity>/<kind>/; else all");
    watch->add_option("--from", given->from, "first those of each log from this number on; else from now on");
    watch->add_flag("--no-follow", given->no_follow, "end when what is there has been shown");
    watch->callback([&session, given] {
        session.run = [given](Session& run) {
            Watch shown(run, topic_prefix(given->prefix), given->no_follow ? given->from.value_or(1) : given->from);
            if (given->from || given->no_follow) shown.replay_all();
            if (!given->no_follow) shown.follow(run.actor("reader"));
            return Exit::kGood;
        };
    });
}

}  // namespace rightsdesk::tools
