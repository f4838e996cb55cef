#include "benchmark/sample_terms.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "runtime/clock.h"

namespace rightsdesk::benchmark {

SampleTerms::SampleTerms() {
    std::ifstream file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
    text_.assign(std::istreambuf_iterator<char>(file), {});
}

SampleTerms& SampleTerms::with(const std::string& from, const std::string& to) {
    const std::size_t at = text_.find(from);
    if (at == std::string::npos) throw std::runtime_error("the sample's terms have no " + from);
    text_.replace(at, from.size(), to);
    return *this;
}

SampleTerms& SampleTerms::ending(const std::string& civil) {
    with("at = \"2002-06-28T17:00:00\"", "at = \"" + civil + "\"");
    return with("last_date = \"2002-07-31\"", "last_date = \"" + civil.substr(0, 10) + "\"");
}

std::string civil_in(std::int64_t seconds) {
    return domain::civil_text(domain::Instant(runtime::SystemClock().now().value + std::chrono::nanoseconds(std::chrono::seconds(seconds)).count()), kZone).substr(0, 19);
}

}  // namespace rightsdesk::benchmark
