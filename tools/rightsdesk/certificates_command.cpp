// rightsdesk certificates deliver|settle|return
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

void add_certificates_return(CLI::App& certificates, Session& session) {
    auto given = std::make_shared<domain::ReturnCertificates>();
    CLI::App* send_back = subcommand(certificates, "return", "record that certificates of a notice that no longer counts were sent back",
                                     "certificates return fax-1.17 --delivery c-9 --reference 'courier 7741 0093' --as alice");
    send_back->add_option("NOTICE", given->notice)->required();
    send_back->add_option("--offering", given->offering, "needed where several are open");
    send_back->add_option("--delivery", given->delivery, "the mail room's delivery id, as notice show has it")->required();
    send_back->add_option("--reference", given->reference, "what they went back with; names no holder")->required();
    send_back->callback([&session, given] {
        session.run = [given](Session& run) {
            given->offering = run.offering_or_only(given->offering);
            return run.send(run.actor(), domain::ServiceName::kIntake, *given);
        };
    });
}

void add_certificates_settle(CLI::App& certificates, Session& session) {
    struct Given {
        domain::SettleCertificates command;
        std::optional<std::int64_t> rights;
        bool does_not_count = false;
    };
    auto given = std::make_shared<Given>();
    CLI::App* settle = subcommand(certificates, "settle", "answer what is asked about certificates that came: whether they count, and for how many rights",
                                  "certificates settle fax-1.17 --delivery c-9 --rights 500 --evidence 'call to the firm at 10:15' --as alice");
    settle->add_option("NOTICE", given->command.notice)->required();
    settle->add_option("--offering", given->command.offering, "needed where several are open");
    settle->add_option("--delivery", given->command.delivery, "the mail room's delivery id, as notice show has it")->required();
    auto* rights = settle->add_option("--rights", given->rights, "they count for so many rights; all that came where it is left out");
    settle->add_flag("--does-not-count", given->does_not_count, "they do not count")->excludes(rights);
    settle->add_option("--evidence", given->command.evidence, "what shows it; names no holder")->required();
    settle->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.offering = run.offering_or_only(given->command.offering);
            given->command.counts = !given->does_not_count;
            if (given->rights) given->command.rights = domain::Rights(*given->rights);
            return run.send(run.actor(), domain::ServiceName::kIntake, given->command);
        };
    });
}

}  // namespace

void add_certificates(CLI::App& app, Session& session) {
    CLI::App* certificates = subcommand(app, "certificates", "certificates: those that cover guaranteed notices, and those that go back", "");
    certificates->require_subcommand(1);
    add_certificates_return(*certificates, session);
    add_certificates_settle(*certificates, session);

    struct Given {
        domain::DeliverCertificates command;
        std::int64_t rights = 0;
        std::string stamp;
        std::string channel = "courier";
    };
    auto given = std::make_shared<Given>();
    CLI::App* deliver = subcommand(*certificates, "deliver", "record certificates delivered for a notice",
                                   "certificates deliver fax-1.17 --offering rare-medium-2002 --rights 120000 --stamp 2002-07-01T15:00:00-04:00 "
                                   "--address '6201 15th Avenue, Brooklyn, NY 11219' --delivery c-9 --signature-guarantee --as mail-1");
    deliver->add_option("NOTICE", given->command.notice)->required();
    deliver->add_option("--offering", given->command.offering, "needed where several are open");
    deliver->add_option("--rights", given->rights, "rights that the certificates evidence")->required()->check(CLI::PositiveNumber);
    deliver->add_option("--stamp", given->stamp, "when they were received, with its offset")->required();
    deliver->add_option("--channel", given->channel, "fax, mail, hand, courier or telegram")->capture_default_str();
    deliver->add_option("--address", given->command.address, "where they came in")->required();
    deliver->add_option("--delivery", given->command.delivery, "the mail room's delivery id")->required();
    deliver->add_option("--number", given->command.certificate_numbers, "certificate number; may be repeated");
    deliver->add_option("--from", given->command.delivered_by, "the firm that sent them, as the mail room reads it; never a holder");
    deliver->add_flag("--signature-guarantee", given->command.signature_guarantee, "the signature guarantee is there");
    deliver->add_option("--missing", given->command.missing_documents, "another required document that did not come; may be repeated");
    deliver->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.offering = run.offering_or_only(given->command.offering);
            given->command.rights = domain::Rights(given->rights);
            given->command.stamp = instant_from(given->stamp);
            given->command.channel = one_of<domain::Channel>(given->channel, "channel");
            return run.send(run.actor(), domain::ServiceName::kIntake, given->command);
        };
    });
}

}  // namespace rightsdesk::tools
