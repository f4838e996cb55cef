#include "bank/iso_totals.h"

#include <cstdlib>

#include "bank/iso_parts.h"

namespace rightsdesk::bank {

namespace {

struct Total {
    std::size_t count = 0;
    std::int64_t sum = 0;
    bool holds = true;  // the sum does not need more than 64 bits
};

void check_total(Building& building, const XmlElement* stated, const std::string& currency, const Total& found, const char* of_what) {
    if (stated == nullptr) return;
    const std::string count = stated->text_at("NbOfNtries");
    if (!count.empty() && !is_number(count, found.count)) {
        building.find(FindingKind::kSummary, place_of(*stated), "it says " + count.substr(0, 20) + of_what + ", there are " + std::to_string(found.count));
    }
    const std::string sum = stated->text_at("Sum");
    if (sum.empty()) return;
    const auto read = parse_amount(sum, '.', currency);
    if (!read || !found.holds || *read != found.sum) {
        building.find(FindingKind::kSummary, place_of(*stated), "it says that the" + std::string(of_what) + " come to " + sum.substr(0, 40) + ", they come to " + minor_text(found.sum) + " of the smallest unit");
    }
}

}  // namespace

void check_summary(Building& building, const XmlElement& summary) {
    Total all, credits, debits;
    const auto& entries = building.statement().entries;
    for (std::size_t at = entries.size() - building.report().entries; at < entries.size(); ++at) {
        const std::int64_t size = std::abs(entries[at].amount_minor);
        for (Total* total : {&all, entries[at].direction == kDebit ? &debits : &credits}) {
            ++total->count;
            total->holds = total->holds && add_up(total->sum, size);
        }
    }
    const std::string& currency = building.report().currency;
    check_total(building, summary.child("TtlNtries"), currency, all, " entries");
    check_total(building, summary.child("TtlCdtNtries"), currency, credits, " credit entries");
    check_total(building, summary.child("TtlDbtNtries"), currency, debits, " debit entries");
}

}  // namespace rightsdesk::bank
