// rightsdesk payment confirm|receive|clear|bounce|recall|match|show|list
#include "base/texts.h"
#include "domain/civil.h"
#include "domain/dated_money.h"
#include "domain/money_text.h"
#include "domain/quarantine.h"
#include "telling/history.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

// Those that the same wire is known by.
void add_wire_references(CLI::App& command, domain::PaymentReferences& references) {
    command.add_option("--imad", references.imad, "Fedwire's input reference");
    command.add_option("--uetr", references.uetr, "the payment's end-to-end UUID");
    command.add_option("--servicer-reference", references.servicer_reference, "the bank's own reference");
}

void add_payment_confirm(CLI::App& payment, Session& session) {
    struct Given {
        domain::ConfirmWire command;
        std::string amount;
        std::string credited;
        std::string value_date;
    };
    auto given = std::make_shared<Given>();
    given->command.currency = "USD";
    CLI::App* confirm = subcommand(payment, "confirm", "record a wire that the bank confirmed",
                                   "payment confirm --account 0417-9925-3301 --amount 54,800,000.00 --credited-at 2002-06-26T15:31:07-04:00 "
                                   "--institution 'Harbor Bank' --imad 20020626B1Q8021R000412 --message m-77 --as bank-1");
    confirm->add_option("--account", given->command.account, "the account credited: it belongs to one offering")->required();
    confirm->add_option("--amount", given->amount, "dollars and cents")->required();
    confirm->add_option("--currency", given->command.currency, "as the bank gave it")->capture_default_str();
    confirm->add_option("--credited-at", given->credited, "the bank's credit time, with its offset");
    confirm->add_option("--value-date", given->value_date, "2002-06-26; where the bank gave no time, a person decides on the day of the hour");
    confirm->add_option("--institution", given->command.institution, "the transferor institution");
    confirm->add_option("--debtor", given->command.debtor, "who paid; kept sealed");
    add_wire_references(*confirm, given->command.references);
    confirm->add_option("--end-to-end", given->command.references.end_to_end, "the debtor's reference; a form's confirmation number is looked for here");
    confirm->add_option("--remittance", given->command.remittance, "the free text, as sent");
    confirm->add_option("--message", given->command.message_id, "the bank's message")->required();
    confirm->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.amount = money_from(given->amount);
            if (!given->credited.empty()) given->command.credited_at = instant_from(given->credited);
            if (!given->value_date.empty()) given->command.value_date = date_from(given->value_date);
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->command);
        };
    });
}

void add_receive(CLI::App& payment, Session& session) {
    struct Given {
        domain::ReceiveInstrument command;
        std::string method;
        std::string amount;
        std::string channel = "mail";
        std::string stamp;
        std::string date;
    };
    auto given = std::make_shared<Given>();
    given->command.currency = "USD";
    CLI::App* receive = subcommand(payment, "receive", "record a check, certified check, bank draft or money order that came in",
                                   "payment receive --method uncertified_check --amount 41,200.00 --number 1184 --drawee 'Chase' --payee "
                                   "'the Subscription Agent' --address '6201 15th Avenue, Brooklyn, NY 11219' --delivery c-12 --as mail-1");
    receive->add_option("--method", given->method, "uncertified_check, certified_check, bank_draft or money_order")->required();
    receive->add_option("--amount", given->amount, "dollars and cents")->required();
    receive->add_option("--currency", given->command.currency, "of the instrument")->capture_default_str();
    receive->add_option("--address", given->command.address, "where it came in; routes it to its offering")->required();
    receive->add_option("--channel", given->channel, "mail, hand or courier")->capture_default_str();
    receive->add_option("--stamp", given->stamp, "when it was received, with its offset; else now, by the desk's clock");
    receive->add_option("--delivery", given->command.delivery, "the mail room's delivery id: a notice in the same envelope shares it")->required();
    receive->add_option("--payee", given->command.payee, "as written on it")->required();
    receive->add_option("--maker", given->command.maker, "who made it out; kept sealed");
    receive->add_option("--drawee", given->command.drawee, "the bank on which it is drawn, or its issuer");
    receive->add_option("--drawee-country", given->command.drawee_country, "where that bank is, as 'US'; the terms may take US banks only");
    receive->add_option("--number", given->command.number, "its number");
    receive->add_option("--date", given->date, "its date, 2002-06-25");
    receive->add_option("--notice", given->command.notice_reference, "the notice named on it");
    receive->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.method = one_of<domain::PaymentMethod>(given->method, "method");
            given->command.amount = money_from(given->amount);
            given->command.channel = one_of<domain::Channel>(given->channel, "channel");
            given->command.stamp = run.stamp_or_now(given->stamp);
            if (!given->date.empty()) given->command.instrument_date = date_from(given->date);
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->command);
        };
    });
}

