#include "domain/notice_cures.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/texts.h"
#include "domain/approvals.h"
#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/folded_text.h"
#include "domain/notice_judgement.h"
#include "domain/redecision.h"
#include "domain/register_import.h"

namespace rightsdesk::domain {

namespace {

constexpr std::int64_t kMostRights = 1'000'000'000'000;  // of one notice, and shares alike

// ---- values ----

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > kMostRights) return std::nullopt;
    return number;
}

bool set_date(NoticeContent& content, const std::string& value) {
    const auto date = parse_date(value);
    if (date) content.dated = *date;
    return date.has_value();
}

bool set_rights(NoticeContent& content, const std::string& value) {
    const auto rights = whole_number(value);
    if (!rights || *rights == 0) return false;
    content.rights_held = Rights(*rights);
    return true;
}

bool set_shares(NoticeContent& content, const std::string& value) {
    const std::size_t plus = value.find('+');
    const auto basic = whole_number(std::string_view(value).substr(0, plus));
    if (!basic || *basic == 0) return false;
    if (plus != std::string::npos) {
        const auto excess = whole_number(std::string_view(value).substr(plus + 1));
        if (!excess) return false;
        content.excess_shares = Shares(*excess);
    }
    content.basic_shares = Shares(*basic);
    return true;
}

bool set_guarantor(NoticeContent& content, const std::string& value) {
    if (folded(value).empty()) return false;
    content.guarantor_name = value;
    return true;
}

template <class Choice>
bool set_choice(std::optional<Choice>& field, const std::string& value) {
    const auto choice = base::enum_from_text<Choice>(value);
    if (choice) field = choice;
    return choice.has_value();
}

// ---- what cures what ----

enum class Curing { kNever, kNothingToCure, kByTelephone, kByValue, kByValueOrEvidence, kByEvidence, kByLine };

// One row a reason; the weight decides until when.
Curing curing_of(Reason reason) {
    switch (reason) {
        case Reason::kAnotherOffering:
        case Reason::kUnreadable:
        case Reason::kGuaranteedDeliveryClosed:
        case Reason::kMisdirected:
        case Reason::kAfterForeignCutOff:
        case Reason::kAwaitingKeying:
        case Reason::kLate: return Curing::kNever;
        case Reason::kUndated:
        case Reason::kRightsMissing:
        case Reason::kSharesMissing:
        case Reason::kGuarantorMissing:
        case Reason::kGuarantorIneligible:
        case Reason::kPaymentDeliveryUnclear:
        case Reason::kPaymentMethodUnclear:
        case Reason::kMethodNotAccepted:
        case Reason::kGuaranteeLapsed: return Curing::kByValue;
        case Reason::kPostDated: return Curing::kByValueOrEvidence;
        case Reason::kIncompleteFax:
        case Reason::kStampGap:
        case Reason::kHolderUnsigned:
        case Reason::kHolderNamesMissing:
        case Reason::kHolderAddressMissing:
        case Reason::kHolderTelephoneMissing:
        case Reason::kGuarantorUnsigned:
        case Reason::kGuarantorUnknown:
        case Reason::kNotOnRegister:
        case Reason::kCertificateUnknown:
        case Reason::kRightsBeyondRegister:
        case Reason::kRegisterNameDiffers:
        case Reason::kOverNotEligible:
        case Reason::kPossibleDuplicate: return Curing::kByEvidence;
        case Reason::kSeveralHolders: return Curing::kByLine;
        case Reason::kHerewithByFax:
        case Reason::kAggregateDiffers:
        case Reason::kPriceDiffers:
        case Reason::kBasicBeyondRights:
        case Reason::kTransferee:
        case Reason::kGuaranteePeriodDiffers:
        case Reason::kPaymentDetailsMissing:
        case Reason::kSharesByMoney:
        case Reason::kOverWithoutFullBasic: return Curing::kNothingToCure;
        case Reason::kTelephoneUnconfirmed:
        case Reason::kTelephoneRequired: return Curing::kByTelephone;
    }
    return Curing::kNever;
}

