// The auditor: once a second it reads what came into each log, checks every digest and link from the head that it signed last,
// and signs the new head, outside the store. A log that does not continue is signed no more, and everybody is told which record.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "heads/head_files.h"
#include "runtime/clock.h"
#include "store/store.h"

namespace rightsdesk::auditor {

inline constexpr std::size_t kRecordsPerStep = 10'000;  // read from one log before the others have their turn

class Auditor {
public:
    // `replica`: where one is configured only what it has too is signed, or a promoted one would lack what nobody was ever told of.
    Auditor(store::Store& store, const heads::HeadFiles& files, const heads::SigningKey& key, const runtime::Clock& clock, store::Store* replica = nullptr)
        : store_(store), files_(files), key_(key), clock_(clock), replica_(replica) {}

    // Takes up what was signed before. kCorrupt: a file holds a head that the auditor did not sign; kUnavailable: it cannot be read.
    base::Result<> start();

    // One look at every log. True when some log has more to read than a step's. kUnavailable: the store or the disk does not
    // answer for some log; try again. On a cluster the others were looked at all the same. What is damaged is no error: it is in `damaged`.
    base::Result<bool> step();

    // Why logs are not signed any more, by log.
    [[nodiscard]] const std::map<std::string, std::string>& damaged() const { return damaged_; }
    [[nodiscard]] std::uint64_t signed_heads() const { return signed_heads_; }
    // By log, how many of its records came after the head that was signed last, at the last look.
    [[nodiscard]] std::map<std::string, store::Sequence> unsigned_records() const;

private:
    struct Place {
        store::Head at;             // checked up to here, in this process
        store::Head last_signed{};
        store::Sequence head = 0;   // as the store had it at the last look
        bool met = true;            // false: what was signed by an earlier process has not been looked for yet
    };
    // The last record that may be signed of a log with this head.
    base::Result<store::Sequence> signable(const std::string& log, store::Sequence head);
    // Whether two people go on without the replica now.
    base::Result<bool> goes_without_replica();
    base::Result<bool> follow(const std::string& log, Place& place);
    base::Result<> sign(const std::string& log, Place& place);
    base::Result<> give_up(const std::string& log, const std::string& why);

    store::Store& store_;
    const heads::HeadFiles& files_;
    const heads::SigningKey& key_;
    const runtime::Clock& clock_;
    store::Store* replica_;
    std::map<std::string, Place> places_;
    std::map<std::string, std::string> damaged_;
    std::string incarnation_;
    std::uint64_t signed_heads_ = 0;
};

}  // namespace rightsdesk::auditor
