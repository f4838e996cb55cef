// rightsdesk notice submit|show|list|parse|confirm|cure|waive|approve|reject
#include "base/hash.h"
#include "base/texts.h"
#include "documents/documents.h"
#include "domain/certificates.h"
#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/money_text.h"
#include "domain/quarantine.h"
#include "telling/history.h"
#include "rightsdesk/notice_parse.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

struct Submission {
    std::string file;
    std::string media_type = "text/plain";
    std::string stamp;
    std::string channel = "fax";
    bool partial = false;
    domain::SubmitNotice command;
};

Exit submit(Session& session, Submission& given) {
    given.command.document = base::Bytes(read_file(given.file, documents::kMaxDocumentOctets));
    given.command.sha256 = base::sha256_hex(given.command.document.view());
    given.command.media_type = given.media_type;
    given.command.channel = one_of<domain::Channel>(given.channel, "channel");
    given.command.complete = !given.partial;
    const std::string who = session.actor();
    given.command.stamp = session.stamp_or_now(given.stamp);
    if (given.command.delivery.empty()) given.command.delivery = who + "-" + given.command.sha256.substr(0, 12);
    return session.send(who, ServiceName::kIntake, given.command);
}

struct NoticeShown {
    std::string notice;
    std::string offering;
};

runtime::Json notice_document(const domain::Book& book, const domain::Notice& notice, const std::vector<Happened>& history) {
    runtime::Json answer = runtime::to_json(notice);
    const auto put = [&](const char* name, const auto* entity) { answer[name] = entity == nullptr ? runtime::Json() : runtime::to_json(*entity); };
    put("funding", book.funding(notice.id));
    put("cover", book.cover(notice.id));
    put("preliminary_allotment", book.allotment(domain::AllocationKind::kPreliminary, notice.id));
    put("final_allotment", book.allotment(domain::AllocationKind::kFinal, notice.id));
    answer["frozen"] = domain::frozen_text(book, domain::notice_name(notice.id));
    answer["payments"] = runtime::Json::array();
    for (const domain::PaymentId& id : book.payments_of(notice.id)) answer["payments"].push_back(runtime::to_json(*book.payment(id)));
    answer["history"] = document_of(history);
    return answer;
}

template <class Number>
std::string number_or_none(const std::optional<Number>& number) { return number ? domain::grouped(number->value) : "(not stated)"; }

void print_reasons(std::ostream& out, const domain::Notice& notice) {
    for (const domain::Reason reason : notice.reasons) print_row(out, "open", to_text(reason) + ": " + explain(reason));
    if (!notice.cured.empty()) print_row(out, "cured", base::joined(words_of(notice.cured), ", "));
    if (!notice.waived.empty()) print_row(out, "waived", base::joined(words_of(notice.waived), ", "));
    if (notice.possible_duplicate_of) print_row(out, "much like", *notice.possible_duplicate_of);
}

void print_money(std::ostream& out, const domain::Book& book, const domain::Notice& notice) {
    if (const domain::Funding* funding = book.funding(notice.id)) {
        print_row(out, "due", domain::money_text(funding->due));
        print_row(out, "paid", domain::money_text(funding->good_in_time) + " in time, " + domain::money_text(funding->good_late) + " late, " +
                                   domain::money_text(funding->uncollected) + " uncollected");
        if (!funding->rule.empty()) print_row(out, "exercise", funding->rule);
    }
    for (const domain::PaymentId& id : book.payments_of(notice.id)) {
        const domain::Payment& payment = *book.payment(id);
        print_row(out, "payment", id + " " + to_text(payment.method) + " " + domain::money_text(payment.amount) + " " + to_text(payment.status));
    }
}

void print_cover(std::ostream& out, const domain::Book& book, const domain::Notice& notice) {
    const domain::CoverClock* cover = book.cover(notice.id);
    if (cover == nullptr) return;
    std::string text = to_text(cover->state) + ", until " + cover->deadline.civil + " " + cover->deadline.zone + " (" + cover->clause + ")";
    if (cover->covered_rights) text += "; for " + domain::grouped(cover->covered_rights->value) + " rights, fewer than guaranteed";
    if (!cover->missing.empty()) text += "; missing: " + base::joined(words_of(cover->missing), ", ");
    print_row(out, "cover", text);
}

std::string settlement_text(const domain::CertificatesSettlement& settled) {
    std::string text = settled.counts ? "they count" : "they do not count";
    if (settled.rights) text += " for " + domain::grouped(settled.rights->value) + " rights";
    return text + ", settled by " + settled.by + ": " + settled.evidence;
}