// Puts the value where the reason missed it; false when it cannot be used.
bool supply(Reason reason, const std::string& value, NoticeContent& content) {
    switch (reason) {
        case Reason::kUndated:
        case Reason::kPostDated:
        case Reason::kGuaranteeLapsed: return set_date(content, value);
        case Reason::kRightsMissing: return set_rights(content, value);
        case Reason::kSharesMissing: return set_shares(content, value);
        case Reason::kGuarantorMissing:
        case Reason::kGuarantorIneligible: return set_guarantor(content, value);
        case Reason::kPaymentDeliveryUnclear: return set_choice(content.payment_delivery, value);
        case Reason::kPaymentMethodUnclear:
        case Reason::kMethodNotAccepted: return set_choice(content.payment_method, value);
        case Reason::kAnotherOffering:
        case Reason::kUnreadable:
        case Reason::kMisdirected:
        case Reason::kLate:
        case Reason::kIncompleteFax:
        case Reason::kStampGap:
        case Reason::kHolderUnsigned:
        case Reason::kHolderNamesMissing:
        case Reason::kHolderAddressMissing:
        case Reason::kHolderTelephoneMissing:
        case Reason::kGuarantorUnsigned:
        case Reason::kGuarantorUnknown:
        case Reason::kHerewithByFax:
        case Reason::kAggregateDiffers:
        case Reason::kPriceDiffers:
        case Reason::kBasicBeyondRights:
        case Reason::kOverWithoutFullBasic:
        case Reason::kTelephoneUnconfirmed:
        case Reason::kPossibleDuplicate:
        case Reason::kGuaranteedDeliveryClosed:
        case Reason::kNotOnRegister:
        case Reason::kTransferee:
        case Reason::kCertificateUnknown:
        case Reason::kRightsBeyondRegister:
        case Reason::kRegisterNameDiffers:
        case Reason::kAfterForeignCutOff:
        case Reason::kOverNotEligible:
        case Reason::kGuaranteePeriodDiffers:
        case Reason::kSeveralHolders:
        case Reason::kPaymentDetailsMissing:
        case Reason::kSharesByMoney:
        case Reason::kAwaitingKeying:
        case Reason::kTelephoneRequired: return false;
    }
    return false;
}

// What the content with the cure in it says against the notice. A date supplied later may be later than the notice, though
// not later than the cure itself.
std::vector<Reason> judge_cured(const Life& life, const Notice& notice, const CureDefect& command, const NoticeContent& content) {
    const auto reasons = judge_content(life, content, counting_delivery(life, notice), notice.on_register);
    const bool redated = content.dated != notice.content.dated && content.dated <= day_received(life, command.at);
    return redated ? without(reasons, {Reason::kPostDated}) : reasons;
}

// The reasons once the cure holds: those that the old content alone brought go, those that the new one brings come.
std::vector<Reason> reasons_after_cure(const Life& life, const Notice& notice, Reason cured, const std::vector<Reason>& after) {
    Notice without_it = notice;
    without_it.reasons = without(notice.reasons, {cured});
    return reasons_once(without_it, judge_content_of(life, notice), after);
}

std::vector<Reason> in_order_with(std::vector<Reason> reasons, Reason further) {
    reasons.push_back(further);
    return in_order(std::move(reasons));
}

