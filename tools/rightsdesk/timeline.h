// A timeline: what happens to an offering, when, and through whose hands; read from a TOML file (tools/sample/timeline.toml
// and tests/scenario/both_ways_test.cpp show the kinds of step). The same timeline is played over the real suite and, in a
// test, over all services in one process.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/roles.h"

namespace rightsdesk::tools {

struct Step {
    domain::Instant at;
    std::string civil;             // as written, for progress
    std::string source;            // the principal who sends it
    std::uint64_t number = 0;      // its number among the source's steps, from 1: the identity
    domain::ServiceName door = domain::ServiceName::kIntake;
    domain::Command command;
    std::string what;              // for progress
    std::size_t line = 0;          // in the file
};

struct Timeline {
    domain::OfferingId offering;
    std::string zone;
    std::vector<Step> steps;       // in order of time
};

// Reads a timeline; files that it names lie beside it. kInvalid with file and line for what cannot be used.
base::Result<Timeline> load_timeline(const std::string& path);

}  // namespace rightsdesk::tools
