#include "benchmark/report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rightsdesk::benchmark {

namespace {

using Json = nlohmann::ordered_json;

std::string milliseconds(double microseconds) { return fmt::format("{:.2f}", microseconds / 1'000); }

std::string latency_cells(const LatencyFigures& latency) {
    return fmt::format("{:>10}{:>10}{:>10}", milliseconds(latency.p50_us), milliseconds(latency.p99_us), milliseconds(latency.p999_us));
}

std::string floors_table(const Report& report) {
    return fmt::format("{:<34}{:>10}{:>10}{:>10}\n", "floors of this machine, ms", "p50", "p99", "p99.9") +
           fmt::format("{:<34}{}\n", "  write of 1 KiB and fdatasync", latency_cells(report.disk)) +
           fmt::format("{:<34}{}\n", "  round trip over ipc, CURVE", latency_cells(report.round_trip)) +
           fmt::format("  one receipt at a time takes {:.1f} times the two together (p50)\n", report.lone_over_floor());
}

std::string throughput_table(const Report& report) {
    constexpr const char* kHead = "{:<8}{:>9}{:>12}{:>8}{:>12}{:>8}{:>12}{:>8}{:>10}{:>10}{:>10}{:>12}\n";
    std::string text = fmt::format(kHead, "on their", "", "durable", "", "raw", "share", "raw docu-", "share", "latency", "", "", "others") +
                       fmt::format(kHead, "way", "notices", "receipts/s", "batch", "commits/s", "of it", "ments/s", "of both", "p50 ms", "p99", "p99.9", "idle after");
    for (const Throughput& row : report.throughputs) {
        text += fmt::format("{:<8}{:>9}{:>12}{:>8}{:>12}{:>8.3f}{:>12}{:>8.3f}{}{:>10.2f} s\n", whole(row.window), whole(row.notices), whole(row.receipts_per_second),
                            row.batch, whole(row.raw_commits_per_second), row.share(), whole(row.raw_documents_per_second), row.share_of_both(),
                            latency_cells(row.latency), row.others_idle_after_seconds);
    }
    return text;
}

// What the others commit because of a notice, and what that takes, is in the tables above and below.
std::string alone_table(const Report& report) {
    constexpr const char* kHead = "{:<8}{:>9}{:>12}{:>8}{:>12}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}\n";
    std::string text = "the way to a receipt alone, its records read from the feed; the services that follow and the auditor suspended meanwhile\n" +
                       fmt::format(kHead, "on their", "", "durable", "", "raw", "share", "latency", "", "", "commits", "intake", "Redis") +
                       fmt::format(kHead, "way", "notices", "receipts/s", "batch", "commits/s", "of it", "p50 ms", "p99", "p99.9", "of 1,000", "us", "us");
    for (const Throughput& row : report.alone) {
        text += fmt::format("{:<8}{:>9}{:>12}{:>8}{:>12}{:>8.3f}{}{:>10.1f}{:>10}{:>10}\n", whole(row.window), whole(row.notices), whole(row.receipts_per_second), row.batch,
                            whole(row.raw_commits_per_second), row.share(), latency_cells(row.latency), row.commits_per_thousand, whole(row.processor_us.at("intake")),
                            whole(row.processor_us.at("redis")));
    }
    return text;
}

std::string paced_table(const Report& report) {
    std::string text = fmt::format("{:<26}{:>9}{:>12}{:>10}{:>10}{:>10}\n", "at a pace, since due", "notices", "receipts/s", "p50 ms", "p99", "p99.9");
    for (const Paced& row : report.paced) {
        text += fmt::format("{:<26}{:>9}{:>12}{}{}\n", row.name(), whole(row.notices), whole(row.receipts_per_second),
                            latency_cells(row.latency), row.reached() ? "" : "   not reached");
    }
    return text;
}

std::string processor_table(const Report& report) {
    if (report.throughputs.empty()) return "";
    std::string text = fmt::format("{:<8}", "on their way");
    std::string head = "processor time a receipt, us, and commits of all services for 1,000 receipts (the waits for the disk are no more)\n";
    for (const auto& [name, time] : report.throughputs.front().processor_us) text += fmt::format("{:>18}", name);
    text += fmt::format("{:>18}\n", "commits");
    for (const Throughput& row : report.throughputs) {
        text += fmt::format("{:<12}", whole(row.window));
        for (const auto& [name, time] : row.processor_us) text += fmt::format("{:>18}", whole(time));
        text += fmt::format("{:>18.1f}\n", row.commits_per_thousand);
    }
    text += "CURVE, of these, by its messages sealed and opened by themselves:";
    for (const Throughput& row : report.throughputs) text += fmt::format(" {} us at {} (on over off {:.2f})", whole(row.curve_us), whole(row.window), row.curve_on_over_off());
    return head + text + "\n";
}

std::string peer_table(const Report& report) {
    if (!report.peer) return "";
    const PeerFigures& peer = *report.peer;
    return fmt::format("the peer: PostgreSQL {}, a stored procedure, synchronous_commit on; the same items, no keys, digests or links\n", peer.version) +
           fmt::format("{:<52}{:>12} a second; rightsdesk over it {:.2f}\n", fmt::format("  {} a call, {} connections", peer.batch, peer.connections), whole(peer.batched_per_second),
                       share_of(report.best(), peer.batched_per_second)) +
           fmt::format("{:<52}{:>12} a second; rightsdesk over it {:.2f}\n\n", fmt::format("  a transaction a notice, {} connections", peer.single_connections),
                       whole(peer.single_per_second), share_of(report.best(), peer.single_per_second));
}

Json json_of(const PeerFigures& peer) {
    return {{"version", peer.version},
            {"batch", peer.batch},
            {"connections", peer.connections},
            {"batched_per_second", peer.batched_per_second},
            {"single_connections", peer.single_connections},
            {"single_per_second", peer.single_per_second}};
}

// Of the largest measurement: what does not grow with notices weighs least there.
std::string space_table(const Report& report) {
    const auto largest = std::max_element(report.throughputs.begin(), report.throughputs.end(), [](const auto& one, const auto& other) { return one.notices < other.notices; });
    if (largest == report.throughputs.end()) return "";
    return fmt::format("{:<34}{:>10}{:>12}{:>12}\n", "kept of a notice, octets", "memory", "Redis' file", "documents") +
           fmt::format("{:<34}{:>10}{:>12}{:>12}\n", "  with all that follows from it", whole(largest->space.memory_octets), whole(largest->space.file_octets),
                       whole(largest->space.document_octets));
}

Json json_of(const LatencyFigures& latency) {
    return {{"count", latency.count}, {"p50_us", latency.p50_us}, {"p99_us", latency.p99_us}, {"p999_us", latency.p999_us}};
}

Json json_of(const Throughput& row) {
    return {{"window", row.window},
            {"notices", row.notices},
            {"receipts_per_second", row.receipts_per_second},
            {"latency", json_of(row.latency)},
            {"retries", row.retries},
            {"lost_by_feed", row.lost_by_feed},
            {"others_idle_after_seconds", row.others_idle_after_seconds},
            {"processor_us_a_receipt", row.processor_us},
            {"octets_a_notice", {{"memory", row.space.memory_octets}, {"file", row.space.file_octets}, {"documents", row.space.document_octets}}},
            {"curve_us_a_receipt", row.curve_us},
            {"curve_on_over_off", row.curve_on_over_off()},
            {"commits_per_thousand_receipts", row.commits_per_thousand},
            {"raw_batch", row.batch},
            {"raw_commits_per_second", row.raw_commits_per_second},
            {"share_of_raw", row.share()},
            {"raw_documents_per_second", row.raw_documents_per_second},
            {"share_of_commits_and_documents", row.share_of_both()}};
}

Json json_of(const Paced& row) {
    return {{"wanted_per_second", row.wanted_per_second}, {"rewriting", row.rewriting}, {"notices", row.notices}, {"receipts_per_second", row.receipts_per_second},
            {"reached", row.reached()},                   {"latency", json_of(row.latency)}, {"retries", row.retries}};
}

template <class Row>
Json json_of(const std::vector<Row>& rows) {
    Json list = Json::array();
    for (const Row& row : rows) list.push_back(json_of(row));
    return list;
}

}  // namespace

std::string Paced::name() const { return whole(wanted_per_second) + (rewriting ? ", file rewritten" : " a second"); }

double Throughput::curve_on_over_off() const {
    double all = 0;
    for (const auto& [name, used] : processor_us) all += used;
    return share_of(all - curve_us, all);
}

double Report::lone_over_floor() const {
    for (const Throughput& row : throughputs) {
        if (row.window == 1) return share_of(row.latency.p50_us, disk.p50_us + round_trip.p50_us);
    }
    return 0;
}

double Report::best() const {
    double most = 0;
    for (const Throughput& row : throughputs) most = std::max(most, row.receipts_per_second);
    return most;
}

std::string text_of(const Report& report) {
    return fmt::format("rightsdesk, {}: {} cores ({}), Linux {}; --notices {}\n", report.date, report.cores, report.processor, report.kernel, report.notices) +
           "Notices of guaranteed delivery, " + report.reading + ",\nthrough four processes, CURVE, documents and Redis on the disk\n"
           "(appendfsync always); load generator on the same machine. Raw: the same items committed, and the same documents kept, by\n"
           "themselves right after, as many at once. Both: the documents kept first, then the commits.\n\n" +
           floors_table(report) + "\n" + throughput_table(report) + "\n" + alone_table(report) + "\n" + paced_table(report) + "\n" + processor_table(report) + "\n" + space_table(report) + "\n" + peer_table(report) + (report.scale ? text_of(*report.scale) + "\n" : "") +
           fmt::format("checked: {} receipts are the {} notices decided in the log, each once; rightsdesk verify is content\n", whole(report.notices_checked),
                       whole(report.notices_checked));
}

std::string json_of(const Report& report) {
    const Json document = {{"date", report.date},
                           {"cores", report.cores},
                           {"processor", report.processor},
                           {"kernel", report.kernel},
                           {"notices", report.notices},
                           {"floors", {{"fdatasync_1kib", json_of(report.disk)}, {"curve_ipc_round_trip", json_of(report.round_trip)}}},
                           {"lone_over_floor", report.lone_over_floor()},
                           {"throughput", json_of(report.throughputs)},
                           {"alone", json_of(report.alone)},
                           {"paced", json_of(report.paced)},
                           {"reading", report.reading},
                           {"peer", report.peer ? json_of(*report.peer) : Json()},
                           {"scale", report.scale ? Json::parse(json_of(*report.scale)) : Json()},
                           {"notices_checked", report.notices_checked}};
    return document.dump(2) + "\n";
}

}  // namespace rightsdesk::benchmark
