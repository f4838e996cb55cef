// Subscriptions as an offering has them, from a seed: what the benchmark of the allocation allots.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/allocation.h"

namespace rightsdesk::benchmark {

// Skewed as holdings are: most are of a few round lots, so that many claims are equal; one in a hundred is up to a million
// times as large. Over-subscription requests are a tenth of the basic shares to ten times as many. Stamps are whole
// seconds of three weeks, half of them in the last day. Everybody exercises in full. The same seed makes the same.
std::vector<domain::Subscription> skewed_subscriptions(std::size_t count, std::uint64_t seed);

// Everybody claims the same, stamped in the same hour: all tie for the last shares.
std::vector<domain::Subscription> equal_subscriptions(std::size_t count, std::uint64_t seed);

// Terms and a supply: what is measured, in a word and in a sentence.
struct Workload {
    std::string name;
    std::string says;
    domain::Shares supply;
    domain::OverSubscriptionTerms terms;
};

// Pro rata to what is requested beyond basic, 10 in 31 of which are there: nobody is capped.
Workload pro_rata_to_requested(const std::vector<domain::Subscription>& subscriptions);
// Pro rata to basic shares, a twentieth of which is there once more: nobody is capped.
Workload pro_rata_to_basic(const std::vector<domain::Subscription>& subscriptions);
// Pro rata to basic shares, four fifths of which are there once more, and nobody above twice the entitlement: about half are
// capped, and the excess goes on, round after round.
Workload capped_and_reallotted(const std::vector<domain::Subscription>& subscriptions);

}  // namespace rightsdesk::benchmark
