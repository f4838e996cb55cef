#include "domain/proration_trace.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

__extension__ using WideShares = __int128;

Ratio lowest_terms(std::int64_t numerator, std::int64_t denominator) {
    if (numerator == 0 || denominator == 0) return Ratio{0, 1};
    const std::int64_t divisor = std::gcd(numerator, denominator);
    return Ratio{numerator / divisor, denominator / divisor};
}

class Tracing {
public:
    Tracing(Shares supply, const std::vector<TracedClaim>& claims, std::size_t followed) : claims_(claims), followed_(followed), available_(supply.value) {
        CHECK(supply >= Shares(0) && supply <= Shares(kMaxShares));
        trace_.parts.resize(claims.size());
        WideShares weights = 0;
        for (std::size_t at = 0; at < claims.size(); ++at) {
            CHECK(claims[at].weight >= 0 && claims[at].weight <= kMaxShares && claims[at].limit >= Shares(0) && claims[at].limit <= Shares(kMaxShares));
            weights += claims[at].weight;
            if (claims[at].weight > 0) open_.push_back(at);
        }
        CHECK(weights <= kMaxTotalShares);
        weights_ = static_cast<std::int64_t>(weights);
        trace_.first = lowest_terms(available_, weights_);
    }

    ProrationTrace run() && {
        while (available_ > 0 && !open_.empty()) {
            if (go_round() > 0) continue;
            make_whole_shares();
            break;
        }
        return std::move(trace_);
    }

private:
    [[nodiscard]] WideShares product(std::size_t at) const { return WideShares{available_} * claims_[at].weight; }
    [[nodiscard]] bool is_beyond_limit(std::size_t at) const { return product(at) > WideShares{claims_[at].limit.value} * weights_; }
    [[nodiscard]] std::int64_t remainder(std::size_t at) const { return static_cast<std::int64_t>(product(at) % weights_); }
    [[nodiscard]] ExactShares share(std::size_t at) const {
        return {static_cast<std::int64_t>(product(at) / weights_), lowest_terms(remainder(at), weights_)};
    }

    // Caps whom the round's share takes beyond the limit, and takes them out; says how many.
    std::size_t go_round() {
        std::vector<std::size_t> capped;
        std::vector<std::size_t> others;
        for (const std::size_t at : open_) (is_beyond_limit(at) ? capped : others).push_back(at);
        note_round(capped);
        for (const std::size_t at : capped) trace_.parts[at] = claims_[at].limit;
        for (const std::size_t at : capped) {
            available_ -= claims_[at].limit.value;
            weights_ -= claims_[at].weight;
        }
        open_ = std::move(others);
        return capped.size();
    }

    void note_round(const std::vector<std::size_t>& capped) {
        if (std::find(open_.begin(), open_.end(), followed_) == open_.end()) return;
        TracedRound round;
        round.available = Shares(available_);
        round.claims = weights_;
        round.claimants = static_cast<std::uint32_t>(open_.size());
        round.capped = static_cast<std::uint32_t>(capped.size());
        round.weight = claims_[followed_].weight;
        round.share = share(followed_);
        round.limit = claims_[followed_].limit;
        round.is_capped = is_beyond_limit(followed_);
        trace_.rounds.push_back(round);
    }

    void make_whole_shares() {
        std::vector<std::size_t> fractions;
        std::int64_t left = available_;
        for (const std::size_t at : open_) {
            trace_.parts[at] = Shares(share(at).whole);
            left -= trace_.parts[at].value;
            if (remainder(at) > 0) fractions.push_back(at);
        }
        std::sort(fractions.begin(), fractions.end(), [&](std::size_t one, std::size_t other) { return comes_before(one, other); });
        CHECK(left >= 0 && static_cast<std::size_t>(left) <= fractions.size());
        for (std::size_t rank = 0; rank < static_cast<std::size_t>(left); ++rank) trace_.parts[fractions[rank]] += Shares(1);
        if (std::find(open_.begin(), open_.end(), followed_) != open_.end()) note_residual(fractions, left);
    }

    [[nodiscard]] bool comes_before(std::size_t one, std::size_t other) const {
        const auto order = [&](std::size_t at) { return std::tuple(-remainder(at), claims_[at].received_at, claims_[at].id); };
        return order(one) < order(other);
    }

    void note_residual(const std::vector<std::size_t>& fractions, std::int64_t left) {
        TracedResidual residual;
        residual.share = share(followed_);
        residual.left = left;
        residual.fractions = static_cast<std::uint32_t>(fractions.size());
        const auto place = std::find(fractions.begin(), fractions.end(), followed_);
        if (place != fractions.end()) {
            residual.rank = static_cast<std::uint32_t>(place - fractions.begin() + 1);
            residual.got_one = residual.rank <= left;
            residual.tie = tie_at_the_edge(fractions, static_cast<std::size_t>(left), residual.got_one);
        }
        trace_.residual = residual;
    }

    // Against whom the holder won or lost the last of the shares, where their fractions are equal.
    [[nodiscard]] ResidualTie tie_at_the_edge(const std::vector<std::size_t>& fractions, std::size_t left, bool got_one) const {
        if (left == 0 || left == fractions.size()) return ResidualTie::kNone;
        const std::size_t rival = fractions[got_one ? left : left - 1];
        if (remainder(rival) != remainder(followed_)) return ResidualTie::kNone;
        return claims_[rival].received_at != claims_[followed_].received_at ? ResidualTie::kByReceiptStamp : ResidualTie::kById;
    }

    const std::vector<TracedClaim>& claims_;
    std::size_t followed_;
    std::int64_t available_;
    std::int64_t weights_ = 0;
    std::vector<std::size_t> open_;
    ProrationTrace trace_;
};

}  // namespace

std::string exact_text(const ExactShares& shares) {
    if (shares.fraction.numerator == 0) return grouped(shares.whole);
    const std::string fraction = std::to_string(shares.fraction.numerator) + "/" + std::to_string(shares.fraction.denominator);
    return shares.whole == 0 ? fraction : grouped(shares.whole) + " and " + fraction;
}

ProrationTrace trace_proration(Shares supply, const std::vector<TracedClaim>& claims, std::size_t followed) {
    return Tracing(supply, claims, followed).run();
}

}  // namespace rightsdesk::domain
