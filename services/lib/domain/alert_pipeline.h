// The way of an alert, from what alerting.cpp makes of a record to the feed. It is a list in alert_pipeline.cpp, one stage
// after another, and each may end it; alert_pipeline_text() is its diagram, as the README of notification has it.
//
// A stage before the commit sees the alert as the stages before it left it, and the book; it reads no clock. What goes out is decided once
// the alert is in the book, and asked again when it is resolved or acknowledged.
#pragma once

#include <map>
#include <set>
#include <string>

#include "domain/decision.h"

namespace rightsdesk::domain {

// What one decision has raised and resolved so far.
struct AlertsSoFar {
    explicit AlertsSoFar(const Book& book) : last(book.last_alert()) {}

    std::uint64_t last;
    std::map<std::string, Alert> last_on_topic;
    std::set<std::string> raised, resolved;  // causes
    Decision decision;
};

// Takes a draft (severity, kind, subject, cause, words, instant) through the stages before the commit; AlertRaised in `so_far`, or nothing where
// a stage ended it.
void pass_on(const Book& book, const Context& context, Alert draft, AlertsSoFar& so_far);

// Whether an alert of the book goes out on the feed now: the stages after the commit.
bool goes_out(const Book& book, const Alert& alert, Instant now);

// "what happened -> raise -> record -> (commit) -> not silenced -> the feed".
std::string alert_pipeline_text();

// While an alert of the cause is open, as this decision leaves it, none is raised.
bool is_open(const Book& book, const AlertsSoFar& so_far, const std::string& cause);

}  // namespace rightsdesk::domain
