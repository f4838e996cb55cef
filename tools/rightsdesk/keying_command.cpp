// `rightsdesk notice keying|key`: what could not be read with certainty and waits for a person, and that person's word.
#include <filesystem>
#include <map>
#include <set>

#include "base/texts.h"
#include "documents/directory_documents.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "rightsdesk/keyed_fields.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "runtime/key_ring.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

// What a reader found, from the notice's first record.
struct ReadBefore {
    std::optional<domain::NoticeFields> read;
    std::vector<domain::ReadField> fields;
    bool opened = false;  // false: the record is sealed, and there is no key here
};

struct WaitingNotice {
    domain::OfferingId offering;
    domain::ToBeKeyed waiting;
    domain::Notice notice;
    std::string zone;
    ReadBefore before;
};

void take_reading(const domain::Event& event, std::map<std::string, WaitingNotice*>& wanted) {
    if (const auto* decided = std::get_if<domain::NoticeDecided>(&event)) {
        const auto found = wanted.find(decided->notice.id);
        if (found != wanted.end()) found->second->before = {decided->sealed.personal.read, decided->sealed.personal.readings, decided->sealed.opened};
    }
}

// One look through the offering's log for all of them.
void read_readings(Session& session, runtime::KeyRing& keys, const std::string& offering, std::vector<WaitingNotice>& notices) {
    std::map<std::string, WaitingNotice*> wanted;
    for (WaitingNotice& notice : notices) {
        if (notice.offering == offering) wanted[notice.waiting.notice] = &notice;
    }
    const auto key = keys.key_of(offering);
    const wire::SealKey* opening = key ? *key : nullptr;
    must(store::read_to_end(*must(session.suite().store()), offering, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
        auto record = wire::decode_record(stored.record, opening);
        if (!record) return base::failure(base::ErrorKind::kCorrupt, offering + " record " + std::to_string(stored.sequence) + ": " + record.error().message);
        take_reading(record->event, wanted);
        return true;
    }));
}

std::vector<WaitingNotice> waiting_notices(Session& session, const std::string& named) {
    const auto books = must(named.empty() ? session.suite().read_books() : session.suite().read_books(named));
    if (!named.empty() && books->offering(named) == nullptr) throw Ending{Exit::kUnusable, "there is no offering '" + named + "'; rightsdesk offering list names them"};
    const domain::Instant now = session.stamp_or_now("");
    std::vector<WaitingNotice> notices;
    for (const auto& [offering, book] : books->offerings) {
        if (book->life() == nullptr || (!named.empty() && offering != named)) continue;
        for (const domain::ToBeKeyed& waiting : domain::to_be_keyed(*book, now)) notices.push_back({offering, waiting, *book->notice(waiting.notice), book->life()->expiration.zone, {}});
    }
    std::stable_sort(notices.begin(), notices.end(), [](const WaitingNotice& left, const WaitingNotice& right) { return left.waiting.too_late_at < right.waiting.too_late_at; });
    runtime::KeyRing keys(session.suite().config().offering_keys);
    std::set<std::string> offerings;
    for (const WaitingNotice& notice : notices) offerings.insert(notice.offering);
    for (const std::string& offering : offerings) read_readings(session, keys, offering, notices);
    return notices;
}

// Where the picture lies; empty where this host does not have it.
std::string picture_file(Session& session, const domain::Delivery& delivery) {
    const auto path = documents::DirectoryDocuments(session.suite().config().documents).path_of(delivery.document);
    std::error_code error;
    return std::filesystem::exists(path, error) ? path.string() : "";
}

runtime::Json document_of(Session& session, const WaitingNotice& one) {
    const domain::Delivery& delivery = one.notice.deliveries.front();
    const domain::ReadingOnFile reading = one.notice.reading.value_or(domain::ReadingOnFile{});
    runtime::Json answer;
    answer["notice"] = one.notice.id;
    answer["offering"] = one.offering;
    answer["received_at"] = runtime::to_json(one.waiting.stamp);
    answer["too_late_at"] = runtime::to_json(one.waiting.too_late_at);
    answer["reasons"] = runtime::to_json(one.notice.reasons);
    answer["layout"] = reading.layout;
    answer["why"] = reading.reason;
    answer["missing"] = reading.missing;
    answer["document"] = {{"sha256", delivery.document}, {"media_type", delivery.media_type}, {"pages", delivery.pages}, {"file", picture_file(session, delivery)}};
    answer["opened"] = one.before.opened;
    answer["read"] = one.before.read ? runtime::to_json(*one.before.read) : runtime::Json();
    answer["readings"] = runtime::to_json(one.before.fields);
    return answer;
}

