// rightsdesk replica status|go-on-without|approve|return, rightsdesk promote: a second disk, and what to do without it.
#include <algorithm>
#include <iterator>

#include "base/texts.h"
#include "documents/directory_documents.h"
#include "domain/replica.h"
#include "rightsdesk/promoting.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "runtime/key_ring.h"
#include "store/redis_store.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

struct ReplicaStatus {
    bool configured = false;
    std::string going_without;            // by whom and why; empty: it is required
    std::string proposed_by;
    std::string problem;                  // why nothing is acknowledged, or would not be
    std::vector<std::string> behind;      // "desk: 12 of 14"
    std::uint64_t documents_missing = 0;  // on either host
    std::vector<std::string> keys_unlike;  // sealing keys that one host lacks, or that differ: "rare-medium-2002.key"
    RIGHTSDESK_DESCRIBE(ReplicaStatus, configured, going_without, proposed_by, problem, behind, documents_missing, keys_unlike)
};

std::string problem_of_store(Session& session) {
    store::RedisStore watched(must(session.suite().config().redis_as("reader")));
    const auto durable = watched.durability();
    if (!durable) return durable.error().message;
    return durable->problem.empty() ? durable->replica_problem : durable->problem;
}

std::vector<std::string> logs_behind(Session& session) {
    store::Store& primary = *must(session.suite().store());
    store::RedisStore replica(must(session.suite().config().replica_for("reader")));
    std::vector<std::string> behind;
    const auto logs = primary.logs();
    if (!logs) return behind;
    for (const std::string& log : *logs) {
        const auto at_replica = replica.head(log);  // first: what it has cannot be more than what the primary has by then
        const auto at_primary = primary.head(log);
        if (!at_replica || !at_primary || at_replica->sequence == at_primary->sequence) continue;
        behind.push_back(log + ": " + std::to_string(at_replica->sequence) + " of " + std::to_string(at_primary->sequence));
    }
    return behind;
}

// Copies what one place has and the other has not; how many were copied, or only counted.
std::uint64_t complete(documents::DirectoryDocuments& from, documents::DirectoryDocuments& to, bool copy) {
    const std::vector<std::string> here = must(from.names());
    const std::vector<std::string> there = must(to.names());
    std::vector<std::string> missing;
    std::set_difference(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(missing));
    for (const std::string& name : missing) {
        if (copy) must(to.keep(must(from.fetch(name))));
    }
    return missing.size();
}

std::uint64_t complete_documents(Session& session, bool copy) {
    const runtime::SuiteConfig& config = session.suite().config();
    if (config.documents_mirror.empty()) return 0;
    documents::DirectoryDocuments own(config.documents);
    documents::DirectoryDocuments mirror(config.documents_mirror);
    return complete(own, mirror, copy) + complete(mirror, own, copy);
}

runtime::KeyRing keys_of(Session& session) { return runtime::KeyRing(session.suite().config().offering_keys, session.suite().config().offering_keys_mirror); }

Exit show_status(Session& session) {
    const runtime::SuiteConfig& config = session.suite().config();
    ReplicaStatus status;
    status.configured = config.redis.replicas > 0;
    status.problem = problem_of_store(session);
    if (const auto books = session.suite().read_books()) {
        if (const domain::ReplicaStanding* standing = (*books)->desk.replica()) {
            if (standing->waived) status.going_without = base::joined(standing->people, " and ") + ": " + standing->why;
            status.proposed_by = standing->proposed_by;
        }
    }
    if (!config.redis.replica_socket.empty()) status.behind = logs_behind(session);
    status.documents_missing = complete_documents(session, false);
    if (auto unlike = keys_of(session).unlike(false)) status.keys_unlike = std::move(*unlike);
    else if (status.problem.empty()) status.problem = unlike.error().message;
    const bool good = status.problem.empty() && status.going_without.empty() && status.documents_missing == 0 && status.keys_unlike.empty();
    if (session.json) {
        session.out << runtime::json_text(runtime::to_json(status)) << "\n";
        return good ? Exit::kGood : Exit::kFailed;
    }
    session.out << (status.configured ? "an acknowledgement means two disks" : "no replica is configured: an acknowledgement means one disk")
                << (status.going_without.empty() ? "" : ", and people go on without the replica: " + status.going_without) << "\n";
    if (!status.proposed_by.empty()) session.out << "  " << status.proposed_by << " proposes to go on without it: rightsdesk replica approve --of " << status.proposed_by << "\n";
    if (!status.problem.empty()) session.out << "  WRONG: " << status.problem << "\n";
    for (const std::string& log : status.behind) session.out << "  behind: " << log << "\n";
    if (status.documents_missing > 0) session.out << "  documents on one host only: " << status.documents_missing << "\n";
    for (const std::string& key : status.keys_unlike) session.out << "  sealing key on one host only, or different: " << key << "\n";
    return good ? Exit::kGood : Exit::kFailed;
}

