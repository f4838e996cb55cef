// rightsdesk payment unmatch|schedule|represent|settle-receipt|refund: what people decide about money that is on file
#include <fstream>

#include "rightsdesk/schedule_file.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

template <class C>
CLI::App* about_payment(CLI::App& payment, const std::string& name, const std::string& what, const std::string& example, C& command) {
    CLI::App* app = subcommand(payment, name, what, example);
    app->add_option("PAYMENT", command.payment)->required();
    app->add_option("--offering", command.offering, "needed where several are open");
    return app;
}

void add_unmatch(CLI::App& payment, Session& session) {
    auto given = std::make_shared<domain::UnmatchPayment>();
    CLI::App* unmatch = about_payment(payment, "unmatch", "take money back from a notice: it waits in suspense, and only a person gives it to that notice again",
                                      "payment unmatch bank-1.9 fax-1.17 --why 'Granite Trust: wrong notice, letter of 2002-06-28' --as alice", *given);
    unmatch->add_option("NOTICE", given->notice)->required();
    unmatch->add_option("--why", given->why, "for the record")->required();
    unmatch->callback([&session, given] {
        session.run = [given](Session& run) {
            given->offering = run.offering_or_only(given->offering);
            return run.send(run.actor(), domain::ServiceName::kPaymentClearing, *given);
        };
    });
}

void add_schedule(CLI::App& payment, Session& session) {
    auto given = std::make_shared<std::pair<domain::MatchBySchedule, std::string>>();
    CLI::App* schedule = about_payment(payment, "schedule", "match a nominee's one payment to many notices, as its schedule says: all of it or nothing",
                                       "payment schedule bank-1.9 schedule.csv --why 'Granite Trust, schedule of 2002-06-28' --as alice", given->first);
    schedule->add_option("SCHEDULE", given->second, "a CSV file with the columns notice,amount (dollars and cents)")->required();
    schedule->add_option("--why", given->first.why, "for the record")->required();
    schedule->callback([&session, given] {
        session.run = [given](Session& run) {
            std::ifstream file(given->second, std::ios::binary);
            if (!file) throw Ending{Exit::kUnusable, given->second + " cannot be read"};
            given->first.parts = must(read_schedule(file, given->second));
            given->first.offering = run.offering_or_only(given->first.offering);
            return run.send(run.actor(), domain::ServiceName::kPaymentClearing, given->first);
        };
    });
}

void add_represent(CLI::App& payment, Session& session) {
    auto given = std::make_shared<std::pair<domain::RepresentInstrument, std::string>>();
    CLI::App* represent = about_payment(payment, "represent", "a check that came back for reason A or B was deposited again",
                                        "payment represent mail-1.7 --at 2002-06-28T10:00:00-04:00 --as alice", given->first);
    represent->add_option("--at", given->second, "when, with its offset; else now, by the desk's clock");
    represent->callback([&session, given] {
        session.run = [given](Session& run) {
            given->first.offering = run.offering_or_only(given->first.offering);
            given->first.at = run.stamp_or_now(given->second);
            return run.send(run.actor(), domain::ServiceName::kPaymentClearing, given->first);
        };
    });
}

void add_settle_receipt(CLI::App& payment, Session& session) {
    auto given = std::make_shared<std::pair<domain::SettleReceipt, std::string>>();
    CLI::App* settle = about_payment(payment, "settle-receipt", "say when money came of which the bank told a date only, on a day on which money becomes late",
                                     "payment settle-receipt bank-1.9 --received-at 2002-06-28T16:12:00-04:00 "
                                     "--evidence 'Harbor Bank, advice of credit by fax of 2002-07-01' --as alice",
                                     given->first);
    settle->add_option("--received-at", given->second, "when the bank had it, with its offset: on the day that the bank told")->required();
    settle->add_option("--evidence", given->first.evidence, "what the bank said, and when; for the record")->required();
    settle->callback([&session, given] {
        session.run = [given](Session& run) {
            given->first.offering = run.offering_or_only(given->first.offering);
            given->first.received_at = instant_from(given->second);
            return run.send(run.actor(), domain::ServiceName::kPaymentClearing, given->first);
        };
    });
}

void add_refund(CLI::App& payment, Session& session) {
    struct Given {
        domain::ReportRefund command;
        std::string reference;
        std::string failed;
    };
    auto given = std::make_shared<Given>();
    CLI::App* refund = about_payment(payment, "refund", "the bank's word on an approved refund: paid, or failed",
                                     "payment refund bank-1.9 --reference 'Fedwire 20020708B1Q8021R000077' --as alice", given->command);
    CLI::Option* reference = refund->add_option("--reference", given->reference, "of the payment made");
    CLI::Option* failed = refund->add_option("--failed", given->failed, "why it could not be paid: the money is refundable again");
    reference->excludes(failed);
    refund->callback([&session, given] {
        session.run = [given](Session& run) {
            if (given->reference.empty() == given->failed.empty()) throw Ending{Exit::kUnusable, "give --reference where it was paid, or --failed with the reason"};
            given->command.offering = run.offering_or_only(given->command.offering);
            given->command.paid = given->failed.empty();
            given->command.reference = given->command.paid ? given->reference : given->failed;
            return run.send(run.actor(), domain::ServiceName::kPaymentClearing, given->command);
        };
    });
}

}  // namespace

void add_payment_decisions(CLI::App& payment, Session& session) {
    add_unmatch(payment, session);
    add_schedule(payment, session);
    add_represent(payment, session);
    add_settle_receipt(payment, session);
    add_refund(payment, session);
}

}  // namespace rightsdesk::tools
