// rightsdesk gateway watermarks|declare|approve|withdraw: what the count waits for, and two people's word in a dead source's stead.
#include "domain/watermarks.h"

#include <map>

#include "base/texts.h"
#include "domain/civil.h"
#include "rightsdesk/gateway_work.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

// By source, the offerings that wait for it.
std::map<std::string, std::vector<std::string>> waited_for(const runtime::Books& books) {
    std::map<std::string, std::vector<std::string>> waiting;
    for (const auto& [id, book] : books.offerings) {
        for (const auto which : {&domain::Terms::gateways, &domain::Terms::bank_feeds}) {
            for (const std::string& source : domain::sources_waited_for({book.get()}, which)) waiting[source].push_back(id);
        }
    }
    return waiting;
}

runtime::Json source_json(const domain::Book& desk, const std::string& source, const std::vector<std::string>& offerings) {
    const domain::Watermark* mark = desk.watermark(source);
    const domain::WatermarkProposal* proposal = desk.watermark_proposal(source);
    return {{"source", source}, {"offerings", offerings}, {"watermark", mark == nullptr ? runtime::Json() : runtime::to_json(*mark)},
            {"proposed", proposal == nullptr ? runtime::Json() : runtime::to_json(*proposal)}};
}

void print_source(std::ostream& out, const domain::Book& desk, const std::string& source, const std::vector<std::string>& offerings) {
    const domain::Watermark* mark = desk.watermark(source);
    out << source << "  " << (mark == nullptr ? "none yet" : domain::instant_text(mark->through)) << "  for " << base::joined(offerings);
    if (mark != nullptr && !mark->declared_by.empty()) out << "; declared by " << base::joined(mark->declared_by, " and ") << ": " << mark->why;
    if (const domain::WatermarkProposal* proposal = desk.watermark_proposal(source)) {
        out << "; " << proposal->by << " proposes " << domain::instant_text(proposal->through) << ": " << proposal->why;
    }
    out << "\n";
}

Exit list_watermarks(Session& session) {
    const auto books = must(session.suite().read_books());
    const auto waiting = waited_for(*books);
    if (session.json) {
        runtime::Json answer = runtime::Json::array();
        for (const auto& [source, offerings] : waiting) answer.push_back(source_json(books->desk, source, offerings));
        session.out << runtime::json_text(answer) << "\n";
        return Exit::kGood;
    }
    for (const auto& [source, offerings] : waiting) print_source(session.out, books->desk, source, offerings);
    if (waiting.empty()) session.out << "no open offering waits for a watermark\n";
    return Exit::kGood;
}

struct Declaring {
    std::string source;
    std::string through;
    std::string other;  // why, or who proposed it
};

void add_declaring(CLI::App& gateway, Session& session) {
    auto given = std::make_shared<Declaring>();
    CLI::App* declares = subcommand(gateway, "declare", "propose a dead source's watermark: you answer for it that nothing it stamped up to then is still to be handed over. Another operator approves it",
                                    "gateway declare fax-1 --through 2002-07-01T17:30:00-04:00 --why 'its host burnt; the spool on the second disk is empty' --as alice");
    declares->add_option("SOURCE", given->source, "a gateway or bank feed that an open offering's terms name")->required();
    declares->add_option("--through", given->through, "ISO 8601, with its offset; not after now by the desk's clock")->required();
    declares->add_option("--why", given->other, "the reason, and how you know, for the record")->required();
    declares->callback([&session, given] {
        session.run = [given](Session& run) {
            return run.send(run.actor(), watermark_door(run, given->source), domain::ProposeWatermark{given->source, run.stamp_or_now(given->through), given->other});
        };
    });
}

void add_approving(CLI::App& gateway, Session& session) {
    auto given = std::make_shared<Declaring>();
    CLI::App* approves = subcommand(gateway, "approve", "approve the watermark that another operator proposed, as it was proposed; counts go on by it at once",
                                    "gateway approve fax-1 --through 2002-07-01T17:30:00-04:00 --of alice --as bob");
    approves->add_option("SOURCE", given->source, "as proposed")->required();
    approves->add_option("--through", given->through, "as proposed: gateway watermarks shows it")->required();
    approves->add_option("--of", given->other, "who proposed it")->required();
    approves->callback([&session, given] {
        session.run = [given](Session& run) {
            return run.send(run.actor(), watermark_door(run, given->source), domain::ApproveWatermark{given->source, run.stamp_or_now(given->through), given->other});
        };
    });
}

void add_withdrawing(CLI::App& gateway, Session& session) {
    auto given = std::make_shared<Declaring>();
    CLI::App* withdraws = subcommand(gateway, "withdraw", "withdraw a proposed watermark, one's own or another's", "gateway withdraw fax-1 --why 'it is up again' --as bob");
    withdraws->add_option("SOURCE", given->source, "as proposed")->required();
    withdraws->add_option("--why", given->other, "the reason, for the record")->required();
    withdraws->callback([&session, given] {
        session.run = [given](Session& run) { return run.send(run.actor(), watermark_door(run, given->source), domain::WithdrawWatermark{given->source, given->other}); };
    });
}

}  // namespace

void add_watermarks(CLI::App& gateway, Session& session) {
    CLI::App* lists = subcommand(gateway, "watermarks", "how far each source that an open offering waits for holds receipts for all it stamped, and what is proposed of it", "gateway watermarks");
    lists->callback([&session] { session.run = list_watermarks; });
    add_declaring(gateway, session);
    add_approving(gateway, session);
    add_withdrawing(gateway, session);
}

}  // namespace rightsdesk::tools
