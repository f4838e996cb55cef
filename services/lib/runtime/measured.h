// What a service counts of its own work while it is at it: plain numbers, each a few instructions, taken together a few times a second.
// One thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/reasons.h"
#include "domain/receipts.h"
#include "runtime/clock.h"
#include "runtime/exposition.h"

namespace rightsdesk::runtime {

// Of a turn, but decode (of one message) and decide and commit (of one round of batches), which are parts of the others.
RIGHTSDESK_ENUM(Stage, kHear, kCatchUp, kServe, kDecode, kDecide, kCommit, kReact, kDue, kPublish)

// Counts of what fell between fixed bounds.
template <std::size_t N>
class Histogram {
public:
    // `bounds`: upper ones, rising; they outlive it.
    explicit Histogram(const std::vector<double>& bounds) : bounds_(&bounds) {}

    void observe(double value) {
        std::size_t at = 0;
        while (at < N && value > (*bounds_)[at]) ++at;
        ++counts_[at];
        sum_ += value;
    }
    [[nodiscard]] Distribution distribution(MetricKind kind, std::vector<std::string> labels = {}) const {
        return {kind, std::move(labels), bounds_, {counts_.begin(), counts_.end()}, sum_};
    }

private:
    const std::vector<double>* bounds_;
    std::array<std::uint64_t, N + 1> counts_{};
    double sum_ = 0;
};

class Measured {
public:
    Measured();

    void took(Stage stage, std::chrono::nanoseconds time);
    // A receipt went out; `repeat`: one that was given before.
    void answered(const domain::Receipt& receipt, bool repeat);
    // Batches given to the store at once, and how each ended.
    void committed(std::size_t items, std::chrono::nanoseconds time);
    void batch_ended(bool answered, bool held) { ++(!answered ? failed_ : held ? held_ : stale_); }
    [[nodiscard]] std::uint64_t held() const { return held_; }

    std::uint64_t turns = 0;
    std::uint64_t requests = 0;        // taken from the door
    std::uint64_t full_turns = 0;
    std::uint64_t questions = 0;
    std::uint64_t folded_of_others = 0;
    std::uint64_t folded_own = 0;
    std::uint64_t reactions = 0;
    std::uint64_t lines_left_out = 0;

    void tell(Figures& figures) const;

private:
    static constexpr std::size_t kTimes = 16;
    static constexpr std::size_t kSizes = 11;
    static const std::vector<double>& time_bounds();
    static const std::vector<double>& size_bounds();

    std::vector<Histogram<kTimes>> stages_;
    Histogram<kSizes> items_{size_bounds()};
    std::map<domain::ReceiptKind, std::uint64_t> receipts_;
    std::map<std::string, std::uint64_t> refusals_, defects_;
    std::uint64_t held_ = 0, stale_ = 0, failed_ = 0;
};

// The time from its making to its end, as that of a stage.
class Timed {
public:
    Timed(const Clock& clock, Measured& measured, Stage stage) : clock_(clock), measured_(measured), stage_(stage), began_(clock.monotonic()) {}
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;
    ~Timed() { measured_.took(stage_, clock_.monotonic() - began_); }

private:
    const Clock& clock_;
    Measured& measured_;
    Stage stage_;
    std::chrono::nanoseconds began_;
};

}  // namespace rightsdesk::runtime