std::string certificates_text(const domain::Book& book, const domain::Notice& notice, const domain::CertificatesReceived& received,
                              const std::string& zone) {
    std::string text = domain::grouped(received.rights.value) + " rights at " + domain::civil_text(received.stamp, zone);
    if (!received.signature_guarantee) text += ", without the signature guarantee";
    if (!received.delivered_by.empty()) text += ", from " + received.delivered_by;
    if (book.life() != nullptr && domain::is_from_another(book.life()->terms, notice, received)) text += ", another firm than the guarantor";
    text += ", delivery " + received.delivery;
    if (!received.certificate_numbers.empty()) text += ", " + base::joined(received.certificate_numbers, ", ");
    if (!received.repeats.empty()) text += "; the same as came with " + received.repeats;
    for (const domain::CertificateQuestion question : received.questions) text += std::string("; ") + explain(question);
    if (!received.on_file_for.empty()) text += " (on file for " + base::joined(received.on_file_for, ", ") + ")";
    if (received.settled) text += "; " + settlement_text(*received.settled);
    if (received.returned) text += "; went back at " + domain::civil_text(received.returned->at, zone) + " with " + received.returned->reference;
    return text;
}

void print_reading(std::ostream& out, const domain::Notice& notice, const std::string& zone) {
    if (!notice.reading) return;
    const domain::ReadingOnFile& reading = *notice.reading;
    print_row(out, "read as", (reading.layout.empty() ? "(no layout recognised)" : reading.layout) + (reading.reason.empty() ? "" : "; " + reading.reason));
    if (reading.keyed_by.empty()) {
        if (!reading.missing.empty()) print_row(out, "to be keyed", base::joined(reading.missing));
        return;
    }
    print_row(out, "keyed", "by " + reading.keyed_by + " at " + domain::civil_text(*reading.keyed_at, zone) + (reading.same_as ? "; it is " + *reading.same_as : ""));
}

void print_notice_whole(std::ostream& out, const domain::Book& book, const domain::Notice& notice, const std::vector<Happened>& history) {
    const std::string zone = book.life() == nullptr ? "UTC" : book.life()->expiration.zone;
    out << notice.id << "  " << to_text(notice.status) << "\n";
    print_reasons(out, notice);
    for (const std::string& frozen : domain::frozen_text(book, domain::notice_name(notice.id))) print_row(out, "frozen", frozen);
    if (notice.form == domain::NoticeForm::kDirectExercise) {
        print_row(out, "form", "a direct exercise: the certificates came with the election");
    } else {
        print_row(out, "guarantor", notice.content.guarantor_name.value_or("(not stated)"));
        print_row(out, "dated", notice.content.dated ? to_text(*notice.content.dated) : "(not stated)");
    }
    print_row(out, "asked", number_or_none(notice.content.basic_shares) + " basic, " + number_or_none(notice.content.excess_shares) + " over-subscription, of " +
                                number_or_none(notice.content.rights_held) + " rights");
    if (notice.owners) {
        print_row(out, "owners", domain::owners_text(*notice.owners) + "; " + notice.owners->evidence + ", received " + domain::civil_text(notice.owners->at, zone) +
                                     ", recorded by " + notice.owners->by);
    }
    for (const domain::Delivery& delivery : notice.deliveries) {
        print_row(out, "delivered", to_text(delivery.channel) + " to " + delivery.address + " at " + domain::civil_text(delivery.stamp, zone) +
                                        (delivery.listed ? "" : " (not a listed address)") + (delivery.document.empty() ? "" : ", document " + delivery.document));
    }
    for (const domain::CertificatesReceived& received : notice.certificates) {
        print_row(out, "certificates", certificates_text(book, notice, received, zone));
    }
    print_reading(out, notice, zone);
    print_money(out, book, notice);
    print_cover(out, book, notice);
    for (const auto kind : {domain::AllocationKind::kPreliminary, domain::AllocationKind::kFinal}) {
        const domain::Allotment* allotment = book.allotment(kind, notice.id);
        if (allotment != nullptr) {
            print_row(out, to_text(kind), domain::grouped(allotment->basic.value) + " basic, " + domain::grouped(allotment->over.value) + " over-subscription, " +
                                              domain::money_text(allotment->applied));
        }
    }
    out << "  what happened, from the log:\n";
    for (const Happened& happened : history) out << "    " << line_of(happened) << "\n";
}

Exit show_notice(Session& session, const NoticeShown& shown) {
    const std::string offering = session.offering_or_only(shown.offering);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    const domain::Notice* notice = book.notice(shown.notice);
    if (notice == nullptr) throw Ending{Exit::kUnusable, offering + " has no notice '" + shown.notice + "'; rightsdesk notice list names them"};
    const auto history = must(history_of(*must(session.suite().store()), offering,
                                         {domain::notice_name(notice->id), domain::funding_name(notice->id), domain::cover_name(notice->id)}));
    if (session.json) {
        session.out << runtime::json_text(notice_document(book, *notice, history)) << "\n";
    } else {
        print_notice_whole(session.out, book, *notice, history);
    }
    return Exit::kGood;
}

