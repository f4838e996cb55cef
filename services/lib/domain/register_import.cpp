#include "domain/register_import.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/hash.h"
#include "domain/keying.h"
#include "domain/notice_identity.h"
#include "domain/notice_judgement.h"
#include "domain/redecision.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

namespace {

std::string in_numbers(std::uint64_t holders, Rights rights) { return std::to_string(holders) + " holders with " + std::to_string(rights.value) + " rights"; }

// The holders' notices that count or may yet, but for one.
std::set<NoticeId> others_of(const Book& book, const NoticeId& id, const std::vector<std::string>& keys) {
    std::set<NoticeId> others;
    for (const std::string& key : keys) {
        for (const EntityName& name : book.with_key(key)) {
            const auto* notice = std::get_if<Notice>(book.entity(name));
            if (notice == nullptr || notice->id == id || is_final(notice->status) || notice->status == NoticeStatus::kRefused) continue;
            others.insert(notice->id);
        }
    }
    return others;
}

std::vector<std::string> holder_keys(const RegisterFinding& finding, const Context& context) {
    std::vector<std::string> keys;
    if (finding.several) return keys;  // of one name, and not of one holder
    keys.reserve(finding.lines.size());
    for (const std::uint32_t line : finding.lines) keys.push_back(context.hash_key("holder|" + std::string(context.holders->holder_on(line))));
    return keys;
}

// The earlier notice that has one of its certificates, where the register now knows them and nobody has been asked.
std::optional<NoticeId> certificate_of_another(const Book& book, const Notice& notice, const RegisterFinding& finding, const Context& context) {
    if (notice.possible_duplicate_of || !knows_certificates(finding, notice.content.certificate_numbers)) return std::nullopt;
    for (const std::string& key : certificate_keys(notice.content.certificate_numbers, context)) {
        const auto first = exercised_before(book, {key});
        if (first && *first != notice.id) return first;
    }
    return std::nullopt;
}

bool is_to_be_compared(const Notice& notice, const HolderRegister& known) {
    if (is_final(notice.status) || notice.status == NoticeStatus::kRefused || awaits_keying(notice)) return false;
    return !notice.on_register || notice.on_register->revision != known.revision;
}

}  // namespace

Decision keep_register_part(const Book& book, const KeepRegisterPart& command, const Context&) {
    if (book.life() == nullptr) return being_opened(book);
    const std::string hash = base::sha256_hex(command.part.view());
    if (hash != command.sha256) return refuse("KeepRegisterPart", register_name(), Refusal::kHashDiffers, "the bytes have " + hash);
    Decision decision;
    decision.add(RegisterPartKept{hash, command.part.value.size()});
    return decision;
}

Decision import_register(const Book& book, const ImportRegister& command, const base::Result<const RegisterIndex*>& read, const Context& context) {
    const auto refused = [&](Refusal refusal, std::string detail) { return refuse("ImportRegister", register_name(), refusal, std::move(detail)); };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    if (life->stage >= Stage::kCounted) return refused(Refusal::kTooLate, "the offering is " + to_text(stage_of(book)) + ": notices are decided by what was known at the count");
    if (command.parts.empty() || command.parts.size() > kMaxRegisterParts) {
        return refused(Refusal::kValueUnusable, std::to_string(command.parts.size()) + " parts; must be 1 to " + std::to_string(kMaxRegisterParts));
    }
    if (!read && read.error().worth_retrying()) {
        Decision later;
        later.retry_later = read.error().message;
        return later;
    }
    // What is wrong in it may quote holders: it is for whoever has the list, not for the log.
    if (!read) return refused(Refusal::kValueUnusable, "the parts are no register of holders: `rightsdesk register check` says what is wrong in the list");
    const RegisterIndex& index = **read;
    if (index.holders() != command.holders || index.rights() != command.rights) {
        return refused(Refusal::kValueUnusable, "the parts hold " + in_numbers(index.holders(), index.rights()) + ", and the sender counted " + in_numbers(command.holders, command.rights));
    }
    const HolderRegister* before = book.holder_register();
    HolderRegister imported;
    imported.revision = before == nullptr ? 1 : before->revision + 1;
    imported.parts = command.parts;
    imported.holders = command.holders;
    imported.rights = command.rights;
    imported.why = command.why;
    imported.by = context.person;
    imported.at = context.now;
    Decision decision;
    decision.reads = {life_name()};
    decision.add(RegisterImported{imported});
    return decision;
}

LookedUp look_up(const Book& book, const std::vector<std::string>& certificate_numbers, const std::vector<std::string>& names, const Context& context) {
    LookedUp looked_up;
    if (context.holders == nullptr) return looked_up;
    CHECK(book.holder_register() != nullptr);
    looked_up.finding = context.holders->find(certificate_numbers, names);
    looked_up.finding->revision = book.holder_register()->revision;
    looked_up.keys = holder_keys(*looked_up.finding, context);
    return looked_up;
}

