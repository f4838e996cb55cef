#include "benchmark/run.h"

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "benchmark/committed.h"
#include "benchmark/desk.h"
#include "benchmark/floors.h"
#include "benchmark/gateway.h"
#include "benchmark/must.h"
#include "benchmark/notices.h"
#include "benchmark/peer.h"
#include "benchmark/sample_terms.h"
#include "domain/civil.h"
#include "runtime/clock.h"
#include "runtime/desk_service.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::size_t kDiskRounds = 1'000;
constexpr std::size_t kRoundTrips = 2'000;
constexpr std::size_t kSealings = 20'000;
constexpr double kListeners = 3;  // to each record: the services that did not write it
constexpr std::size_t kWarmUp = 200;
constexpr std::size_t kFewest = 20;  // notices of one measurement
constexpr std::int64_t kDaysOpen = 3;

// A window, and its part of the notices asked for.
struct Stage {
    std::size_t window;
    std::size_t part;
};
constexpr Stage kStages[] = {{256, 2}, {1'024, 2}, {64, 5}, {16, 10}, {1, 20}};
constexpr Stage kStagesAlone[] = {{1, 20}, {64, 5}, {256, 2}, {1'024, 2}};

// With part 0 the fewest: at such a pace more would take too long.
struct Pace {
    std::size_t a_second;
    std::size_t part;
    bool rewriting = false;
};
constexpr Pace kPaces[] = {{1, 0}, {1'000, 4}, {1'000, 4, true}, {5'000, 2}, {20'000, 1}};

std::size_t part_of(std::size_t notices, std::size_t part) { return part == 0 ? kFewest : std::max(notices / part, kFewest); }

Space a_notice(const Space& before, const Space& after, std::size_t notices) {
    const auto each = [notices](double from, double to) { return (to - from) / static_cast<double>(notices); };
    return {each(before.memory_octets, after.memory_octets), each(before.file_octets, after.file_octets), each(before.document_octets, after.document_octets)};
}

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

Report of_this_machine(std::size_t notices) {
    Report report;
    report.date = domain::instant_text(runtime::SystemClock().now());
    report.cores = std::thread::hardware_concurrency();
    report.processor = processor_name();
    utsname kernel{};
    if (::uname(&kernel) == 0) report.kernel = kernel.release;
    report.notices = notices;
    return report;
}

class Run {
public:
    Run(std::size_t notices, Reading reading, std::string folder)
        : notices_(notices), folder_(std::move(folder)), maker_(RIGHTSDESK_SOURCE_DIR, reading), desk_(reading == Reading::kText ? "stepped" : "real"), gateway_(desk_) {
        addressed_ = reading == Reading::kText ? afternoon() : today(desk_);
    }

    Report measure() {
        Report report = of_this_machine(notices_);
        say("floors");
        const std::string folder = desk_.folder().string();
        report.disk = measure_disk(folder, kDiskRounds);
        const auto warm_up = make(kWarmUp);
        report.round_trip = measure_round_trip(folder, warm_up.front().envelope, kRoundTrips);
        sealing_ = measure_sealing(kSealings);
        gateway_.send(warm_up, 16);
        for (const Stage& stage : kStages) report.throughputs.push_back(throughput(stage));
        std::sort(report.throughputs.begin(), report.throughputs.end(), [](const auto& left, const auto& right) { return left.window < right.window; });
        for (const Stage& stage : kStagesAlone) report.alone.push_back(alone(stage));
        desk_.rewrite(true);  // as the runbook says of a last day; else one comes in between, by chance
        for (const Pace& pace : kPaces) report.paced.push_back(paced(pace));
        say("checking what was committed");
        desk_.wait_until_idle();
        check_log(desk_, gateway_.receipts());
        desk_.verify();
        report.notices_checked = gateway_.receipts().size();
        measure_peer_too(report);
        return report;
    }

private:
    // Forms that are read bear the sample's dates, and are judged by the stepped clock, on which idle services commit more than on the real one.
    static Addressed today(Desk& desk) {
        desk.open(SampleTerms().ending(civil_in(kDaysOpen * 24 * 60 * 60)).text());
        Addressed addressed;
        addressed.stamp = runtime::SystemClock().now();
        addressed.dated = must(domain::date_in(addressed.stamp, kZone));
        return addressed;
    }

    std::vector<PreparedNotice> make(std::size_t count) { return maker_.next(count, addressed_); }

    Throughput throughput(const Stage& stage) {
        say("window " + std::to_string(stage.window));
        return measure(stage, [this](const auto& notices, std::size_t window) { return gateway_.send(notices, window); },
                       [this] { return seconds(desk_.wait_until_idle()); }, kListeners);
    }

    // The way to a receipt alone, its records read from the feed: what follows from them, and commits again, waits.
    Throughput alone(const Stage& stage) {
        say("window " + std::to_string(stage.window) + ", the others suspended");
        Throughput row = measure(stage,
                                 [this](const auto& notices, std::size_t window) {
                                     desk_.suspend_others();
                                     return gateway_.send_and_follow(notices, window);
                                 },
                                 [] { return 0.0; }, 1);
        desk_.resume_others();
        return row;
    }

    template <class Send, class Wait>
    Throughput measure(const Stage& stage, const Send& send, const Wait& wait, double listeners) {
        const auto notices = make(part_of(notices_, stage.part));
        desk_.wait_until_idle();
        const auto before = desk_.processor_times();
        const auto commits_before = desk_.commits();
        const Space held = desk_.space();
        const Handover handed = send(notices, stage.window);
        Throughput row;
        row.others_idle_after_seconds = wait();
        for (const auto& [name, used] : desk_.processor_times() - before) row.processor_us[name] = seconds(used) * 1e6 / static_cast<double>(notices.size());
        row.commits_per_thousand = static_cast<double>(desk_.commits() - commits_before) * 1'000 / static_cast<double>(notices.size());
        row.space = a_notice(held, desk_.space(), notices.size());
        row.curve_us = curve_us(notices, row.commits_per_thousand / 1'000, listeners);
        row.lost_by_feed = handed.lost_by_feed;
        row.window = stage.window;
        row.notices = notices.size();
        row.receipts_per_second = per_second(handed.notices, handed.took);
        row.latency = handed.latency;
        row.retries = handed.retries;
        row.batch = std::min(stage.window, runtime::kMaxRequestsPerTurn);
        measure_limits(notices, row);
        return row;
    }

    // Question and receipt, and a message for each commit's records to each who listens.
    [[nodiscard]] double curve_us(const std::vector<PreparedNotice>& notices, double commits, double listeners) const {
        const double records = octets_recorded(desk_, gateway_.receipts().at(notices.front().sequence) - 1) / static_cast<double>(notices.size());
        const auto question = static_cast<double>(notices.front().envelope.size());
        return sealing_.of(2 + commits * listeners, question + static_cast<double>(kReceiptOctets) + records * listeners);
    }

    // The same items and documents, a moment later, on the same disk.
    void measure_limits(const std::vector<PreparedNotice>& notices, Throughput& row) {
        const std::string name = "raw-" + std::to_string(++raw_logs_);  // a log of its own
        const auto items = items_committed(desk_, gateway_.receipts().at(notices.front().sequence) - 1, notices.size());
        row.raw_commits_per_second = per_second(items.size(), commit_raw(desk_, name, items, row.batch));
        row.raw_documents_per_second = per_second(notices.size(), keep_raw(desk_, name, notices, row.batch));
    }

    // The same items once more.
    void measure_peer_too(Report& report) {
        if (folder_.empty()) return;
        say("the peer: PostgreSQL");
        report.peer = measure_peer(folder_, items_committed(desk_, 0, gateway_.receipts().size()));
    }

    Paced paced(const Pace& pace) {
        say(std::to_string(pace.a_second) + " a second" + (pace.rewriting ? ", Redis' file rewritten meanwhile" : ""));
        const auto notices = make(part_of(notices_, pace.part));
        desk_.wait_until_idle();
        if (pace.rewriting) desk_.rewrite(false);
        const Handover handed = gateway_.send_paced(notices, pace.a_second);
        if (pace.rewriting) desk_.rewrite(true);
        return {pace.a_second, pace.rewriting, handed.notices, per_second(handed.notices, handed.took), handed.latency, handed.retries};
    }

    std::size_t notices_;
    std::string folder_;
    NoticeMaker maker_;
    Desk desk_;
    Addressed addressed_;
    Gateway gateway_;
    SealingCost sealing_;
    std::size_t raw_logs_ = 0;
};

}  // namespace

Report run(std::size_t notices, Reading reading, const std::string& folder) {
    Report report = Run(notices, reading, folder).measure();
    report.reading = reading == Reading::kText     ? "read by intake from their text"
                     : reading == Reading::kListed ? "keyed by the gateway from brokers' lists, a paper for 256 notices"
                                                   : "keyed by the gateway, each with a picture of 800 octets";
    return report;
}

}  // namespace rightsdesk::benchmark