// What names a deposited instrument to the bank.
template <class C>
CLI::App* about_instrument(CLI::App& payment, const std::string& name, const std::string& what, const std::string& example, C& command, std::string& amount,
                           std::string& at) {
    CLI::App* app = subcommand(payment, name, what, example);
    app->add_option("--account", command.account, "the account that it was deposited to")->required();
    app->add_option("--number", command.number, "the instrument's number")->required();
    app->add_option("--drawee", command.drawee, "the bank on which it is drawn");
    app->add_option("--amount", amount, "dollars and cents")->required();
    app->add_option("--at", at, "when, with its offset");
    app->add_option("--message", command.message_id, "the bank's message")->required();
    return app;
}

void add_clear(CLI::App& payment, Session& session) {
    struct Given {
        domain::ConfirmClearance command;
        std::string amount;
        std::string at;
        std::string on;
    };
    auto given = std::make_shared<Given>();
    CLI::App* clear = about_instrument(payment, "clear", "the bank says that a deposited instrument has cleared",
                                       "payment clear --account 0417-9925-3301 --number 1184 --drawee Chase --amount 41,200.00 "
                                       "--at 2002-06-27T10:00:00-04:00 --message m-90 --as bank-1",
                                       given->command, given->amount, given->at);
    clear->add_option("--on", given->on, "the day, where the bank told no time; on the day of the hour a person decides")->excludes("--at");
    clear->callback([&session, given] {
        session.run = [given](Session& run) {
            if (given->at.empty() == given->on.empty()) throw Ending{Exit::kUnusable, "give --at, or --on where the bank told the day only"};
            given->command.amount = money_from(given->amount);
            if (!given->at.empty()) given->command.cleared_at = instant_from(given->at);
            if (!given->on.empty()) given->command.cleared_on = date_from(given->on);
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->command);
        };
    });
}

void add_bounce(CLI::App& payment, Session& session) {
    struct Given {
        domain::ReportBounce command;
        std::string amount;
        std::string at;
        std::string reason;
    };
    auto given = std::make_shared<Given>();
    CLI::App* bounce = about_instrument(payment, "bounce", "the bank says that a deposited instrument was returned",
                                        "payment bounce --account 0417-9925-3301 --number 1184 --drawee Chase --amount 41,200.00 "
                                        "--at 2002-06-28T09:00:00-04:00 --reason not_sufficient_funds --message m-91 --as bank-1",
                                        given->command, given->amount, given->at);
    bounce->get_option("--at")->required();
    bounce->add_option("--reason", given->reason, "not_sufficient_funds, stop_payment, closed_account, ..., or the letter of ANSI X9.100-188: A, C, D, ...")->required();
    bounce->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.amount = money_from(given->amount);
            given->command.returned_at = instant_from(given->at);
            given->command.reason = return_reason(given->reason);
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->command);
        };
    });
}

