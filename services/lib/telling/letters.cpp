#include "telling/letters.h"

#include <algorithm>
#include <unordered_map>

#include "domain/civil.h"
#include "domain/money_text.h"
#include "telling/past.h"

namespace rightsdesk::telling {

namespace {

using namespace domain;
using Facts = std::map<std::string, std::string>;

std::string lines_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string deadline_text(const Deadline& deadline) {
    std::string civil = deadline.civil;
    if (civil.size() > 10) civil[10] = ' ';
    return civil + (deadline.zone == "America/New_York" ? " New York time" : " " + deadline.zone);
}

std::string words_of(Missing missing) {
    switch (missing) {
        case Missing::kCertificates: return "the rights certificates";
        case Missing::kRightsShort: return "certificates for the rest of the rights guaranteed";
        case Missing::kSignatureGuarantee: return "a signature guarantee";
        case Missing::kOtherDocuments: return "other documents that were asked for";
    }
    return "";
}

std::string reasons_text(const std::vector<Reason>& reasons) {
    std::vector<std::string> lines;
    lines.reserve(reasons.size());
    for (const Reason reason : reasons) lines.push_back("  - " + std::string(explain(reason)));
    return lines_of(lines);
}

std::string missing_text(const std::vector<Missing>& missing) {
    std::vector<std::string> lines;
    lines.reserve(missing.size());
    for (const Missing one : missing) lines.push_back("  - " + words_of(one));
    return lines_of(lines);
}

}  // namespace

// Not of this source alone, for what is declared in the header has one.
class LetterWriting {
public:
    explicit LetterWriting(const Book& book) : book_(book) {}

    // False: enough was told.
    bool record(store::Sequence sequence, const Record& record, const std::function<bool(const Letter&)>& tell) {
        tell_ = &tell;
        sequence_ = sequence;
        at_ = record.at;
        std::visit([this](const auto& event) { follow(event); }, record.event);
        return more_;
    }

private:
    void follow(const NoticeDecided& event) {
        if (event.sealed.opened) personal_[event.notice.id] = event.sealed.personal;
        about_receipt(event.notice.id);
        about_status(event.notice.id);
    }
    void follow(const NoticeKeyed& event) {
        if (event.again) return;
        if (event.sealed.opened) personal_[event.notice.id] = event.sealed.personal;
        about_status(event.notice.id);
    }
    void follow(const NoticeRedecided& event) {
        // An acceptance is told once, whatever was noted on it since.
        const bool told = event.before == event.after && (event.after == NoticeStatus::kAccepted || event.reasons_before == event.reasons_after);
        if (!told) about_status(event.notice);
    }
    void follow(const CoverReminderDue& event) { about_cover(event.notice, event.missing); }
    void follow(const CoverIncomplete& event) { about_cover(event.notice, event.missing); }
    void follow(const AllocationApproved&) {
        for (const NoticeId& id : book_.notice_ids()) {
            const Allotment* allotment = book_.allotment(AllocationKind::kFinal, id);
            if (allotment == nullptr) continue;
            Facts facts = facts_of(id);
            facts["allotted_basic"] = grouped(allotment->basic.value);
            facts["allotted_over"] = grouped(allotment->over.value);
            facts["allotted"] = grouped(allotment->basic.value + allotment->over.value);
            facts["applied"] = money_text(allotment->applied);
            tell(LetterKind::kAllotment, id, id, std::move(facts));
        }
    }
    void follow(const RefundsPaid& event) {
        for (const PaymentId& payment : event.payments) about_refund(payment, event.reference);
    }
    void follow(const RefundReported& event) {
        if (event.status == RefundStatus::kPaid) about_refund(event.payment, event.reference);
    }
    template <class Other>
    void follow(const Other&) {}

    static bool is_lacking(NoticeStatus status) {
        return status == NoticeStatus::kDefective || status == NoticeStatus::kInQuestion || status == NoticeStatus::kLate || status == NoticeStatus::kMisdirected ||
               status == NoticeStatus::kRefused || status == NoticeStatus::kRejected;
    }