// A person says on which line of the register the holder is: what that line says holds from then on, the holder's other notices and the
// hour of holders abroad included.
Decision cure_by_line(const Book& book, const Life& life, const Notice& notice, const CureDefect& command, const Context& context) {
    const auto line = whole_number(command.value);
    const bool on_file = line && std::find(notice.on_register->lines.begin(), notice.on_register->lines.end(), *line) != notice.on_register->lines.end();
    const LookedUp found = on_file ? look_up_line(book, static_cast<std::uint32_t>(*line), context) : LookedUp{};
    if (!found.finding || found.finding->revision != notice.on_register->revision) {
        return refuse("CureDefect", notice_name(notice.id), Refusal::kValueUnusable, "\"" + command.value + "\" is none of the lines that have the name");
    }
    RegisterFinding finding = *found.finding;
    finding.unknown_certificates = notice.on_register->unknown_certificates;
    const Delivery& delivery = counting_delivery(life, notice);
    auto after = judge_on_register(life, notice.content, delivery, finding);
    if (exceeds_register(book, notice.id, notice.content.rights_held.value_or(Rights(0)), found)) after = in_order_with(std::move(after), Reason::kRightsBeyondRegister);
    const auto reasons = reasons_once(notice, judge_on_register(life, notice.content, delivery, notice.on_register), without(after, notice.cured));
    Decision decision;
    decision.reads = {life_name(), register_name()};
    for (const std::string& key : found.keys) {
        if (book.with_key(key).empty()) decision.keys.push_back({key, notice_name(notice.id)});
    }
    decision.add(DefectCured{notice.id, command.reason, command.value, command.evidence, command.at, notice.content});
    decision.add(RegisterCompared{finding.revision, {{notice.id, finding, found.keys, std::nullopt}}, false});
    decision.add(redecided(notice, RedecisionCause::kCure, to_text(command.reason) + " cured: line " + command.value + ", by " + context.person, reasons));
    return decision;
}

// ---- waivers ----

void supersede_waivers(const Book& book, const NoticeId& notice, const std::optional<Reason>& reason, const std::string& why, Decision& decision) {
    for (const ProposalId& id : book.proposal_ids()) {
        const Proposal& proposal = *book.proposal(id);
        if (proposal.kind != ProposalKind::kWaiver || proposal.status != ProposalStatus::kOpen || proposal.notice != notice) continue;
        if (!reason || proposal.reason == reason) decision.add(ProposalSuperseded{id, why});
    }
}

const Proposal* open_waiver(const Book& book, const NoticeId& notice, Reason reason) {
    for (const ProposalId& id : book.proposal_ids()) {
        const Proposal& proposal = *book.proposal(id);
        if (proposal.kind == ProposalKind::kWaiver && proposal.status == ProposalStatus::kOpen && proposal.notice == notice &&
            proposal.reason == reason) {
            return &proposal;
        }
    }
    return nullptr;
}

bool may_be_waived(Reason reason) {
    if (reason == Reason::kRightsMissing || reason == Reason::kSharesMissing) return false;  // nothing would be left to count
    return weight_of(reason) == Weight::kDefect || weight_of(reason) == Weight::kQuestion;
}

// The other notices that were not let in for the same reason: a waiver is uniform (rules.md section 7).
std::vector<NoticeId> comparable_to(const Book& book, const NoticeId& id, Reason reason) {
    std::vector<NoticeId> comparable;
    for (const NoticeId& other : book.notice_ids()) {
        const Notice& notice = *book.notice(other);
        const bool kept_out = notice.status == NoticeStatus::kDefective || notice.status == NoticeStatus::kRefused ||
                              notice.status == NoticeStatus::kRejected || notice.status == NoticeStatus::kInQuestion;
        if (other != id && kept_out && has_reason(notice.reasons, reason)) comparable.push_back(other);
    }
    return comparable;
}

void add_waiver(const Notice& notice, const Proposal& proposal, const ProposalApproved& approval, Decision& decision) {
    decision.add(approval);
    if (!approval.complete) return;
    auto people = people_behind(proposal, approval);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    decision.add(DefectWaived{notice.id, *proposal.reason, proposal.id});
    decision.add(redecided(notice, RedecisionCause::kWaiver, proposal.id + ", agreed by " + base::joined(people, " and "),
                           without(notice.reasons, {*proposal.reason})));
}

// ---- what every one of these commands must meet ----

struct Subject {
    const Life* life = nullptr;
    const Notice* notice = nullptr;
};

