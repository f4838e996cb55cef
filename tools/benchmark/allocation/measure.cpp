#include "allocation/measure.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <functional>
#include <stdexcept>

#include "allocation/subscriptions.h"
#include "base/large_vector.h"

namespace rightsdesk::benchmark {

namespace {

using domain::AllocationOutcome;
using domain::Subscription;

// Nothing that is measured waits, and one thread does it: its processor time is what it takes where nothing else runs.
double processor_ns() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

struct Measuring {
    std::size_t subscriptions;
    std::size_t repetitions;

    // `timed` is measured; `looked_at` is not.
    template <class Timed, class LookedAt>
    Measured operator()(std::string name, std::string says, const Timed& timed, const LookedAt& looked_at) const {
        std::vector<double> took;
        for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
            const double from = processor_ns();
            const auto result = timed();
            took.push_back((processor_ns() - from) / static_cast<double>(subscriptions));
            looked_at(result);
        }
        std::sort(took.begin(), took.end());
        return {std::move(name), std::move(says), 0, took[took.size() / 2], took.front()};
    }
};

// Every workload offers less than is asked, so everything offered is allotted, and nobody has more than asked.
void must_tie(const Workload& workload, const std::vector<Subscription>& subscriptions, const AllocationOutcome& outcome) {
    domain::Shares allotted;
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        const domain::AllottedShares& got = outcome.allotted[at];
        const bool within = got.basic == subscriptions[at].basic && got.over >= domain::Shares(0) && got.over <= subscriptions[at].over;
        if (!within) throw std::runtime_error(workload.name + ": " + subscriptions[at].id + " has not what it may have");
        allotted += got.basic + got.over;
    }
    if (allotted != workload.supply) throw std::runtime_error(workload.name + ": the shares allotted are not those offered");
}

Measured measure(const Measuring& measuring, const Workload& workload, const std::vector<Subscription>& subscriptions) {
    std::size_t rounds = 0;
    Measured measured = measuring(
        workload.name, workload.says, [&] { return allocate(workload.supply, workload.terms, subscriptions); },
        [&](const AllocationOutcome& outcome) {
            must_tie(workload, subscriptions, outcome);
            rounds = outcome.rounds.size();
        });
    measured.rounds = rounds;
    return measured;
}

Measured measure_copy(const Measuring& measuring, const std::vector<Subscription>& subscriptions) {
    const std::size_t octets = subscriptions.size() * sizeof(Subscription);
    base::LargeVector<std::byte> copy(octets);  // touched already, as what it is copied from
    const void* from = subscriptions.data();
    return measuring(
        "memory copy", "the same bytes", [&] { return std::memcpy(copy.data(), from, octets); },
        [&](const void* copied) {
            if (std::memcmp(copied, from, octets) != 0) throw std::runtime_error("the copy is none");
        });
}

Measured measure_check(const Measuring& measuring, const Workload& workload, const std::vector<Subscription>& subscriptions) {
    return measuring(
        "check_allocation", "before it: numbers, totals, each id once", [&] { return check_allocation(workload.supply, workload.terms, subscriptions); },
        [&](const base::Result<>& checked) {
            if (!checked) throw std::runtime_error(checked.error().message);
        });
}

}  // namespace

AllocationReport measure_allocation(std::size_t subscriptions, std::uint64_t seed, std::size_t repetitions) {
    const Measuring measuring{subscriptions, repetitions};
    AllocationReport report{subscriptions, sizeof(Subscription), repetitions, seed, {}, {}};
    std::vector<Subscription> made = skewed_subscriptions(subscriptions, seed);
    report.copy = measure_copy(measuring, made);
    for (const auto& workload : {pro_rata_to_requested(made), pro_rata_to_basic(made), capped_and_reallotted(made)}) {
        report.rows.push_back(measure(measuring, workload, made));
    }
    const Measured check = measure_check(measuring, pro_rata_to_requested(made), made);
    made = equal_subscriptions(subscriptions, seed);
    Workload equal = pro_rata_to_requested(made);
    equal.name = "all claims equal";
    equal.says = "all tie for the last shares";
    report.rows.push_back(measure(measuring, equal, made));
    report.rows.push_back(check);
    return report;
}

}  // namespace rightsdesk::benchmark