    // Of what is accepted as it comes the acknowledgement says that it was received.
    void about_receipt(const NoticeId& id) {
        const Notice* notice = book_.notice(id);
        if (notice == nullptr || notice->taken_back) return;
        const bool waits = notice->status == NoticeStatus::kAwaitingKeying;
        if (!waits && !is_lacking(notice->status)) return;
        Facts facts = facts_of(id);
        facts["what_follows"] = waits ? "It could not be read with certainty and is being read by a person. When that is done we write to you again: that it is accepted, or what it lacks."
                                      : "It does not count as it came. A letter of its own says why, and whether and until when that can be mended.";
        tell(LetterKind::kReceipt, id, id, std::move(facts));
    }

    void about_status(const NoticeId& id) {
        const Notice* notice = book_.notice(id);
        if (notice == nullptr || notice->taken_back) return;
        if (notice->status == NoticeStatus::kAccepted) tell(LetterKind::kAcknowledgement, id, id, facts_of(id));
        if (!is_lacking(notice->status)) return;
        Facts facts = facts_of(id);
        facts["reasons"] = reasons_text(notice->reasons);
        const bool curable = notice->status == NoticeStatus::kDefective || notice->status == NoticeStatus::kInQuestion;
        facts["cure_by"] = curable && book_.life() != nullptr ? deadline_text(book_.life()->expiration) : "";
        facts["cure"] = curable ? "It can be mended until " + facts["cure_by"] + "." : "It cannot count as it stands.";
        tell(LetterKind::kDefect, id, id, std::move(facts));
    }

    void about_cover(const NoticeId& id, const std::vector<Missing>& missing) {
        Facts facts = facts_of(id);
        facts["missing"] = missing_text(missing);
        tell(LetterKind::kCoverReminder, id, id, std::move(facts));
    }

    void about_refund(const PaymentId& payment, const std::string& reference) {
        const Refund* refund = book_.refund(payment);
        if (refund == nullptr) return;
        const NoticeId id = refund->notice.value_or(NoticeId());
        if (id.empty()) return;  // nobody's notice: who paid it is known to the bank alone
        Facts facts = facts_of(id);
        facts["payment"] = payment;
        facts["refunded"] = money_text(refund->amount);
        facts["refund_reference"] = reference;
        facts["refund_channel"] = spaced(base::to_text(refund->channel));
        tell(LetterKind::kRefund, id, payment, std::move(facts));
    }

    [[nodiscard]] Facts facts_of(const NoticeId& id) const {
        Facts facts;
        for (const std::string& name : letter_facts()) facts[name] = "";
        facts["notice"] = id;
        add_offering(facts);
        if (const Notice* notice = book_.notice(id)) {
            add_notice(facts, *notice);
            add_words(facts, *notice);
        }
        if (const auto known = personal_.find(id); known != personal_.end()) {
            facts["holders"] = lines_of(known->second.names);
            facts["address"] = known->second.address;
            facts["guarantor_address"] = known->second.guarantor_address;
        }
        if (const CoverClock* cover = book_.cover(id)) facts["cover_due"] = deadline_text(cover->deadline);
        return facts;
    }
    void add_offering(Facts& facts) const {
        const Life* life = book_.life();
        if (life == nullptr) return;
        facts["issuer"] = life->terms.issuer;
        facts["title"] = life->terms.title;
        facts["agent"] = life->terms.agent;
        facts["price"] = money_text(life->terms.subscription_price);
        facts["hour"] = deadline_text(life->expiration);
        facts["date"] = civil_text(at_, life->terms.expiration.zone).substr(0, 10);
    }
    static void add_notice(Facts& facts, const Notice& notice) {
        facts["guarantor"] = notice.content.guarantor_name.value_or("");
        facts["basic"] = grouped(notice.content.basic_shares.value_or(Shares(0)).value);
        facts["over"] = grouped(notice.content.excess_shares.value_or(Shares(0)).value);
        facts["amount"] = notice.content.aggregate_cents ? money_text(*notice.content.aggregate_cents) : "";
        if (notice.deliveries.empty()) return;
        facts["channel"] = spaced(base::to_text(notice.deliveries.front().channel));
    }
    // What it is called, of whom it came, and what must follow: a certificate with its election filled in has no guarantor.
    void add_words(Facts& facts, const Notice& notice) const {
        const bool direct = notice.form == NoticeForm::kDirectExercise;
        if (direct) facts["guarantor"].clear();
        const std::string guarantor = facts["guarantor"];
        const std::string by = facts["channel"].empty() ? "" : " by " + facts["channel"];
        const std::string money = "The full amount must be with us in good funds by " + facts["hour"];
        facts["document"] = direct ? "exercise of rights" : "notice of guaranteed delivery";
        facts["given"] = direct ? "that you sent us with your certificate" : "that you gave for the holder named in it";
        facts["what_came"] = direct ? "your exercise of rights, the certificate with its election filled in," + by
                                    : (guarantor.empty() ? "a notice of guaranteed delivery for you" : "the notice of guaranteed delivery that " + guarantor + " gave for you") + by;
        facts["still_due"] = direct ? money + ". Until it is here the subscription is not complete."
                                    : money + ", and the certificates for your rights must follow as guaranteed. Until both are here the subscription is not complete.";
        if (book_.life() != nullptr && !notice.deliveries.empty()) {
            const std::string zone = book_.life()->terms.expiration.zone;
            facts["received"] = deadline_text(Deadline{civil_text(notice.deliveries.front().stamp, zone), zone, notice.deliveries.front().stamp});
        }
    }
    static std::string spaced(std::string word) {
        std::replace(word.begin(), word.end(), '_', ' ');
        return word;
    }

