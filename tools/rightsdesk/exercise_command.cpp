// rightsdesk notice exercise
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

struct Exercised {
    domain::ExerciseDirectly command;
    std::int64_t rights = 0;
    std::int64_t basic = 0;
    std::int64_t excess = 0;
    std::string stamp;
    std::string channel = "courier";
    std::string method;
    std::string confirmation;
    std::string instrument;
    bool unsigned_by_some = false;
};

domain::ExerciseDirectly completed(Session& session, Exercised given) {
    domain::ExerciseDirectly command = std::move(given.command);
    command.offering = session.offering_or_only(command.offering);
    command.rights = domain::Rights(given.rights);
    command.basic_shares = domain::Shares(given.basic);
    command.excess_shares = domain::Shares(given.excess);
    command.stamp = instant_from(given.stamp);
    command.channel = one_of<domain::Channel>(given.channel, "channel");
    if (!given.method.empty()) command.payment_method = one_of<domain::PaymentMethod>(given.method, "payment method");
    if (!given.confirmation.empty()) command.confirmation_number = given.confirmation;
    if (!given.instrument.empty()) command.instrument_number = given.instrument;
    command.signed_by_all = !given.unsigned_by_some;
    return command;
}

}  // namespace

void add_exercise(CLI::App& notice, Session& session) {
    auto given = std::make_shared<Exercised>();
    CLI::App* exercise = subcommand(notice, "exercise", "record a rights certificate that came with its election filled in: an exercise without a guarantee",
                                    "notice exercise --rights 30000 --basic 30000 --excess 5000 --number RC-3105 --method wire --confirmation "
                                    "20020627D1QCST1R000009 --signature-guarantee --name 'Vera Direct' --stamp 2002-06-27T12:00:00-04:00 --address "
                                    "'6201 15th Avenue, Brooklyn, NY 11219' --delivery c-11 --as mail-1");
    exercise->add_option("--offering", given->command.offering, "needed where several are open");
    exercise->add_option("--rights", given->rights, "rights that the certificates evidence")->required()->check(CLI::NonNegativeNumber);
    exercise->add_option("--basic", given->basic, "basic shares elected; 0 where the form does not say: as many as the money buys")->required()->check(CLI::NonNegativeNumber);
    exercise->add_option("--excess", given->excess, "over-subscription shares elected")->check(CLI::NonNegativeNumber);
    exercise->add_option("--number", given->command.certificate_numbers, "certificate number; may be repeated");
    exercise->add_option("--method", given->method, "wire, uncertified_check, certified_check, bank_draft or money_order, where the election says");
    exercise->add_option("--confirmation", given->confirmation, "the wire's confirmation number, where it says");
    exercise->add_option("--instrument", given->instrument, "the check's, draft's or order's number, where it says");
    exercise->add_flag("--unsigned", given->unsigned_by_some, "not every holder named on the certificates signed");
    exercise->add_flag("--signature-guarantee", given->command.signature_guarantee, "the signature guarantee is there");
    exercise->add_option("--missing", given->command.missing_documents, "another required document that did not come; may be repeated");
    exercise->add_option("--name", given->command.names, "a holder's name; may be repeated; kept sealed");
    exercise->add_option("--holder-address", given->command.holder_address, "kept sealed");
    exercise->add_option("--stamp", given->stamp, "when it was received, with its offset")->required();
    exercise->add_option("--channel", given->channel, "mail, hand or courier")->capture_default_str();
    exercise->add_option("--address", given->command.address, "where it came in")->required();
    exercise->add_option("--delivery", given->command.delivery, "the mail room's delivery id: a check in the same envelope shares it")->required();
    exercise->callback([&session, given] {
        session.run = [given](Session& run) { return run.send(run.actor(), domain::ServiceName::kIntake, completed(run, *given)); };
    });
}

}  // namespace rightsdesk::tools
