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
    const auto read = iso_decimal(sum, currency);
    if (!read || !found.holds || *read != found.sum) {
        building.find(FindingKind::kSummary, place_of(*stated), "it says that the" + std::string(of_what) + " come to " + sum.substr(0, 40) + ", they come to " + minor_text(found.sum) + " of the smallest unit");
    }
}

// Credits less debits. Until version 03 the indicator stands beside the amount, later both are in an element of their own.
void check_net(Building& building, const XmlElement* stated, const std::string& currency, const Total& found) {
    if (stated == nullptr) return;
    const XmlElement* net = stated->child("TtlNetNtry");
    const std::string amount = net != nullptr ? net->text_at("Amt") : stated->text_at("TtlNetNtryAmt");
    if (amount.empty()) return;
    const std::string direction = (net != nullptr ? *net : *stated).text_at("CdtDbtInd");
    const auto read = iso_decimal(amount, currency);
    if (read && found.holds && (direction == kDebit ? -*read : *read) == found.sum) return;
    building.find(FindingKind::kSummary, place_of(*stated), "it says that the entries come to " + amount.substr(0, 40) + " " + direction.substr(0, 4) + " net, they come to " + minor_text(found.sum) + " of the smallest unit");
}

void check_control_sum(Building& building, const std::string& place, const char* element, const base::Result<std::int64_t>& stated, const std::string& text, std::int64_t found) {
    if (stated && *stated == found) return;
    building.find(FindingKind::kSummary, place, std::string(element) + " is " + text.substr(0, 40) + ", the transfers come to " + minor_text(found) + " of the smallest unit");
}

}  // namespace

void check_summary(Building& building, const XmlElement& summary) {
    Total all, credits, debits, net;
    const auto& entries = building.statement().entries;
    for (std::size_t at = entries.size() - building.report().entries; at < entries.size(); ++at) {
        net.holds = net.holds && add_up(net.sum, entries[at].amount_minor);
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
    check_net(building, summary.child("TtlNtries"), currency, net);
}

// A batch without its payments is told of as a sum only, by choice of the account's owner; and what a payment was in another currency makes no sum.
void check_batch(Building& building, const XmlElement& details, const Entry& entry, std::size_t count) {
    const XmlElement* batch = details.child("Btch");
    if (batch == nullptr || count == 0) return;
    const std::string stated = batch->text_at("NbOfTxs");
    if (!stated.empty() && !is_number(stated, count)) {
        building.find(FindingKind::kBatch, entry.place, "Btch says " + stated.substr(0, 20) + " transactions, there are " + std::to_string(count));
    }
    const XmlElement* total = batch->child("TtlAmt");
    if (total == nullptr) return;
    const auto amount = iso_amount(*total, entry.currency);
    std::int64_t sum = 0;
    std::int64_t sizes = 0;
    for (std::size_t at = entry.transactions.size() - count; at < entry.transactions.size(); ++at) {
        const Transaction& payment = entry.transactions[at];
        if (!payment.amount_minor || (amount && payment.currency != amount->currency)) return;
        if (!add_up(sum, *payment.amount_minor) || !add_up(sizes, std::abs(*payment.amount_minor))) return;
    }
    if (amount && (amount->minor == std::abs(sum) || amount->minor == sizes)) return;
    building.find(FindingKind::kBatch, entry.place, "Btch says that its transactions come to " + total->text.substr(0, 40) + ", they come to " + minor_text(std::abs(sum)) + " of the smallest unit");
}

void TransferTotal::add(const Entry& transfer) {
    if (count_ == 0) currency_ = transfer.currency;
    ++count_;
    comparable_ = comparable_ && transfer.currency == currency_ && add_up(sum_, transfer.amount_minor);
}

void TransferTotal::check(Building& building, const XmlElement& header, const std::string& place) const {
    const std::string count = header.text_at("NbOfTxs");
    if (!count.empty() && !is_number(count, count_)) building.find(FindingKind::kSummary, place, "NbOfTxs is " + count.substr(0, 20) + ", there are " + std::to_string(count_));
    if (!comparable_) return;
    const std::string control = header.text_at("CtrlSum");
    if (!control.empty()) check_control_sum(building, place, "CtrlSum", iso_decimal(control, currency_), control, sum_);
    const XmlElement* total = header.child("TtlIntrBkSttlmAmt");
    if (total == nullptr) return;
    const bool same_currency = total->currency.empty() || total->currency == currency_;
    check_control_sum(building, place, "TtlIntrBkSttlmAmt", same_currency ? iso_decimal(total->text, currency_) : base::Result<std::int64_t>(base::invalid("of another currency")), total->currency + " " + total->text, sum_);
}

}  // namespace rightsdesk::bank