    void tell(LetterKind kind, const NoticeId& notice, const std::string& about, Facts facts) {
        if (!more_) return;
        std::string word = base::to_text(kind);
        std::replace(word.begin(), word.end(), '_', '-');
        facts["reference"] = word + "-" + about + "-" + std::to_string(sequence_);
        const std::string id = facts["reference"];
        more_ = (*tell_)({id, kind, notice, sequence_, at_, std::move(facts)});
    }

    const Book& book_;
    const std::function<bool(const Letter&)>* tell_ = nullptr;  // of the record that is being read
    std::unordered_map<NoticeId, Personal> personal_;
    store::Sequence sequence_ = 0;
    Instant at_;
    bool more_ = true;
};

const std::vector<std::string>& letter_facts() {
    static const std::vector<std::string> names = {"address", "agent", "allotted", "allotted_basic", "allotted_over", "amount", "applied", "basic", "channel", "cover_due",
                                                   "cure", "cure_by", "date", "document", "given", "guarantor", "guarantor_address", "holders", "hour", "issuer", "missing",
                                                   "notice", "over", "payment", "price", "reasons", "received", "reference", "refund_channel", "refund_reference", "refunded",
                                                   "still_due", "title", "what_came", "what_follows"};
    return names;
}

struct OwedLetters::Following {
    explicit Following(const std::string& log) : book(log), items(book), writing(book) {}

    Book book;
    FoldedItems items;
    LetterWriting writing;
};

OwedLetters::OwedLetters(const std::string& log) : following_(std::make_unique<Following>(log)) {}
OwedLetters::OwedLetters(OwedLetters&&) noexcept = default;
OwedLetters& OwedLetters::operator=(OwedLetters&&) noexcept = default;
OwedLetters::~OwedLetters() = default;

base::Result<> OwedLetters::go_on(store::Store& store, const wire::SealKey* key, const std::function<bool(const Letter&)>& tell) {
    bool more = true;
    // Written of what the whole decision left.
    return following_->items.go_on(
        store, [&](const LoggedItem&) { return more; },
        [&](const LoggedItem& item) {
            for (std::size_t at = 0; more && at < item.records.size(); ++at) more = following_->writing.record(item.first + at, item.records[at], tell);
        },
        key);
}

base::Result<> each_letter(store::Store& store, const std::string& log, const wire::SealKey* key, const std::function<bool(const Letter&)>& tell) {
    return OwedLetters(log).go_on(store, key, tell);
}

}  // namespace rightsdesk::telling
