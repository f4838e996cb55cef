// What is wrong with the desk itself: kept in memory, told at once and repeated until it is cleared, store or no store.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/entities.h"

namespace rightsdesk::runtime {

class Health {
public:
    // Raises or renews a problem that stops the service: it acknowledges nothing and acts on nothing. True when it was not there
    // before. `kind` is one of the table's (domain/alert_kinds.h), with its severity, and a bug where it is none; it may go on with a slash
    // and what it is about ("disk_nearly_full//var/documents"): each of these is one.
    bool raise(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now);
    // The same of one that people must hear of and that stops nothing.
    bool warn(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now);
    // Clears it; true when it was there.
    bool clear(const std::string& kind);

    // Nothing stands that stops the service.
    [[nodiscard]] bool good() const { return stopping_ == 0; }
    // Nothing stands that stops the acting either. That the store did not answer stops no trying: what is tried says so itself.
    [[nodiscard]] bool lets_act() const { return stopping_ == (has("store_unreachable") ? 1U : 0U); }
    // Something stops it, and it is the clock alone: then a person may vouch for the clock.
    [[nodiscard]] bool only_the_clock() const;
    // Whether this alone stops it.
    [[nodiscard]] bool only(const std::string& kind) const { return stopping_ == 1 && has(kind); }
    [[nodiscard]] bool has(const std::string& kind) const { return problems_.contains(kind); }
    // What stands, for machines: a kind with what it is about, in words, and whether it stops the service.
    struct Standing {
        std::string kind;  // of the table, without what it is about
        std::string what;
        bool stops = true;
    };
    [[nodiscard]] std::vector<Standing> standing() const;
    // As alerts of number 0, for topic "alert/desk/<severity>/<kind>/".
    [[nodiscard]] std::vector<domain::Alert> alerts(const std::string& service) const;

private:
    struct Problem {
        std::string what;
        std::string next;
        domain::Instant since;
        bool stops = true;
    };
    bool put(const std::string& kind, Problem problem);

    std::map<std::string, Problem> problems_;
    std::size_t stopping_ = 0;
};

}  // namespace rightsdesk::runtime
