// Figures as the text that Prometheus reads (exposition format 0.0.4), and back, for the command line and tests. Its own short writer:
// prometheus-cpp would bring a web server and its threads for what is a page of text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/metric_kinds.h"

namespace rightsdesk::runtime {

struct Sample {
    MetricKind kind{};
    std::vector<std::string> labels;  // values, in the order of the row's
    double value = 0;
};

struct Distribution {
    MetricKind kind{};
    std::vector<std::string> labels;
    const std::vector<double>* bounds = nullptr;  // upper ones, rising; outlives it
    std::vector<std::uint64_t> counts;            // for each bound those between it and the one before, then those above all
    double sum = 0;
};

struct Figures {
    std::vector<Sample> samples;
    std::vector<Distribution> distributions;

    void add(MetricKind kind, double value, std::vector<std::string> labels = {}) { samples.push_back({kind, std::move(labels), value}); }
};

// Every series that `service` tells, with its help and type also where there is no figure; each figure with the label `service`. Figures of
// other services' series are a bug.
std::string exposition_text(const std::string& service, const Figures& figures);

// One line of such a text.
struct ReadSample {
    std::string name;
    std::map<std::string, std::string> labels;
    double value = 0;
};
// Comments and what is no sample are left out.
std::vector<ReadSample> read_exposition(const std::string& text);

}  // namespace rightsdesk::runtime