// Nothing when the notice may be acted on by `context.person`; `subject` is set then.
std::optional<Decision> objection(const Book& book, const char* command, const NoticeId& id, const Context& context, Subject& subject) {
    const std::string name = notice_name(id);
    subject = {book.life(), book.notice(id)};
    if (subject.life == nullptr) return being_opened(book);
    if (subject.notice == nullptr) return refuse(command, name, Refusal::kUnknownNotice, id);
    if (context.person.empty()) return refuse(command, name, Refusal::kNotPermitted, "this takes a person");
    if (subject.life->stage >= Stage::kTabulated) return refuse(command, name, Refusal::kTooLate, "the offering is tabulated");
    if (is_final(subject.notice->status)) return refuse(command, name, Refusal::kAlreadyDecided, "the notice is " + to_text(subject.notice->status));
    return std::nullopt;
}

}  // namespace

Decision cure_defect(const Book& book, const CureDefect& command, const Context& context) {
    Subject subject;
    if (auto objected = objection(book, "CureDefect", command.notice, context, subject)) return *objected;
    const auto& [life, notice] = subject;
    const auto refused = [&](Refusal refusal, std::string detail) { return refuse("CureDefect", notice_name(command.notice), refusal, std::move(detail)); };
    const std::string& reason = to_text(command.reason);

    const Curing curing = curing_of(command.reason);
    if (curing == Curing::kNever) return refused(Refusal::kNotAllowedByTerms, reason + " cannot be cured");
    if (!has_reason(notice->reasons, command.reason)) return refused(Refusal::kNothingToDo, "the notice is not " + reason);
    if (curing == Curing::kNothingToCure) return refused(Refusal::kNothingToDo, reason + " is a remark and keeps nobody out");
    if (curing == Curing::kByTelephone) return refused(Refusal::kValueUnusable, "record the telephone confirmation instead");
    if (command.evidence.empty()) return refused(Refusal::kValueUnusable, "say what shows it: the evidence is missing");
    if (command.at.value > context.now.value + life->terms.stamp_gap_minutes * kNanosecondsPerMinute) {
        return refused(Refusal::kValueUnusable, "it cannot have been received at a time that has not come");
    }
    if (weight_of(command.reason) != Weight::kQuestion && !in_time(*life, command.at)) {
        return refused(Refusal::kTooLate, "received after the hour, " + life->expiration.civil);
    }

    if (curing == Curing::kByLine) {
        Decision decision = cure_by_line(book, *life, *notice, command, context);
        if (!std::holds_alternative<CommandRefused>(decision.events.front())) supersede_waivers(book, notice->id, command.reason, "cured", decision);
        return decision;
    }
    NoticeContent content = notice->content;
    const bool by_value = curing == Curing::kByValue || (curing == Curing::kByValueOrEvidence && !command.value.empty());
    if (by_value && !supply(command.reason, command.value, content)) return refused(Refusal::kValueUnusable, "\"" + command.value + "\" for " + reason);
    auto judged = judge_cured(*life, *notice, command, content);
    const bool with_rights = command.reason == Reason::kRightsMissing && content.rights_held;
    if (with_rights && exceeds_register(book, notice->id, *content.rights_held, look_up_again(book, *notice, context))) {
        judged = in_order_with(std::move(judged), Reason::kRightsBeyondRegister);
    }
    if (by_value && has_reason(judged, command.reason)) {
        return refused(Refusal::kValueUnusable, "with \"" + command.value + "\" the notice is still " + reason);
    }

    Decision decision;
    decision.reads = {life_name()};
    if (notice->on_register) decision.reads.push_back(register_name());
    decision.add(DefectCured{notice->id, command.reason, by_value ? command.value : "", command.evidence, command.at, content});
    if (const auto voided = voided_by(*notice, content)) decision.add(*voided);
    decision.add(redecided(*notice, RedecisionCause::kCure, reason + " cured, by " + context.person,
                           reasons_after_cure(*life, *notice, command.reason, judged)));
    supersede_waivers(book, notice->id, command.reason, "cured", decision);
    return decision;
}

