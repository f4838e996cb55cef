#include "rightsdesk/offering_check.h"

#include "domain/deadlines.h"
#include "rightsdesk/deadlines.h"
#include "runtime/json.h"
#include "terms/explanation.h"
#include "terms/terms_file.h"

namespace rightsdesk::tools {

namespace {

constexpr std::size_t kKeyWidth = 42;

void print_term(std::ostream& out, const std::string& key, const std::string& words) {
    out << "  " << key << std::string(key.size() < kKeyWidth ? kKeyWidth - key.size() : 2, ' ') << words << "\n";
}

}  // namespace

int check_offering(const std::string& terms_file, bool json, std::ostream& out, std::ostream& err) {
    const auto terms = terms::load_terms(terms_file);
    const auto deadlines = terms.and_then([](const domain::Terms& good) { return domain::all_deadlines(good, std::nullopt); });
    if (!terms || !deadlines) {
        err << (terms ? deadlines.error() : terms.error()).message << "\n";
        return 2;
    }
    const std::vector<terms::ExplainedTerm> explained = terms::explain_terms(*terms);
    if (json) {
        nlohmann::ordered_json document = deadlines_document(*deadlines);
        document["offering"] = terms->id;
        document["terms"] = nlohmann::ordered_json::array();
        for (const terms::ExplainedTerm& term : explained) document["terms"].push_back(runtime::to_json(term));
        out << runtime::json_text(document) << "\n";
        return 0;
    }
    out << terms_file << ": the terms of " << terms->id << " can be used\n\n";
    for (const terms::ExplainedTerm& term : explained) print_term(out, term.key, term.words);
    out << "\nDeadlines (a notice's own: rightsdesk deadlines " << terms_file << " --notice-date D)\n";
    for (const domain::StatedDeadline& stated : *deadlines) print_term(out, stated.deadline.civil + "  " + stated.kind, stated.clause);
    return 0;
}

}  // namespace rightsdesk::tools
