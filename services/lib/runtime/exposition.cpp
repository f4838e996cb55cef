#include "runtime/exposition.h"

#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include "base/check.h"

namespace rightsdesk::runtime {

namespace {

// In a label's value backslash, quote and line feed are escaped; in a help, backslash and line feed.
std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\n') out += "\\n";
        else if (letter == '\\') out += "\\\\";
        else if (letter == '"' && quotes) out += "\\\"";
        else out += letter;
    }
    return out;
}

// As short as it can be read back; a whole number without a point.
std::string number_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> digits{};
    constexpr double kWhole = 1e15;
    const bool whole = std::abs(value) < kWhole && value == std::floor(value);
    const auto written = whole ? std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value))
                               : std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), written.ptr};
}

std::vector<std::string> names_of(std::string_view labels) {
    std::vector<std::string> names;
    while (!labels.empty()) {
        const auto comma = labels.find(',');
        names.emplace_back(labels.substr(0, comma));
        labels = comma == std::string_view::npos ? std::string_view() : labels.substr(comma + 1);
    }
    return names;
}

// `service="intake",log="desk"`
std::string label_text(const std::string& service, const MetricRow& row, const std::vector<std::string>& values) {
    const auto names = names_of(row.labels);
    CHECK(names.size() == values.size());
    std::string text = "service=\"" + escaped(service, true) + "\"";
    for (std::size_t at = 0; at < names.size(); ++at) text += "," + names[at] + "=\"" + escaped(values[at], true) + "\"";
    return text;
}

void write_sample(std::string& text, const std::string& name, const std::string& labels, double value) {
    text += name + "{" + labels + "} " + number_text(value) + "\n";
}

// Buckets are told as a running total, the last of all.
void write_distribution(std::string& text, const std::string& name, const std::string& labels, const Distribution& one) {
    CHECK(one.bounds != nullptr && one.counts.size() == one.bounds->size() + 1);
    std::uint64_t total = 0;
    for (std::size_t at = 0; at < one.counts.size(); ++at) {
        total += one.counts[at];
        const std::string bound = at < one.bounds->size() ? number_text((*one.bounds)[at]) : "+Inf";
        write_sample(text, name + "_bucket", labels + ",le=\"" + bound + "\"", static_cast<double>(total));
    }
    write_sample(text, name + "_sum", labels, one.sum);
    write_sample(text, name + "_count", labels, static_cast<double>(total));
}

// Reads `name="value",...}` from after the brace; where the text goes on behind it, or npos where it is no list of labels.
std::size_t read_labels(const std::string& line, std::size_t at, std::map<std::string, std::string>& labels) {
    while (at < line.size() && line[at] != '}') {
        const auto equals = line.find("=\"", at);
        if (equals == std::string::npos) return std::string::npos;
        std::string value;
        std::size_t next = equals + 2;
        for (; next < line.size() && line[next] != '"'; ++next) {
            if (line[next] == '\\' && next + 1 < line.size()) value += line[++next] == 'n' ? '\n' : line[next];
            else value += line[next];
        }
        labels[line.substr(at, equals - at)] = value;
        at = next + 1;
        if (at < line.size() && line[at] == ',') ++at;
    }
    return at < line.size() ? at + 1 : std::string::npos;
}

}  // namespace

std::string exposition_text(const std::string& service, const Figures& figures) {
    std::map<MetricKind, std::string> lines;
    for (const Sample& sample : figures.samples) {
        const MetricRow& row = row_of(sample.kind);
        CHECK(is_told_by(row, service) && row.type != MetricType::kHistogram);
        write_sample(lines[sample.kind], metric_name(sample.kind), label_text(service, row, sample.labels), sample.value);
    }
    for (const Distribution& one : figures.distributions) {
        const MetricRow& row = row_of(one.kind);
        CHECK(is_told_by(row, service) && row.type == MetricType::kHistogram);
        write_distribution(lines[one.kind], metric_name(one.kind), label_text(service, row, one.labels), one);
    }
    std::string text;
    for (const MetricRow& row : metric_rows()) {
        if (!is_told_by(row, service)) continue;
        const std::string name = metric_name(row.kind);
        text += "# HELP " + name + " " + escaped(row.help, false) + "\n# TYPE " + name + " " + base::to_text(row.type) + "\n" + lines[row.kind];
    }
    return text;
}

std::vector<ReadSample> read_exposition(const std::string& text) {
    std::vector<ReadSample> samples;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto ends = line.find_first_of("{ ");
        if (line.starts_with('#') || ends == std::string::npos) continue;
        ReadSample sample;
        sample.name = line.substr(0, ends);
        const std::size_t from = line[ends] == '{' ? read_labels(line, ends + 1, sample.labels) : ends;
        if (from == std::string::npos || from + 1 >= line.size()) continue;
        const char* begin = line.data() + from + 1 + (line[from + 1] == '+' ? 1 : 0);
        if (std::from_chars(begin, line.data() + line.size(), sample.value).ec == std::errc()) samples.push_back(std::move(sample));
    }
    return samples;
}

}  // namespace rightsdesk::runtime