Decision propose_waiver(const Book& book, const ProposeWaiver& command, const Context& context) {
    Subject subject;
    if (auto objected = objection(book, "ProposeWaiver", command.notice, context, subject)) return *objected;
    const auto& [life, notice] = subject;
    const auto refused = [&](Refusal refusal, std::string detail) { return refuse("ProposeWaiver", notice_name(command.notice), refusal, std::move(detail)); };
    const std::string& reason = to_text(command.reason);
    if (weight_of(command.reason) == Weight::kFlag) return refused(Refusal::kNothingToDo, reason + " is a remark and keeps nobody out");
    if (!may_be_waived(command.reason)) return refused(Refusal::kNotAllowedByTerms, reason + " cannot be waived");
    if (!has_reason(notice->reasons, command.reason)) return refused(Refusal::kNothingToDo, "the notice is not " + reason);
    if (const Proposal* open = open_waiver(book, notice->id, command.reason)) return refused(Refusal::kAlreadyDecided, open->id + " is open: approve it");

    Proposal proposal;
    proposal.id = next_proposal_id(book, ProposalKind::kWaiver);
    proposal.kind = ProposalKind::kWaiver;
    proposal.proposed_by = context.person;
    proposal.needed = life->terms.approvals.waiver;
    proposal.why = command.why;
    proposal.notice = notice->id;
    proposal.reason = command.reason;
    proposal.comparable = comparable_to(book, notice->id, command.reason);
    Decision decision;
    decision.reads = {life_name(), notice_name(notice->id)};
    decision.add(ProposalMade{proposal});
    if (proposal.needed <= 1) add_waiver(*notice, proposal, ProposalApproved{proposal.id, proposal.kind, context.person, true}, decision);
    return decision;
}

Decision approve_waiver(const Book& book, const Approve& command, const Context& context) {
    const std::string name = proposal_name(command.proposal);
    const Proposal* proposal = book.proposal(command.proposal);
    if (proposal == nullptr || proposal->kind != ProposalKind::kWaiver) return refuse("Approve", name, Refusal::kUnknownProposal, command.proposal);
    CHECK(proposal->notice && proposal->reason);
    if (const auto refusal = objection_to(*proposal, context.person)) return refuse("Approve", name, *refusal, context.person);
    Subject subject;
    if (auto objected = objection(book, "Approve", *proposal->notice, context, subject)) return *objected;
    const Notice& notice = *subject.notice;
    if (!has_reason(notice.reasons, *proposal->reason)) {
        return refuse("Approve", name, Refusal::kNothingToDo, "the notice is no longer " + to_text(*proposal->reason));
    }
    Decision decision;
    decision.reads = {life_name(), notice_name(notice.id)};
    add_waiver(notice, *proposal, approval_of(*proposal, context.person, command.instruction), decision);
    return decision;
}

Decision reject_notice(const Book& book, const RejectNotice& command, const Context& context) {
    Subject subject;
    if (auto objected = objection(book, "RejectNotice", command.notice, context, subject)) return *objected;
    const Notice& notice = *subject.notice;
    if (command.why.empty()) return refuse("RejectNotice", notice_name(notice.id), Refusal::kValueUnusable, "say why");
    return reject_here(book, notice, command.why, context.person);
}

Decision reject_here(const Book& book, const Notice& notice, const std::string& why, const std::string& person) {
    Decision decision;
    decision.reads = {life_name()};
    decision.add(NoticeRejected{notice.id, why, person});
    NoticeRedecided again = redecided(notice, RedecisionCause::kRejection, why + ", by " + person, notice.reasons);
    again.after = NoticeStatus::kRejected;
    decision.add(std::move(again));
    supersede_waivers(book, notice.id, std::nullopt, "the notice is rejected", decision);
    return decision;
}

}  // namespace rightsdesk::domain
