#include "benchmark/plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "domain/money_text.h"

namespace rightsdesk::benchmark {

namespace {

constexpr int kLeft = 250;
constexpr int kWidth = 560;
constexpr int kBar = 18;
constexpr int kGap = 6;

struct Bar {
    std::string label;
    double value = 0;
    std::string figure;
    const char* colour = "#4477aa";
};

// Bars under a title, all to one scale; moves `y` on.
std::string chart(const std::string& title, const std::vector<Bar>& bars, int& y) {
    double most = 0;
    for (const Bar& bar : bars) most = std::max(most, bar.value);
    std::string svg = fmt::format("<text x=\"10\" y=\"{}\" font-weight=\"bold\">{}</text>\n", y + 14, title);
    y += 26;
    for (const Bar& bar : bars) {
        const double width = most > 0 ? std::max(1.0, kWidth * bar.value / most) : 1.0;
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", kLeft - 8, y + 13, bar.label);
        svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", kLeft, y, width, kBar, bar.colour);
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\">{}</text>\n", kLeft + width + 6, y + 13, bar.figure);
        y += kBar + kGap;
    }
    y += 14;
    return svg;
}

std::string rate_text(double rate) { return domain::grouped(std::llround(rate)); }

std::vector<Bar> rates(const Report& report) {
    std::vector<Bar> bars;
    for (const Throughput& row : report.throughputs) {
        bars.push_back({fmt::format("{} on their way", row.window), row.receipts_per_second, rate_text(row.receipts_per_second)});
        bars.push_back({"raw commits of the same", row.raw_commits_per_second, rate_text(row.raw_commits_per_second), "#bbbbbb"});
    }
    if (report.peer) {
        bars.push_back({fmt::format("PostgreSQL, {} a call", report.peer->batch), report.peer->batched_per_second, rate_text(report.peer->batched_per_second), "#ccaa44"});
        bars.push_back({"PostgreSQL, one a transaction", report.peer->single_per_second, rate_text(report.peer->single_per_second), "#ccaa44"});
    }
    return bars;
}

std::vector<Bar> latencies(const Report& report) {
    std::vector<Bar> bars;
    const auto add = [&](const std::string& label, const LatencyFigures& latency, const char* colour) {
        bars.push_back({label, std::log10(std::max(1.0, latency.p50_us)), fmt::format("p50 {:.2f} ms, p99 {:.2f}", latency.p50_us / 1'000, latency.p99_us / 1'000), colour});
    };
    add("write and fdatasync", report.disk, "#bbbbbb");
    add("round trip, CURVE", report.round_trip, "#bbbbbb");
    for (const Throughput& row : report.throughputs) {
        if (row.window == 1) add("one at a time", row.latency, "#4477aa");
    }
    for (const Paced& row : report.paced) add(row.name() + (row.reached() ? "" : " (not reached)"), row.latency, "#4477aa");
    return bars;
}

}  // namespace

std::string plot_of(const Report& report) {
    int y = 40;
    std::string body = chart("durable receipts a second, beside what the same Redis and the peer do with the same items", rates(report), y);
    body += chart("latency of a receipt (length: logarithm of the median)", latencies(report), y);
    return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"sans-serif\" font-size=\"13\">\n", kLeft + kWidth + 190, y) +
           fmt::format("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"10\" y=\"22\" font-size=\"15\">rightsdesk, {}: {} cores ({})</text>\n", report.date, report.cores, report.processor) + body + "</svg>\n";
}

}  // namespace rightsdesk::benchmark