LookedUp look_up_line(const Book& book, std::uint32_t line, const Context& context) {
    LookedUp looked_up;
    if (context.holders == nullptr || book.holder_register() == nullptr) return looked_up;
    looked_up.finding = context.holders->find_on(line);
    if (!looked_up.finding) return looked_up;
    looked_up.finding->revision = book.holder_register()->revision;
    looked_up.keys = holder_keys(*looked_up.finding, context);
    return looked_up;
}

LookedUp look_up_again(const Book& book, const Notice& notice, const Context& context) {
    LookedUp looked_up;
    const HolderRegister* known = book.holder_register();
    if (context.holders == nullptr || known == nullptr || !notice.on_register || notice.on_register->revision != known->revision) return looked_up;
    looked_up.finding = notice.on_register;
    looked_up.keys = holder_keys(*looked_up.finding, context);
    return looked_up;
}

bool exceeds_register(const Book& book, const NoticeId& id, Rights rights, const LookedUp& looked_up) {
    if (!looked_up.finding || looked_up.finding->lines.empty()) return false;
    const auto others = others_of(book, id, looked_up.keys);
    Rights together = rights;
    for (const NoticeId& other : others) together += book.notice(other)->content.rights_held.value_or(Rights(0));
    return !others.empty() && together > looked_up.finding->rights;
}

namespace {

struct Comparing {
    RegisterCompared event;
    std::vector<LookedUp> found;   // of each notice in it
};

Comparing next_to_compare(const Book& book, const std::function<std::vector<std::string>(const NoticeId&)>& names_of, const Context& context) {
    Comparing comparing;
    const HolderRegister& known = *book.holder_register();
    comparing.event.revision = known.revision;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (!is_to_be_compared(notice, known)) continue;
        comparing.event.more = comparing.found.size() == kNoticesCompared;
        if (comparing.event.more) break;
        comparing.found.push_back(look_up(book, notice.content.certificate_numbers, names_of(id), context));
        const LookedUp& found = comparing.found.back();
        comparing.event.notices.push_back({id, *found.finding, found.keys, certificate_of_another(book, notice, *found.finding, context)});
    }
    return comparing;
}

// What a notice has against it by the register as it was goes, what the new one brings comes. `notice` as before the comparison.
std::vector<Reason> reasons_by_register(const Life& life, const Notice& notice, const RegisterFinding& finding) {
    const Delivery& delivery = counting_delivery(life, notice);
    auto before = judge_on_register(life, notice.content, delivery, notice.on_register);
    if (has_reason(notice.reasons, Reason::kRightsBeyondRegister)) before.push_back(Reason::kRightsBeyondRegister);
    return reasons_once(notice, before, judge_on_register(life, notice.content, delivery, finding));
}

}  // namespace

Decision compare_with_register(const Book& book, const std::function<std::vector<std::string>(const NoticeId&)>& names_of, const Context& context) {
    Decision decision;
    const Life* life = book.life();
    if (life == nullptr || book.holder_register() == nullptr || context.holders == nullptr || life->stage >= Stage::kTabulated) return decision;
    const Comparing comparing = next_to_compare(book, names_of, context);
    if (comparing.found.empty()) return decision;
    std::vector<std::vector<Reason>> reasons;
    reasons.reserve(comparing.found.size());
    for (const ComparedNotice& one : comparing.event.notices) reasons.push_back(reasons_by_register(*life, *book.notice(one.notice), one.finding));

    decision.reads = {life_name(), register_name()};
    Trial trial(book);
    trial.add(decision, comparing.event);
    for (std::size_t at = 0; at < comparing.found.size(); ++at) {
        const Notice& notice = *book.notice(comparing.event.notices[at].notice);
        const bool settled = has_reason(notice.cured, Reason::kRightsBeyondRegister) || has_reason(notice.waived, Reason::kRightsBeyondRegister);
        if (!settled && exceeds_register(book, notice.id, notice.content.rights_held.value_or(Rights(0)), comparing.found[at])) {
            reasons[at].push_back(Reason::kRightsBeyondRegister);
        }
        if (comparing.event.notices[at].possible_duplicate_of) reasons[at].push_back(Reason::kPossibleDuplicate);
        reasons[at] = in_order(std::move(reasons[at]));
        if (reasons[at] == notice.reasons) continue;
        trial.add(decision, redecided(notice, RedecisionCause::kRegister,
                                      "compared with the register of holders, import " + std::to_string(comparing.event.revision), reasons[at]));
    }
    return decision;
}

}  // namespace rightsdesk::domain
