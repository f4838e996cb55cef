#include "domain/alert_pipeline.h"

#include <algorithm>
#include <array>

#include "domain/escalating.h"
#include "domain/grouping.h"
#include "domain/inhibiting.h"
#include "domain/silencing.h"

namespace rightsdesk::domain {

// A namespace of its own, so that its short names stay out of the other sources.
namespace pipeline {

namespace {

struct Passing {
    const Book& book;
    const Context& context;
    AlertsSoFar& so_far;
    Alert alert;
};

// A stage is false where the alert goes no further.
struct DecidingStage {
    const char* name;
    bool (*take)(Passing&);
};
struct SendingStage {
    const char* name;
    bool (*lets_out)(const Book&, const Alert&, Instant);
};

// Once a cause; numbered after the log's last, with the one before it on its topic.
bool raise(Passing& passing) {
    Alert& alert = passing.alert;
    if (is_open(passing.book, passing.so_far, alert.cause)) return false;
    alert.number = ++passing.so_far.last;
    alert.raised_at = passing.context.now;
    const std::string topic = alert_topic(passing.book.log(), alert);
    const auto before = passing.so_far.last_on_topic.find(topic);
    alert.previous_on_topic = before == passing.so_far.last_on_topic.end() ? passing.book.last_alert_on(topic) : before->second.number;
    return true;
}

bool inhibit(Passing& passing) {
    if (is_inhibited(passing.book, passing.alert.kind)) passing.alert.held_since = passing.context.now;
    return true;
}

bool silence(Passing& passing) {
    const Silence* covering = silence_of(passing.book, passing.alert, passing.context.now);
    if (covering != nullptr) passing.alert.silenced = covering->prefix;
    return true;
}

// With those of its topic that came shortly before, by this decision or in the book.
bool group(Passing& passing) {
    Alert& alert = passing.alert;
    const auto& here = passing.so_far.last_on_topic;
    const auto found = here.find(alert_topic(passing.book.log(), alert));
    const Alert* before = found == here.end() ? passing.book.alert(alert.previous_on_topic) : &found->second;
    const Alert* first = before == nullptr ? nullptr : passing.book.alert(before->group);
    alert.group = before == nullptr ? alert.number : group_of(alert, *before, first == nullptr ? passing.context.now : first->raised_at, passing.context.now);
    return true;
}

// By when somebody must have it in hand, counted from when it is sent: else escalations_due raises another.
bool escalate(Passing& passing) {
    if (!passing.alert.held_since) passing.alert.acknowledge_by = acknowledge_by(passing.alert, passing.context.now);
    return true;
}

bool record(Passing& passing) {
    passing.so_far.raised.insert(passing.alert.cause);
    passing.so_far.last_on_topic[alert_topic(passing.book.log(), passing.alert)] = passing.alert;
    passing.so_far.decision.add(AlertRaised{passing.alert});
    return true;
}

bool is_not_held(const Book&, const Alert& alert, Instant) { return !alert.held_since; }
bool is_not_silenced(const Book& book, const Alert& alert, Instant now) { return !is_silenced(book, alert, now); }

constexpr std::array kBeforeCommit{
    DecidingStage{"raise", raise},
    DecidingStage{"inhibit", inhibit},
    DecidingStage{"silence", silence},
    DecidingStage{"group", group},
    DecidingStage{"escalate", escalate},
    DecidingStage{"record", record},
};
constexpr std::array kPublish{
    SendingStage{"not held", is_not_held},
    SendingStage{"not silenced", is_not_silenced},
};

}  // namespace

}  // namespace pipeline

void pass_on(const Book& book, const Context& context, Alert draft, AlertsSoFar& so_far) {
    pipeline::Passing passing{book, context, so_far, std::move(draft)};
    for (const pipeline::DecidingStage& stage : pipeline::kBeforeCommit) {
        if (!stage.take(passing)) return;
    }
}

bool goes_out(const Book& book, const Alert& alert, Instant now) {
    return std::all_of(pipeline::kPublish.begin(), pipeline::kPublish.end(), [&](const pipeline::SendingStage& stage) { return stage.lets_out(book, alert, now); });
}

std::string alert_pipeline_text() {
    std::string text = "what happened";
    for (const pipeline::DecidingStage& stage : pipeline::kBeforeCommit) text += std::string(" -> ") + stage.name;
    text += " -> (commit)";
    for (const pipeline::SendingStage& stage : pipeline::kPublish) text += std::string(" -> ") + stage.name;
    return text + " -> the feed";
}

bool is_open(const Book& book, const AlertsSoFar& so_far, const std::string& cause) {
    return so_far.raised.contains(cause) || (book.open_alert_of(cause) != 0 && !so_far.resolved.contains(cause));
}

}  // namespace rightsdesk::domain