// "0.410"
std::string confidence_text(std::uint32_t thousandths) {
    const std::string digits = std::to_string(std::min(thousandths, 1'000U) % 1'000);
    return (thousandths >= 1'000 ? "1." : "0.") + std::string(3 - digits.size(), '0') + digits;
}

std::string reading_text(const domain::ReadField& read) {
    std::string text = confidence_text(read.confidence) + (read.text.empty() ? "  nothing found" : "  \"" + read.text + "\"");
    if (!read.candidates.empty()) text += "  perhaps " + base::joined(read.candidates, " | ");
    if (read.place) {
        text += "  page " + std::to_string(read.place->page) + ", " + std::to_string((read.place->left + 5) / 10) + " % from the left, " + std::to_string((read.place->top + 5) / 10) + " % from the top";
    }
    return text;
}

void print_waiting(Session& session, const WaitingNotice& one) {
    std::ostream& out = session.out;
    const domain::ReadingOnFile reading = one.notice.reading.value_or(domain::ReadingOnFile{});
    const domain::Delivery& delivery = one.notice.deliveries.front();
    out << one.notice.id << "  " << one.offering << "  received " << domain::civil_text(one.waiting.stamp, one.zone) << "  too late at "
        << domain::civil_text(one.waiting.too_late_at, one.zone) << " " << one.zone << "\n";
    for (const domain::Reason reason : one.notice.reasons) {
        if (reason != domain::Reason::kAwaitingKeying) print_row(out, "open", to_text(reason) + ": " + explain(reason));
    }
    if (!reading.reason.empty()) print_row(out, "why", reading.reason);
    print_row(out, "layout", reading.layout.empty() ? "(none recognised)" : reading.layout);
    const std::string file = picture_file(session, delivery);
    print_row(out, "picture", (file.empty() ? delivery.document : file) + " (" + delivery.media_type + ", " + std::to_string(delivery.pages) + " pages)");
    if (!one.before.opened) print_row(out, "read", "(sealed: the offering's key is not on this host)");
    for (const std::string& field : reading.missing) {
        const auto read = std::find_if(one.before.fields.begin(), one.before.fields.end(), [&](const domain::ReadField& each) { return each.field == field; });
        print_row(out, "to be keyed", field + (read == one.before.fields.end() ? "" : "  " + reading_text(*read)));
    }
}

Exit list_waiting(Session& session, const std::string& named) {
    const auto notices = waiting_notices(session, named);
    if (session.json) {
        runtime::Json answer = runtime::Json::array();
        for (const WaitingNotice& one : notices) answer.push_back(document_of(session, one));
        session.out << runtime::json_text(answer) << "\n";
        return Exit::kGood;
    }
    for (const WaitingNotice& one : notices) print_waiting(session, one);
    if (notices.empty()) session.out << "no notice waits to be keyed\n";
    return Exit::kGood;
}

struct Keying {
    domain::KeyNotice command;
    std::vector<std::string> fields;
    std::string file;
    bool rest_blank = false;
};

// Of all that must be keyed and was not given, the page has nothing.
void blank_the_rest(Session& session, domain::KeyNotice& command) {
    const auto books = must(session.suite().read_books(command.offering));
    const domain::Book* book = books->offering(command.offering);
    const domain::Notice* notice = book == nullptr ? nullptr : book->notice(command.notice);
    if (notice == nullptr || !notice->reading) return;  // the desk says what is wrong
    std::set<std::string> said(command.blank.begin(), command.blank.end());
    domain::NoticeFields::visit_members(command.fields, [&](std::string_view name, const auto& value) {
        if (value != std::remove_cvref_t<decltype(value)>{}) said.insert(std::string(name));
    });
    for (const std::string& field : notice->reading->missing) {
        if (said.insert(field).second) command.blank.push_back(field);
    }
}

Exit key(Session& session, Keying& given) {
    if (given.fields.empty() && given.file.empty() && given.command.blank.empty() && !given.rest_blank) {
        throw Ending{Exit::kUnusable, "give what the page says: --field NAME=VALUE, --file FIELDS.json, --blank NAME, --rest-blank"};
    }
    given.command.fields = must(read_keyed_fields(given.file.empty() ? "" : read_file(given.file, kMaxFieldsFileOctets), given.fields));
    given.command.offering = session.offering_or_only(given.command.offering);
    if (given.rest_blank) blank_the_rest(session, given.command);
    return session.send(session.actor(), domain::ServiceName::kIntake, given.command);
}

}  // namespace

void add_notice_keying(CLI::App& notice, Session& session) {
    auto named = std::make_shared<std::string>();
    CLI::App* keying = subcommand(notice, "keying", "notices that could not be read with certainty: what a person must key, with what was found, soonest too late first", "notice keying rare-medium-2002");
    keying->add_option("OFFERING", *named, "only its notices; else those of all");
    keying->callback([&session, named] { session.run = [named](Session& run) { return list_waiting(run, *named); }; });

    auto given = std::make_shared<Keying>();
    CLI::App* keys = subcommand(notice, "key", "key a notice from its picture: decided by when it came, not by when it is keyed; the same again changes nothing",
                                "notice key fax-1.9 --field dated=2002-06-27 --field rights_held=1,000 --blank telephone --as alice");
    keys->add_option("NOTICE", given->command.notice)->required();
    keys->add_option("--field", given->fields, "NAME=VALUE as the page says; names as notice parse has them, once for each name, signature and certificate")->take_all()->allow_extra_args(false);
    keys->add_option("--file", given->file, "a JSON object of fields, as notice parse prints them; - is standard input");
    keys->add_option("--blank", given->command.blank, "a field of which the page has nothing")->take_all()->allow_extra_args(false);
    keys->add_flag("--rest-blank", given->rest_blank, "of all else that must be keyed the page has nothing");
    keys->add_option("--offering", given->command.offering, "needed where several are open");
    keys->callback([&session, given] { session.run = [given](Session& run) { return key(run, *given); }; });
}

}  // namespace rightsdesk::tools
