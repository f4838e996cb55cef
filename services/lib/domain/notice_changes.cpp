#include "domain/notice_changes.h"

#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/notice_judgement.h"
#include "domain/redecision.h"

namespace rightsdesk::domain {

namespace {

struct Changed {
    const Life* life = nullptr;
    const Notice* notice = nullptr;
};

// Nothing when the holder may still change the notice by what it sent; `changed` is set then.
template <class Command>
std::optional<Decision> against_change(const Book& book, const Command& command, const Context& context, Changed& changed) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse(std::string(Command::kTypeName), notice_name(command.notice), refusal, detail);
    };
    changed = {book.life(), book.notice(command.notice)};
    if (changed.life == nullptr) return being_opened(book);
    if (changed.notice == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    if (is_final(changed.notice->status)) return refused(Refusal::kAlreadyDecided, "the notice is " + to_text(changed.notice->status));
    if (changed.life->stage != Stage::kOpen && changed.life->stage != Stage::kExpired) return refused(Refusal::kTooLate, "the offering is " + to_text(stage_of(book)));
    if (command.evidence.empty()) return refused(Refusal::kValueUnusable, "say what shows it: a letter, a fax, a call");
    if (command.at.value > context.now.value + changed.life->terms.stamp_gap_minutes * kNanosecondsPerMinute) {
        return refused(Refusal::kValueUnusable, "it cannot have been received in the future");
    }
    return std::nullopt;
}

std::string irrevocable_because(const Life& life) {
    if (life.suspension && life.suspension->cancel_through) return "the window to withdraw closed at " + life.suspension->cancel_through->civil;
    if (life.terms.withdrawal == Withdrawal::kUntilExpiration) return "it could be withdrawn until the hour, " + life.expiration.civil;
    return "";
}

}  // namespace

bool may_withdraw(const Life& life, Instant at) {
    if (life.terms.withdrawal == Withdrawal::kUntilExpiration && in_time(life, at)) return true;
    return life.suspension && life.suspension->cancel_through && at >= life.suspension->since && at <= life.suspension->cancel_through->instant;
}

Decision withdraw_notice(const Book& book, const WithdrawNotice& command, const Context& context) {
    Changed changed;
    if (auto objected = against_change(book, command, context, changed)) return *objected;
    if (!may_withdraw(*changed.life, command.at)) {
        return refuse("WithdrawNotice", notice_name(command.notice), Refusal::kIrrevocable, irrevocable_because(*changed.life));
    }
    Decision decision;
    decision.reads = {life_name()};
    return decision.add(NoticeWithdrawn{command.notice, command.evidence, command.at});
}

Decision amend_notice(const Book& book, const AmendNotice& command, const Context& context) {
    Changed changed;
    if (auto objected = against_change(book, command, context, changed)) return *objected;
    const Life& life = *changed.life;
    const Notice& notice = *changed.notice;
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("AmendNotice", notice_name(command.notice), refusal, detail); };
    const Shares most(kMaxAmendedShares);
    if (command.basic_shares < Shares(0) || command.excess_shares < Shares(0) || command.basic_shares > most || command.excess_shares > most) {
        return refused(Refusal::kAmountUnusable, "numbers of shares are 0 to " + std::to_string(kMaxAmendedShares));
    }
    if (awaits_keying(notice)) return refused(Refusal::kTooEarly, "it is not keyed yet: rightsdesk notice key " + notice.id);
    NoticeContent after = notice.content;
    after.basic_shares = command.basic_shares;
    after.excess_shares = command.excess_shares;
    after.aggregate_cents.reset();  // it was the old numbers'; what is due now follows from the price
    const bool same = after.basic_shares == notice.content.basic_shares && command.excess_shares == notice.content.excess_shares.value_or(Shares(0));
    if (same) return refused(Refusal::kNothingToDo, "it asks for these numbers already");
    const bool fewer = command.basic_shares < notice.content.basic_shares.value_or(Shares(0)) || command.excess_shares < notice.content.excess_shares.value_or(Shares(0));
    if (!in_time(life, command.at) && !may_withdraw(life, command.at)) return refused(Refusal::kTooLate, "it came after the hour, " + life.expiration.civil);
    if (fewer && !may_withdraw(life, command.at)) return refused(Refusal::kIrrevocable, "fewer shares are a withdrawal in part");
    Decision decision;
    decision.reads = {life_name()};
    decision.add(NoticeAmended{notice.id, notice.content, after, command.evidence, command.at});
    if (const auto voided = voided_by(notice, after)) decision.add(*voided);
    const auto reasons = reasons_with(life, notice, after);
    if (reasons != notice.reasons) {
        decision.add(redecided(notice, RedecisionCause::kAmendment, "amended: " + command.evidence + ", recorded by " + context.person, reasons));
    }
    return decision;
}

}  // namespace rightsdesk::domain
