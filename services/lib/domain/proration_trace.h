// One holder's way through a proration, worked out a second time and told step by step. It does not call prorate(): it is
// slower, plainer arithmetic of its own by the rule that proration.h declares, so that one holds the other to it.
// Pure; safe from every thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/proration.h"

namespace rightsdesk::domain {

struct TracedClaim {
    std::int64_t weight = 0;  // as Claim::weight
    Shares limit;
    Instant received_at;      // breaks ties, with `id`
    std::string id;           // unique
};

// Whole shares and the exact fraction of one more, reduced.
struct ExactShares {
    std::int64_t whole = 0;
    Ratio fraction{0, 1};
    RIGHTSDESK_DESCRIBE(ExactShares, whole, fraction)
};

std::string exact_text(const ExactShares& shares);  // "2,815,771", or "2,815,771 and 7/22"

// A round in which the holder took part.
struct TracedRound {
    Shares available;             // among those not capped yet
    std::int64_t claims = 0;      // sum of their weights
    std::uint32_t claimants = 0;
    std::uint32_t capped = 0;     // of all of them, in this round
    std::int64_t weight = 0;      // the holder's own
    ExactShares share;            // available x weight / claims
    Shares limit;                 // the most that the holder may get
    bool is_capped = false;       // the share exceeds the limit: the holder gets the limit and is done
    RIGHTSDESK_DESCRIBE(TracedRound, available, claims, claimants, capped, weight, share, limit, is_capped)
};

RIGHTSDESK_ENUM(ResidualTie, kNone, kByReceiptStamp, kById)

// How the last whole shares were made, where the holder was not capped.
struct TracedResidual {
    ExactShares share;            // of the last round
    std::int64_t left = 0;        // shares that are left over when everybody has the whole part
    std::uint32_t fractions = 0;  // holders with a fraction
    std::uint32_t rank = 0;       // the holder's among them, from 1; 0: it has none
    ResidualTie tie = ResidualTie::kNone;  // what told the holder from the last with, or the first without, one of them
    bool got_one = false;
    RIGHTSDESK_DESCRIBE(TracedResidual, share, left, fractions, rank, tie, got_one)
};

struct ProrationTrace {
    std::vector<Shares> parts;    // of every claim, in their order
    Ratio first;                  // as Proration::first
    std::vector<TracedRound> rounds;
    std::optional<TracedResidual> residual;
};

// `followed`: the index of the holder's claim; beyond them all: nobody is followed. The bounds are proration.h's, CHECKed.
// Takes as many passes over the claims as there are rounds.
ProrationTrace trace_proration(Shares supply, const std::vector<TracedClaim>& claims, std::size_t followed);

}  // namespace rightsdesk::domain
