#include "allocation/subscriptions.h"

#include <algorithm>
#include <array>

namespace rightsdesk::benchmark {

namespace {

using domain::Shares;
using domain::Subscription;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLastDayBegins = 1'025'208'000 * kSecond;
constexpr std::int64_t kDay = 86'400;

// SplitMix64: the same numbers with every library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    // 0 to below - 1.
    std::int64_t roll(std::int64_t below) {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return static_cast<std::int64_t>((mixed ^ (mixed >> 31U)) % static_cast<std::uint64_t>(below));
    }

private:
    std::uint64_t state_;
};

std::int64_t a_holding(Dice& dice) {
    const std::int64_t kind = dice.roll(100);
    if (kind < 65) return 100 * (1 + std::min(dice.roll(10), dice.roll(10)));
    if (kind < 99) return 1 + dice.roll(5'000);
    return (1 + dice.roll(100)) << dice.roll(20);
}

std::int64_t a_request(Dice& dice, std::int64_t basic) {
    constexpr std::array kTenths = {1, 2, 5, 10, 20, 50, 100};
    return (basic * kTenths[static_cast<std::size_t>(dice.roll(kTenths.size()))] + 9) / 10;
}

domain::Instant a_stamp(Dice& dice) {
    const std::int64_t day = dice.roll(2) == 0 ? 0 : -dice.roll(21);
    return domain::Instant(kLastDayBegins + (day * kDay + dice.roll(kDay)) * kSecond);
}

Subscription subscription(std::size_t number, domain::Instant stamp, std::int64_t basic, std::int64_t over) {
    return {"fax-1." + std::to_string(number), stamp, Shares(basic), Shares(basic), Shares(over), Shares(basic)};
}

// Basic in full, and `numerator`/`denominator` of `beyond` on top of it.
Shares supply_of(const std::vector<Subscription>& subscriptions, Shares Subscription::*beyond, std::int64_t numerator, std::int64_t denominator) {
    std::int64_t basic = 0;
    std::int64_t more = 0;
    for (const Subscription& one : subscriptions) basic += one.basic.value, more += (one.*beyond).value;
    return Shares(basic + more / denominator * numerator);
}

domain::OverSubscriptionTerms terms_of(domain::Basis basis) {
    domain::OverSubscriptionTerms terms;
    terms.basis = basis;
    return terms;
}

}  // namespace

std::vector<Subscription> skewed_subscriptions(std::size_t count, std::uint64_t seed) {
    Dice dice(seed);
    std::vector<Subscription> made;
    made.reserve(count);
    for (std::size_t number = 1; number <= count; ++number) {
        const std::int64_t basic = a_holding(dice);
        const std::int64_t over = a_request(dice, basic);
        made.push_back(subscription(number, a_stamp(dice), basic, over));
    }
    return made;
}

std::vector<Subscription> equal_subscriptions(std::size_t count, std::uint64_t seed) {
    Dice dice(seed);
    std::vector<Subscription> made;
    made.reserve(count);
    for (std::size_t number = 1; number <= count; ++number) {
        made.push_back(subscription(number, domain::Instant(kLastDayBegins + dice.roll(3'600) * kSecond), 100, 100));
    }
    return made;
}

Workload pro_rata_to_requested(const std::vector<Subscription>& subscriptions) {
    return {"pro rata to requested", "no claim is capped", supply_of(subscriptions, &Subscription::over, 10, 31), terms_of(domain::Basis::kRequested)};
}

Workload pro_rata_to_basic(const std::vector<Subscription>& subscriptions) {
    return {"pro rata to basic", "no claim is capped", supply_of(subscriptions, &Subscription::basic, 1, 20), terms_of(domain::Basis::kBasicShares)};
}

Workload capped_and_reallotted(const std::vector<Subscription>& subscriptions) {
    Workload workload{"capped, reallotted", "at most twice the entitlement", supply_of(subscriptions, &Subscription::basic, 4, 5), terms_of(domain::Basis::kBasicShares)};
    workload.terms.cap_of_basic = domain::Ratio{2, 1};
    return workload;
}

}  // namespace rightsdesk::benchmark
