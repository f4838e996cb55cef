// The desk's own troubles, as whoever tells people of them hears them: a store that is away, a full disk, a clock in doubt. Every process tells its
// own on its feed, again and again until it is over, and also gives signs of life; from both follows when a trouble begins and when it is over.
//
// One trouble that several processes tell of is one: it begins with the first, and is over when each that told of it has been heard without it.
// A process that fell silent has not said that it is over. Pure; the book that it is decided on is of whoever tells, not the desk's.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/decision.h"
#include "domain/ways.h"

namespace rightsdesk::domain {

inline constexpr int kSignsWithout = 8;  // of life, at four a second: for so long a process tells of it no more
inline constexpr std::int64_t kToldAgainAfter = 30 * kNanosecondsPerMinute;  // a critical one: as long as most kinds have until somebody must have them in hand

class HeardTroubles {
public:
    // All that may be heard: "intake", "intake-2".
    explicit HeardTroubles(std::set<std::string> processes) : processes_(std::move(processes)) {}

    // An alert of number 0. One of a process or a kind that is not known is let be.
    void told(const std::string& process, const Alert& alert);
    void lives(const std::string& process);
    // What stands in the book, as it was heard before this process began.
    void go_on_from(const Book& book);

    struct Trouble {
        Alert alert;                                  // as the first of them tells it now; its cause: the trouble, whoever tells of it
        std::map<std::string, int> tellers = {};      // and how many signs of life each has given since
    };
    // By cause.
    [[nodiscard]] const std::map<std::string, Trouble>& standing() const { return standing_; }

private:
    std::set<std::string> processes_;
    std::map<std::string, Trouble> standing_;
};

// What began and what is over, and what of it goes outside; where nothing did, what is told again. Each that is to go out has a key.
Decision troubles_due(const Book& book, const HeardTroubles& heard, const std::vector<Way>& ways, const Context& context);

// What a sending of that book told of, for a record that has not its alerts.
Sending for_the_record(const Book& book, const Sending& sending);

// Of what went out without the store and is not on record yet: into the desk's log, as it ended. At most `most`.
Decision recorded_sendings(const Book& desk, const std::vector<const Book*>& kept, const Context& context, std::size_t most);

}  // namespace rightsdesk::domain
