#include "benchmark/scale.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

#include "benchmark/desk.h"
#include "benchmark/gateway.h"
#include "benchmark/must.h"
#include "benchmark/notices.h"
#include "benchmark/sample_terms.h"
#include "domain/civil.h"
#include "runtime/clock.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::size_t kWindow = 1'024;
constexpr std::size_t kAtOnce = 20'000;  // notices made before they are handed in
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr int kPreparation = 20;         // seconds in which the storm's notices are made
constexpr std::size_t kOneLateIn = 200;
constexpr std::chrono::seconds kHourPatience{120};

std::string fax_of(std::size_t number) { return "+1718666" + std::to_string(10'000 + number).substr(1); }

SampleTerms terms_of(std::size_t number) {
    const std::string id = "offering-" + std::to_string(number);
    const std::string room = "room " + std::to_string(number);
    SampleTerms terms;
    terms.with("id = \"rare-medium-2002\"", "id = \"" + id + "\"").with("890-0032-147", "890-1" + std::to_string(number)).with(kFax, fax_of(number));
    return terms.with("hand = [\"59 Maiden", "hand = [\"" + room + ", 59 Maiden").with("mail = [\"59 Maiden", "mail = [\"" + room + ", 59 Maiden").with("[\"6201 15th", "[\"" + room + ", 6201 15th");
}

double total_us(const ProcessorTimes& used, std::size_t notices) {
    const auto all = std::accumulate(used.begin(), used.end(), Nanoseconds(0), [](Nanoseconds sum, const auto& one) { return sum + one.second; });
    return seconds(all) * 1e6 / static_cast<double>(notices);
}

OfferingsRow measure_offerings(std::size_t offerings, std::size_t notices) {
    say(std::to_string(offerings) + " offerings");
    Desk desk;
    for (std::size_t number = 0; number < offerings; ++number) desk.open(terms_of(number).text());
    Gateway gateway(desk);
    NoticeMaker maker(RIGHTSDESK_SOURCE_DIR, Reading::kListed);
    std::vector<PreparedNotice> prepared;
    prepared.reserve(notices);
    for (std::size_t at = 0; at < notices; ++at) {
        const std::size_t number = at % offerings;
        prepared.push_back(maker.next({"offering-" + std::to_string(number), fax_of(number), {}, afternoon().stamp}));
    }
    const auto before = desk.processor_times();
    const Handover handed = gateway.send(prepared, kWindow);
    desk.wait_until_idle();
    return {offerings, notices, per_second(handed.notices, handed.took), total_us(desk.processor_times() - before, notices)};
}

void measure_growth(const ScaleSizes& sizes, ScaleReport& report) {
    Desk desk;
    Gateway gateway(desk);
    NoticeMaker maker(RIGHTSDESK_SOURCE_DIR, Reading::kListed);
    const auto empty = desk.memory();
    std::size_t made = 0;
    for (const std::size_t until : sizes.growth) {
        say("up to " + std::to_string(until) + " notices in one offering");
        GrowthRow row;
        row.notices = until;
        const std::size_t first = made;
        Nanoseconds took{0};
        const auto before = desk.processor_times();
        while (made < until) {
            const auto some = maker.next(std::min(kAtOnce, until - made));
            made += some.size();
            took += gateway.send(some, kWindow).took;
        }
        desk.wait_until_idle();
        row.receipts_per_second = per_second(made - first, took);
        row.processor_us = total_us(desk.processor_times() - before, made - first);
        for (const auto& [name, octets] : desk.memory()) row.memory_octets[name] = (octets - empty.at(name)) / static_cast<double>(made);
        report.growth.push_back(std::move(row));
    }
    say("a restart with " + std::to_string(made) + " notices");
    report.restart.notices = made;
    report.restart.seconds = seconds(desk.restart());
    store::RedisStore store(desk.redis("reader"));
    report.restart.records = must(store.head(kOffering)).sequence;
}

// When the record of the hour was decided; waits for it.
domain::Instant hour_acted_on(const Desk& desk, const std::string& log) {
    store::RedisStore store(desk.redis("reader"));
    const auto until = Clock::now() + kHourPatience;
    for (store::Sequence after = 0; Clock::now() < until;) {
        std::optional<domain::Instant> acted;
        after = must(store::read_to_end(store, log, after, [&](const store::LogRecord& stored) -> base::Result<bool> {
            const auto record = must(wire::decode_record(stored.record, nullptr));
            if (std::holds_alternative<domain::OfferingExpired>(record.event)) acted = record.at;
            return !acted;
        }));
        if (acted) return *acted;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("nobody acted on the hour of " + log);
}

StormFigures measure_storm(const ScaleSizes& sizes) {
    say("the storm before the hour");
    Desk desk("real");
    const runtime::SystemClock clock;
    const std::string civil = civil_in(kPreparation + sizes.storm_seconds);
    const domain::Instant hour = must(domain::resolve(civil, kZone)).instant;
    SampleTerms terms;
    terms.with("id = \"rare-medium-2002\"", "id = \"storm\"").ending(civil);
    desk.open(terms.text());

    Addressed addressed{"storm", kFax, must(domain::date_in(hour, kZone))};
    NoticeMaker maker(RIGHTSDESK_SOURCE_DIR, Reading::kListed);
    std::vector<PreparedNotice> notices;
    notices.reserve(sizes.storm);
    StormFigures storm;
    storm.notices = sizes.storm;
    storm.seconds = sizes.storm_seconds;
    const std::int64_t span = sizes.storm_seconds * kSecond;
    for (std::size_t at = 0; at < sizes.storm; ++at) {
        // Evenly up to the hour itself, which is in time; and each so many-th a nanosecond and more after it.
        const bool late = at % kOneLateIn == kOneLateIn - 1;
        const auto place = static_cast<std::int64_t>(static_cast<double>(span) * static_cast<double>(at + 1) / static_cast<double>(sizes.storm));
        addressed.stamp = domain::Instant(late ? hour.value + 1 + static_cast<std::int64_t>(at) : hour.value - span + place);
        notices.push_back(maker.next(addressed));
        if (!late) continue;
        ++storm.late;
        notices.back().expected = domain::ReceiptKind::kDefective;
        notices.back().reason = "late";
    }
    const auto begin = domain::Instant(hour.value - span);
    if (clock.now() > begin) throw std::runtime_error("the storm's notices were not made in time: give fewer of them");
    std::this_thread::sleep_for(Nanoseconds(begin.value - clock.now().value));
    Gateway gateway(desk);
    const Handover handed = gateway.send_paced(notices, sizes.storm / static_cast<std::size_t>(sizes.storm_seconds));
    storm.last_receipt_after_hour = static_cast<double>(clock.now().value - hour.value) / 1e9;
    storm.receipts_per_second = per_second(handed.notices, handed.took);
    storm.latency = handed.latency;
    const domain::Instant acted = hour_acted_on(desk, "storm");
    if (acted < hour) throw std::runtime_error("the hour was acted on before it came");
    storm.hour_acted_on_after = static_cast<double>(acted.value - hour.value) / 1e9;
    return storm;
}

}  // namespace

ScaleReport measure_scale(const ScaleSizes& sizes) {
    ScaleReport report;
    for (const std::size_t offerings : sizes.offerings) report.offerings.push_back(measure_offerings(offerings, sizes.offerings_notices));
    measure_growth(sizes, report);
    if (sizes.storm > 0) report.storm = measure_storm(sizes);
    return report;
}

}  // namespace rightsdesk::benchmark
