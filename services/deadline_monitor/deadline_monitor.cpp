#include "deadline_monitor/deadline_monitor.h"

#include "domain/civil.h"
#include "domain/covers.h"
#include "domain/offering_changes.h"
#include "domain/offering_life.h"
#include "domain/quarantine.h"
#include "domain/replica.h"
#include "terms/terms_file.h"

namespace rightsdesk::deadline_monitor {

using namespace domain;  // the handler is told in the domain's words

namespace {

// One overload a command. Those that another door takes were refused before they came here.
struct Deciding {
    const runtime::Surroundings& around;
    const std::string& log;
    const Context& context;

    Decision operator()(const OpenOffering& command) const {
        const auto terms = terms::parse_terms(command.terms_toml, "terms");
        if (!terms) return refuse("OpenOffering", "", Refusal::kTermsUnusable, terms.error().message);
        return list_offering(around.books.desk, command, *terms);
    }
    Decision operator()(const ProposeExtension& command) const {
        const Book* book = opened(command.offering);
        if (book == nullptr) return refuse("ProposeExtension", offering_name(command.offering), Refusal::kUnknownOffering, command.offering);
        const auto to = resolve(command.to, book->life()->expiration.zone);
        if (!to) return refuse("ProposeExtension", life_name(), Refusal::kValueUnusable, to.error().message);
        return propose_extension(*book, command, *to, context);
    }
    Decision operator()(const Approve& command) const {
        const Book* book = opened(command.offering);
        if (book == nullptr) return refuse("Approve", proposal_name(command.proposal), Refusal::kUnknownOffering, command.offering);
        return approve_in_life(*book, command, context);
    }
    Decision operator()(const ProposeSuspension& command) const {
        const Book* book = opened(command.offering);
        if (book == nullptr) return unknown("ProposeSuspension", command.offering);
        if (command.cancel_through.empty()) return propose_suspension(*book, command, std::nullopt, context);
        const auto through = resolve(command.cancel_through, book->life()->expiration.zone);
        if (!through) return refuse("ProposeSuspension", life_name(), Refusal::kValueUnusable, through.error().message);
        return propose_suspension(*book, command, *through, context);
    }
    Decision operator()(const ProposeResumption& command) const { return change(command, propose_resumption); }
    Decision operator()(const ProposeTermination& command) const { return change(command, propose_termination); }
    Decision operator()(const ProposeClosing& command) const { return change(command, propose_closing); }
    Decision operator()(const ProposeFinalPrice& command) const { return change(command, propose_final_price); }
    Decision operator()(const SettleOffering& command) const {
        const Book* book = opened(command.offering);
        if (book == nullptr) return refuse("SettleOffering", offering_name(command.offering), Refusal::kUnknownOffering, command.offering);
        return settle_offering(*book, command, context);
    }
    Decision operator()(const AcceptClock& command) const { return accept_clock(around.books.desk, command, context); }
    Decision operator()(const StepTime& command) const { return step_time(around.books.desk, command, around.waiting_for()); }
    Decision operator()(const ProposeWithoutReplica& command) const { return propose_without_replica(around.books.desk, command, context); }
    Decision operator()(const ApproveWithoutReplica& command) const { return approve_without_replica(around.books.desk, command, context); }
    Decision operator()(const RequireReplica& command) const { return require_replica(around.books.desk, command, context); }
    template <class Other>
    Decision operator()(const Other&) const {
        return refuse(std::string(Other::kTypeName), "", Refusal::kWrongDoor, "this is the deadline monitor's");
    }

    template <class Change, class Propose>
    Decision change(const Change& command, Propose propose) const {
        const Book* book = opened(command.offering);
        return book == nullptr ? unknown(std::string(Change::kTypeName), command.offering) : propose(*book, command, context);
    }
    static Decision unknown(const std::string& command, const OfferingId& id) { return refuse(command, offering_name(id), Refusal::kUnknownOffering, id); }
    [[nodiscard]] const Book* opened(const OfferingId& id) const { return around.books.offering(id); }
};

struct Reacting {
    const Book& book;
    const Context& context;

    Decision operator()(const NoticeDecided& event) const { return follow_cover(book, event.notice.id); }
    Decision operator()(const NoticeKeyed& event) const { return follow_cover(book, event.notice.id); }
    Decision operator()(const NoticeRedecided& event) const { return follow_cover(book, event.notice); }
    Decision operator()(const DefectCured& event) const { return follow_cover(book, event.notice); }
    Decision operator()(const CertificatesDelivered& event) const { return follow_cover(book, event.notice); }
    Decision operator()(const CertificatesSettled& event) const { return follow_cover(book, event.notice); }
    Decision operator()(const NoticeAmended& event) const { return follow_cover(book, event.notice); }
    Decision operator()(const OfferingExtended&) const { return follow_extension(book, context); }
    Decision operator()(const ClosingAdded&) const { return follow_closing(book, context); }
};

}  // namespace

std::string DeadlineMonitor::route(const runtime::Surroundings& around, const Command& command) const {
    const auto offering = [&](const OfferingId& id) { return around.books.offering(id) == nullptr ? std::string(kDesk) : id; };
    return std::visit(
        [&]<class Given>(const Given& given) -> std::string {
            if constexpr (requires { given.offering; }) return offering(given.offering);
            return kDesk;
        },
        command);
}

Decision DeadlineMonitor::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    if (log != kDesk && around.books.book(log).life() == nullptr) return being_opened(around.books.book(log));
    return std::visit(Deciding{around, log, context}, command);
}

bool DeadlineMonitor::reacts_to(const std::string& source, const Event& event) const {
    return source == kDesk ? std::holds_alternative<OfferingListed>(event) : runtime::reacts_by<Reacting>(event);
}

Decision DeadlineMonitor::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                                const Context& context) {
    if (target == kDesk) return {};
    const Book& book = around.books.book(target);
    if (source != kDesk) return runtime::react_by(Reacting{book, context}, record.event);
    const auto* listed = std::get_if<OfferingListed>(&record.event);
    if (listed == nullptr || listed->offering.id != target) return {};
    // The terms were good when they were listed; a program that no longer takes them must stop here, not open half of it.
    const auto terms = terms::parse_terms(listed->offering.terms_toml, "terms");
    Decision later;
    later.retry_later = terms ? "" : terms.error().message;
    return terms ? open_listed(book, *terms, listed->offering.terms_toml) : later;
}

Decision DeadlineMonitor::due(const runtime::Surroundings& around, const std::string& log, const Context& context) {
    if (log == kDesk) return {};
    const Book& book = around.books.book(log);
    Decision decision = due_in_life(book, around.books.desk, context);
    return decision.events.empty() ? due_cover(book, around.books.desk, context) : decision;
}

runtime::Answer DeadlineMonitor::answer(const runtime::Surroundings& around, const Question& question) {
    if (std::holds_alternative<AskClock>(question)) {
        ClockStatus status;
        if (const DeskClock* clock = around.books.desk.clock()) status.clock = *clock;
        status.waiting_for = around.waiting_for();
        status.idle = status.waiting_for.empty();
        return status;
    }
    return runtime::wrong_door();
}

}  // namespace rightsdesk::deadline_monitor