Exit list_notices(Session& session, const std::string& named, const std::string& status) {
    const std::string offering = session.offering_or_only(named);
    std::optional<domain::NoticeStatus> wanted;
    if (!status.empty()) wanted = one_of<domain::NoticeStatus>(status, "notice status");
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    runtime::Json answer = runtime::Json::array();
    for (const domain::NoticeId& id : in_natural_order(book.notice_ids())) {
        const domain::Notice& notice = *book.notice(id);
        if (wanted && notice.status != *wanted) continue;
        if (session.json) {
            answer.push_back(runtime::to_json(notice));
            continue;
        }
        session.out << id << "  " << to_text(notice.status) << "  " << (notice.form == domain::NoticeForm::kDirectExercise ? "(direct exercise)" : notice.content.guarantor_name.value_or("(no guarantor)")) << "  "
                    << number_or_none(notice.content.basic_shares) << " + " << number_or_none(notice.content.excess_shares)
                    << (notice.reasons.empty() ? "" : "  " + base::joined(words_of(notice.reasons), ", ")) << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return Exit::kGood;
}

void add_notice_reading(CLI::App& notice, Session& session) {
    auto shown = std::make_shared<NoticeShown>();
    CLI::App* shows = subcommand(notice, "show", "one notice: what it asks, why it stands as it does, its money and cover, and every event of it", "notice show fax-1.7");
    shows->add_option("NOTICE", shown->notice)->required();
    shows->add_option("--offering", shown->offering, "needed where several are open");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_notice(run, *shown); }; });

    auto listed = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App* lists = subcommand(notice, "list", "the notices of an offering with their status and reasons", "notice list rare-medium-2002 --status defective");
    lists->add_option("OFFERING", listed->first, "needed where several are open");
    lists->add_option("--status", listed->second, "only these: accepted, in_question, defective, late, misdirected, refused, rejected, withdrawn, awaiting_keying, linked");
    lists->callback([&session, listed] { session.run = [listed](Session& run) { return list_notices(run, listed->first, listed->second); }; });

    auto file = std::make_shared<std::string>();
    CLI::App* parse = subcommand(notice, "parse", "read a filled-in form's text and print its fields as JSON; needs no service", "notice parse notice.txt");
    parse->add_option("FILE", *file, "the form as text; - is standard input")->required();
    parse->callback([&session, file] { session.run = [file](Session& run) { return static_cast<Exit>(notice_parse(*file, run.out, run.err)); }; });
}

void add_submit(CLI::App& notice, Session& session) {
    auto given = std::make_shared<Submission>();
    CLI::App* submit_one = subcommand(notice, "submit", "submit a notice as a gateway received it",
                                      "notice submit fax.txt --address +17185550101 --stamp 2002-06-26T10:15:00-04:00 --as fax-1");
    submit_one->add_option("FILE", given->file, "the document; - is standard input")->required();
    submit_one->add_option("--address", given->command.address, "the number or address that it came in on")->required();
    submit_one->add_option("--stamp", given->stamp, "when its last page was complete, with its offset; else now, by the desk's clock");
    submit_one->add_option("--channel", given->channel, "fax, mail, hand, courier or telegram")->capture_default_str();
    submit_one->add_option("--media-type", given->media_type, "of the document")->capture_default_str();
    submit_one->add_option("--station", given->command.sender_station, "the sender's station id");
    submit_one->add_option("--pages", given->command.pages, "how many came")->capture_default_str()->check(CLI::PositiveNumber);
    submit_one->add_flag("--partial", given->partial, "the transmission broke off");
    submit_one->add_option("--delivery", given->command.delivery, "delivery id: a notice and a check in one envelope share it; else made from the document");
    submit_one->callback([&session, given] { session.run = [given](Session& run) { return submit(run, *given); }; });
}

// The options that every command of a person about a notice has.
template <class C>
CLI::App* about_notice(CLI::App& notice, const std::string& name, const std::string& what, const std::string& example, C& command) {
    CLI::App* app = subcommand(notice, name, what, example);
    app->add_option("NOTICE", command.notice)->required();
    app->add_option("--offering", command.offering, "needed where several are open");
    return app;
}