// The documents first and last: those that came in without the other host, and those that come in until intake has heard of it.
Exit return_to_two(Session& session, const std::string& why) {
    const std::string who = session.actor();
    if (session.suite().config().redis.replicas > 0) {
        if (const std::string problem = problem_of_store(session); !problem.empty()) {
            throw Ending{Exit::kFailed, "with the replica as it is nothing would be acknowledged: " + problem};
        }
    }
    must(keys_of(session).unlike(true));
    const std::uint64_t copied = complete_documents(session, true);
    const Exit required = session.send(who, ServiceName::kDeadlineMonitor, domain::RequireReplica{why});
    if (required != Exit::kGood) return required;
    const std::uint64_t later = complete_documents(session, true);
    if (!session.json && copied + later > 0) session.out << "  documents copied: " << copied + later << "\n";
    return required;
}

Exit promote(Session& session, PromotionWish wish, const std::string& with) {
    wish.people = {session.actor(), with};
    const auto promoting = must(Promoting::open(session.suite(), wish));
    const auto result = promoting->run();
    if (!result && result.error().kind == base::ErrorKind::kConflict) throw Ending{Exit::kFailed, result.error().message};
    const Promoted promoted = must(result);
    if (session.json) {
        session.out << runtime::json_text(runtime::to_json(promoted)) << "\n";
        return Exit::kGood;
    }
    const runtime::SuiteConfig& config = session.suite().config();
    session.out << (promoted.already ? "it is the primary already" : "the replica is the primary now") << ", in epoch " << promoted.epoch << ": " << promoted.logs.size()
                << " logs, " << promoted.records << " records verified; the old primary is " << promoted.old_primary << "\n";
    for (const std::string& lost : promoted.lost) session.out << "  LOST: " << lost << "\n";
    session.out << "Next:\n"
                << "  1. in " << session.config_file << ", swap the two sockets: [store] socket = \"" << config.redis.replica_socket << "\", [store.replica] socket = \"" << config.redis.address
                << "\"\n"
                << "  2. restart the four services and the auditor; senders send again by themselves what has no receipt\n"
                << "  3. rightsdesk verify desk; rightsdesk replica status\n"
                << "  4. there is one disk until the other host follows again (runbook, \"The former primary becomes the replica\"), then rightsdesk replica return\n";
    return Exit::kGood;
}

}  // namespace

void add_replica(CLI::App& app, Session& session) {
    CLI::App* replica = subcommand(app, "replica", "the second disk: its state, going on without it by two people, and back", "");
    replica->require_subcommand(1);
    CLI::App* shows = subcommand(*replica, "status", "what an acknowledgement means now, and what is wrong with the replica; exit 1 when it is not two disks", "replica status");
    shows->callback([&session] { session.run = show_status; });

    auto proposal = std::make_shared<domain::ProposeWithoutReplica>();
    CLI::App* proposes = subcommand(*replica, "go-on-without", "propose that acknowledgements mean one disk while the replica is missing",
                                    "replica go-on-without --why 'its host is down until Monday' --as alice");
    proposes->add_option("--why", proposal->why, "the reason, for the record")->required();
    proposes->callback([&session, proposal] {
        session.run = [proposal](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *proposal); };
    });

    auto approval = std::make_shared<domain::ApproveWithoutReplica>();
    CLI::App* approves = subcommand(*replica, "approve", "approve what another proposed; it is in force at once", "replica approve --of alice --as bob");
    approves->add_option("--of", approval->proposed_by, "who proposed it")->required();
    approves->callback([&session, approval] {
        session.run = [approval](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *approval); };
    });

    auto why = std::make_shared<std::string>();
    CLI::App* returns = subcommand(*replica, "return", "require the replica again (or withdraw a proposal), and copy documents that one host misses",
                                   "replica return --why 'it has caught up' --as alice");
    returns->add_option("--why", *why, "the reason, for the record")->required();
    returns->callback([&session, why] { session.run = [why](Session& run) { return return_to_two(run, *why); }; });
}

void add_promote(CLI::App& app, Session& session) {
    auto wish = std::make_shared<PromotionWish>();
    auto with = std::make_shared<std::string>();
    CLI::App* command = subcommand(app, "promote", "make the replica the primary, by two people: verify it, fence the old primary, raise the epoch; may be given again",
                                   "promote --why 'the first host burns' --as alice --with bob");
    command->add_option("--with", *with, "the second person, whose key is here too")->required();
    command->add_option("--why", wish->why, "the reason, for the record")->required();
    command->add_flag("--old-primary-is-dead", wish->old_primary_is_dead, "it does not answer, and both of you know that its Redis will not come back as a primary");
    command->add_flag("--losing-acknowledged", wish->losing_acknowledged, "its disk is gone for good with records that receipts here acknowledge");
    command->callback([&session, wish, with] { session.run = [wish, with](Session& run) { return promote(run, *wish, *with); }; });
}

}  // namespace rightsdesk::tools