void add_recall(CLI::App& payment, Session& session) {
    struct Given {
        domain::ReportBounce command;
        domain::ReturnedWire wire;
        std::string amount;
        std::string at;
        std::string reason = "other";
        std::string value_date;
    };
    auto given = std::make_shared<Given>();
    given->wire.currency = "USD";
    CLI::App* recall = subcommand(payment, "recall", "the bank takes back a wire that it had confirmed",
                                  "payment recall --account 0417-9925-3301 --amount 54,800,000.00 --value-date 2002-06-26 --imad 20020626B1Q8021R000412 "
                                  "--at 2002-06-28T09:00:00-04:00 --message m-92 --as bank-1");
    recall->add_option("--account", given->command.account, "the account that it was credited to")->required();
    recall->add_option("--amount", given->amount, "dollars and cents")->required();
    recall->add_option("--currency", given->wire.currency, "as the bank gave it")->capture_default_str();
    recall->add_option("--value-date", given->value_date, "2002-06-26: as the confirmation had it; left out where that had none");
    add_wire_references(*recall, given->wire.references);
    recall->add_option("--at", given->at, "when the bank took it back, with its offset")->required();
    recall->add_option("--reason", given->reason, "as of an instrument that is returned")->capture_default_str();
    recall->add_option("--message", given->command.message_id, "the bank's message")->required();
    recall->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.amount = money_from(given->amount);
            given->command.returned_at = instant_from(given->at);
            given->command.reason = return_reason(given->reason);
            if (!given->value_date.empty()) given->wire.value_date = date_from(given->value_date);
            given->command.wire = given->wire;
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->command);
        };
    });
}

void add_match(CLI::App& payment, Session& session) {
    auto given = std::make_shared<std::pair<domain::MatchPayment, std::string>>();
    CLI::App* match = subcommand(payment, "match", "say which notice money in suspense is for",
                                 "payment match bank-1.9 fax-1.17 --why 'letter from Granite Trust, 2002-06-28' --as alice");
    match->add_option("PAYMENT", given->first.payment)->required();
    match->add_option("NOTICE", given->first.notice)->required();
    match->add_option("--offering", given->first.offering, "needed where several are open");
    match->add_option("--amount", given->second, "a part of it; else all that is not matched yet");
    match->add_option("--why", given->first.why, "for the record")->required();
    match->callback([&session, given] {
        session.run = [given](Session& run) {
            given->first.offering = run.offering_or_only(given->first.offering);
            if (!given->second.empty()) given->first.amount = money_from(given->second);
            return run.send(run.actor(), ServiceName::kPaymentClearing, given->first);
        };
    });
}

struct PaymentShown {
    std::string payment;
    std::string offering;
};

// When it was deemed received, or why it is not.
std::string received_words(const domain::Payment& payment, const std::string& zone) {
    if (payment.received_at) return domain::civil_text(*payment.received_at, zone) + " " + zone;
    if (!domain::receipt_time_unknown(payment)) return "not yet, by the terms";
    if (payment.doubt) {
        return "a person says when: stamped " + domain::civil_text(payment.doubt->stamp, zone) + ", " + to_text(payment.doubt->why) + " (payment settle-receipt)";
    }
    const auto day = domain::day_told(payment);
    return "a person says when: the bank tells " + (day ? "only " + domain::to_text(*day) : std::string("no day")) + " (payment settle-receipt)";
}

void print_payment_whole(std::ostream& out, const domain::Payment& payment, const domain::Refund* refund, const std::string& zone,
                   const std::vector<Happened>& history) {
    out << payment.id << "  " << to_text(payment.method) << "  " << domain::money_text(payment.amount) << " " << payment.currency << "  " << to_text(payment.status)
        << (payment.returned ? " (" + text_with_letter(*payment.returned) + ")" : "") << "\n";
    print_row(out, "institution", payment.institution.empty() ? "(not stated)" : payment.institution);
    print_row(out, "received", received_words(payment, zone));
    for (const std::string& message : payment.messages) print_row(out, "told by", message);
    for (const domain::Match& match : payment.matches) {
        print_row(out, "for", match.notice + ", " + domain::money_text(match.amount) + ", by " + to_text(match.evidence) + (match.by.empty() ? "" : " (" + match.by + ")"));
    }
    for (const domain::Candidate& candidate : payment.candidates) {
        print_row(out, "not for", candidate.notice + ": " + base::joined(words_of(candidate.fell_short), ", "));
    }
    print_row(out, "applied", domain::money_text(payment.applied) + "; refundable " + domain::money_text(payment.refundable) + "; refunded " +
                                  domain::money_text(payment.refunded));
    if (refund != nullptr) {
        print_row(out, "refund", domain::money_text(refund->amount) + " by " + to_text(refund->channel) + ", " + to_text(refund->cause) + ": " + to_text(refund->status) +
                                     (refund->reference.empty() ? "" : " (" + refund->reference + ")"));
    }
    out << "  what happened, from the log:\n";
    for (const Happened& happened : history) out << "    " << line_of(happened) << "\n";
}