void add_notice_confirm(CLI::App& notice, Session& session) {
    auto given = std::make_shared<std::pair<domain::ConfirmByTelephone, std::string>>();
    CLI::App* confirm = about_notice(notice, "confirm", "record that the institution confirmed the guarantee by telephone",
                                     "notice confirm fax-1.7 --caller 'J. Doe, 212 555 0100' --as alice", given->first);
    confirm->add_option("--caller", given->first.caller, "who called, from which number; kept sealed")->required();
    confirm->add_option("--at", given->second, "when, with its offset; else now, by the desk's clock");
    confirm->callback([&session, given] {
        session.run = [given](Session& run) {
            given->first.offering = run.offering_or_only(given->first.offering);
            given->first.at = run.stamp_or_now(given->second);
            return run.send(run.actor(), ServiceName::kIntake, given->first);
        };
    });
}

void add_cure(CLI::App& notice, Session& session) {
    struct Given {
        domain::CureDefect command;
        std::string reason;
        std::string at;
    };
    auto given = std::make_shared<Given>();
    CLI::App* cure = about_notice(notice, "cure", "supply what a notice lacks, with the evidence",
                                  "notice cure fax-1.9 --reason undated --value 2002-06-27 --evidence 'corrected page faxed 2002-06-28 11:02' --as alice",
                                  given->command);
    cure->add_option("--reason", given->reason, "the reason cured, as notice show names it")->required();
    cure->add_option("--value", given->command.value, "what was missing: a date, a number of rights, a firm's name, ...");
    cure->add_option("--evidence", given->command.evidence, "what shows it")->required();
    cure->add_option("--at", given->at, "when the cure was received, with its offset; else now: it counts at or before the hour");
    cure->callback([&session, given] {
        session.run = [given](Session& run) {
            given->command.offering = run.offering_or_only(given->command.offering);
            given->command.reason = one_of<domain::Reason>(given->reason, "reason");
            given->command.at = run.stamp_or_now(given->at);
            return run.send(run.actor(), ServiceName::kIntake, given->command);
        };
    });
}

void add_waiver(CLI::App& notice, Session& session) {
    auto given = std::make_shared<std::pair<domain::ProposeWaiver, std::string>>();
    CLI::App* waive = about_notice(notice, "waive", "propose to waive a defect; the comparable notices already refused are shown beside it",
                                   "notice waive fax-1.9 --reason undated --why 'issuer letter of 2002-06-28' --as alice", given->first);
    waive->add_option("--reason", given->second, "the reason waived")->required();
    waive->add_option("--why", given->first.why, "for the record")->required();
    waive->callback([&session, given] {
        session.run = [given](Session& run) {
            given->first.offering = run.offering_or_only(given->first.offering);
            given->first.reason = one_of<domain::Reason>(given->second, "reason");
            return run.send(run.actor(), ServiceName::kIntake, given->first);
        };
    });

    auto approval = std::make_shared<domain::Approve>();
    CLI::App* approve = subcommand(notice, "approve", "approve a proposed waiver; it takes another person than its proposer", "notice approve waiver-1 --as bob");
    approve->add_option("PROPOSAL", approval->proposal)->required();
    approve->add_option("--offering", approval->offering, "needed where several are open");
    approve->add_option("--instruction", approval->instruction, "reference to the issuer's signed instruction, where there is one");
    approve->callback([&session, approval] {
        session.run = [approval](Session& run) {
            approval->offering = run.offering_or_only(approval->offering);
            return run.send(run.actor(), ServiceName::kIntake, *approval);
        };
    });
}

void add_reject(CLI::App& notice, Session& session) {
    auto given = std::make_shared<domain::RejectNotice>();
    CLI::App* reject = about_notice(notice, "reject", "reject a notice for good", "notice reject fax-1.9 --why 'forged guarantee, see letter' --as alice", *given);
    reject->add_option("--why", given->why, "for the record and for the sender")->required();
    reject->callback([&session, given] {
        session.run = [given](Session& run) {
            given->offering = run.offering_or_only(given->offering);
            return run.send(run.actor(), ServiceName::kIntake, *given);
        };
    });
}

}  // namespace

void add_notice(CLI::App& app, Session& session) {
    CLI::App* notice = subcommand(app, "notice", "notices of guaranteed delivery and direct exercises: submit, exercise, show, list, parse, keying, key, confirm, cure, waive, approve, withdraw, amend, owners, reject", "");
    notice->require_subcommand(1);
    add_submit(*notice, session);
    add_exercise(*notice, session);
    add_notice_reading(*notice, session);
    add_notice_keying(*notice, session);
    add_notice_confirm(*notice, session);
    add_cure(*notice, session);
    add_waiver(*notice, session);
    add_notice_changes(*notice, session);
    add_reject(*notice, session);
}

}  // namespace rightsdesk::tools
