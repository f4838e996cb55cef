// The sample played over real processes: how far it is, and whether it came to the right end.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "domain/types.h"
#include "support/sample.h"
#include "support/suite_processes.h"

namespace rightsdesk {

// The player says a line a step.
inline std::size_t steps_played(const support::SuiteProcesses& suite) {
    const std::string said = suite.said();
    return static_cast<std::size_t>(std::count(said.begin(), said.end(), '\n'));
}

inline void expect_the_report_of_the_sample(support::SuiteProcesses& suite) {
    const auto report = suite.command({"report", support::kSample});
    EXPECT_EQ(report.code, 0) << report.err;
    EXPECT_EQ(report.out, support::undisturbed_report()) << "to the byte";
}

// What is stored is the fold of its log.
inline void expect_clean(support::SuiteProcesses& suite, const std::vector<std::string>& logs) {
    for (const std::string& log : logs) {
        const auto verified = suite.command({"verify", log});
        EXPECT_EQ(verified.code, 0) << log << ": " << verified.out << verified.err;
    }
}

inline void expect_the_end_of_the_sample(support::SuiteProcesses& suite) {
    expect_the_report_of_the_sample(suite);
    expect_clean(suite, {support::kSample, std::string(domain::kDesk)});
}

}  // namespace rightsdesk