Exit show_payment(Session& session, const PaymentShown& shown) {
    const std::string offering = session.offering_or_only(shown.offering);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    const domain::Payment* payment = book.payment(shown.payment);
    if (payment == nullptr) throw Ending{Exit::kUnusable, offering + " has no payment '" + shown.payment + "'; rightsdesk payment list names them"};
    const auto history = must(history_of(*must(session.suite().store()), offering, {domain::payment_name(payment->id), domain::refund_name(payment->id)}));
    const std::vector<std::string> frozen = domain::frozen_text(book, domain::payment_name(payment->id));
    if (!session.json) {
        for (const std::string& why : frozen) print_row(session.out, "frozen", why);
        print_payment_whole(session.out, *payment, book.refund(payment->id), book.life() == nullptr ? "UTC" : book.life()->expiration.zone, history);
        return Exit::kGood;
    }
    runtime::Json answer = runtime::to_json(*payment);
    const domain::Refund* refund = book.refund(payment->id);
    answer["frozen"] = frozen;
    answer["refund"] = refund == nullptr ? runtime::Json() : runtime::to_json(*refund);
    answer["history"] = document_of(history);
    session.out << runtime::json_text(answer) << "\n";
    return Exit::kGood;
}

Exit list_payments(Session& session, const std::string& named, bool suspense) {
    const std::string offering = session.offering_or_only(named);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    runtime::Json answer = runtime::Json::array();
    for (const domain::PaymentId& id : in_natural_order(suspense ? book.unmatched_payments() : book.payment_ids())) {
        const domain::Payment& payment = *book.payment(id);
        if (session.json) {
            answer.push_back(runtime::to_json(payment));
            continue;
        }
        session.out << id << "  " << to_text(payment.method) << "  " << domain::money_text(payment.amount) << "  " << to_text(payment.status);
        for (const domain::Match& match : payment.matches) session.out << "  for " << match.notice << " by " << to_text(match.evidence);
        session.out << (payment.matches.empty() ? "  in suspense" : "") << (domain::receipt_time_unknown(payment) ? "  receipt time unknown" : "") << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return Exit::kGood;
}

void add_payment_reading(CLI::App& payment, Session& session) {
    auto shown = std::make_shared<PaymentShown>();
    CLI::App* shows = subcommand(payment, "show", "one payment: its status, what it is for and by which evidence, and every event of it", "payment show bank-1.3");
    shows->add_option("PAYMENT", shown->payment)->required();
    shows->add_option("--offering", shown->offering, "needed where several are open");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_payment(run, *shown); }; });

    auto listed = std::make_shared<std::pair<std::string, bool>>();
    CLI::App* lists = subcommand(payment, "list", "the payments of an offering, or those in suspense", "payment list rare-medium-2002 --suspense");
    lists->add_option("OFFERING", listed->first, "needed where several are open");
    lists->add_flag("--suspense", listed->second, "only money that is matched to no notice, or not wholly");
    lists->callback([&session, listed] { session.run = [listed](Session& run) { return list_payments(run, listed->first, listed->second); }; });
}

}  // namespace

void add_payment(CLI::App& app, Session& session) {
    CLI::App* payment = subcommand(app, "payment", "payments: confirm, receive, clear, bounce, recall, match, unmatch, schedule, represent, settle-receipt, refund, show, list", "");
    payment->require_subcommand(1);
    add_payment_confirm(*payment, session);
    add_receive(*payment, session);
    add_clear(*payment, session);
    add_bounce(*payment, session);
    add_recall(*payment, session);
    add_match(*payment, session);
    add_payment_decisions(*payment, session);
    add_payment_reading(*payment, session);
}

}  // namespace rightsdesk::tools
