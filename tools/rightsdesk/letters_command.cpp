// rightsdesk letters: what is owed to holders and guarantors in writing, as text and PDF.
#include "rightsdesk/letters.h"
#include "rightsdesk/letters_follow.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "runtime/key_ring.h"

namespace rightsdesk::tools {

namespace {

struct LetterOptions {
    std::string offering;
    std::string folder;
    std::string templates;
    std::string kind;
    std::string id;
    std::size_t most = 1'000;
    bool waiting = false;
};

std::string folder_of(Session& session, const LetterOptions& options) {
    return options.folder.empty() ? letters_folder(session.suite()) + "/" + options.offering : options.folder;
}

base::Result<> each(Session& session, const LetterOptions& options, const std::function<bool(const telling::Letter&)>& tell) {
    SuiteAccess& suite = session.suite();
    runtime::KeyRing keys(suite.config().offering_keys);
    const auto key = keys.key_of(options.offering);
    if (!key && key.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(key.error());
    const auto kind = options.kind.empty() ? std::optional<telling::LetterKind>() : one_of<telling::LetterKind>(options.kind, "kind of letter");
    return telling::each_letter(*must(suite.store()), options.offering, key ? *key : nullptr, [&](const telling::Letter& letter) {
        return (kind && letter.kind != *kind) || tell(letter);
    });
}

runtime::Json row_of(const telling::Letter& letter, bool written) {
    return {{"id", letter.id}, {"kind", base::to_text(letter.kind)}, {"notice", letter.notice}, {"sequence", letter.sequence}, {"at", domain::instant_text(letter.at)}, {"written", written}};
}

Exit list(Session& session, const LetterOptions& options) {
    const KeptLetters kept(folder_of(session, options));
    runtime::Json rows = runtime::Json::array();
    bool more = false;
    must(each(session, options, [&](const telling::Letter& letter) {
        const bool written = kept.has(letter.id);
        if (options.waiting && written) return true;
        more = rows.size() == options.most;
        if (more) return false;
        rows.push_back(row_of(letter, written));
        return true;
    }));
    if (session.json) {
        session.out << runtime::json_text(runtime::Json{{"letters", rows}, {"more", more}}) << "\n";
        return Exit::kGood;
    }
    for (const runtime::Json& row : rows) {
        session.out << row["at"].get<std::string>() << "  " << (row["written"].get<bool>() ? "written" : "WAITS  ") << "  " << row["id"].get<std::string>() << "\n";
    }
    if (more) session.out << "there are more: --most\n";
    return Exit::kGood;
}

Exit show(Session& session, const LetterOptions& options) {
    const auto templates = must(load_letter_templates(options.templates));
    bool found = false;
    must(each(session, options, [&](const telling::Letter& letter) {
        found = letter.id == options.id;
        if (found) session.out << telling::text_of(telling::write_letter(letter, templates.at(letter.kind)));
        return !found;
    }));
    if (!found) throw Ending{Exit::kUnusable, options.offering + ": owes no letter '" + options.id + "'; rightsdesk letters list names them"};
    return Exit::kGood;
}

Exit write(Session& session, const LetterOptions& options) {
    const auto templates = must(load_letter_templates(options.templates));
    const std::string folder = folder_of(session, options);
    KeptLetters kept(folder);
    must(kept.open());
    std::size_t written = 0;
    std::size_t before = 0;
    std::optional<base::Error> failed;
    must(each(session, options, [&](const telling::Letter& letter) {
        const auto done = kept.keep(letter.id, telling::write_letter(letter, templates.at(letter.kind)));
        if (!done) {
            failed = done.error();
            return false;
        }
        ++(*done ? written : before);
        if (*done && written % 1'000 == 0 && !session.json) session.err << written << " letters written\n";
        return true;
    }));
    if (failed) throw ending(*failed);
    if (session.json) session.out << runtime::json_text(runtime::Json{{"written", written}, {"before", before}, {"folder", folder}}) << "\n";
    else session.out << written << " letters written into " << folder << ", " << before << " were there\n";
    return Exit::kGood;
}

void add_templates(CLI::App& command, LetterOptions& options) {
    command.add_option("--templates", options.templates, "a folder with templates of your own, <kind>.txt; those it has not are the shipped ones (deploy/letters)");
}

CLI::App* letters_subcommand(CLI::App& letters, const std::shared_ptr<LetterOptions>& options, const std::string& name, const std::string& what, const std::string& example) {
    CLI::App* command = subcommand(letters, name, what, example);
    command->add_option("OFFERING", options->offering, "the offering")->required();
    command->add_option("--into", options->folder, "where written letters are kept; else letters/OFFERING beside the outboxes");
    add_templates(*command, *options);
    return command;
}

}  // namespace

void add_letters(CLI::App& app, Session& session) {
    CLI::App* letters = app.add_subcommand("letters", "what is owed in writing: receipt and acceptance, defect and its cure, certificates that are due, allotment, refund; as text and PDF");
    letters->require_subcommand(1);
    const auto options = std::make_shared<LetterOptions>();
    CLI::App* listing = letters_subcommand(*letters, options, "list", "the letters that the log calls for, oldest first, and which are written", "letters list rare-medium-2002 --waiting");
    listing->add_option("--kind", options->kind, "only these: receipt, acknowledgement, defect, cover_reminder, allotment, refund");
    listing->add_option("--most", options->most, "so many at most")->capture_default_str()->check(CLI::Range(1, 1'000'000));
    listing->add_flag("--waiting", options->waiting, "only those that are not written yet");
    listing->callback([&session, options] { session.run = [options](Session& run) { return list(run, *options); }; });
    CLI::App* showing = letters_subcommand(*letters, options, "show", "one letter, as it would be written now", "letters show rare-medium-2002 defect-fax-1.8-17");
    showing->add_option("ID", options->id, "of letters list")->required();
    showing->callback([&session, options] { session.run = [options](Session& run) { return show(run, *options); }; });
    CLI::App* writing = letters_subcommand(*letters, options, "write", "write those that are not written yet, each once, as text and PDF; what is there is never changed", "letters write rare-medium-2002");
    writing->add_option("--kind", options->kind, "only these");
    writing->callback([&session, options] { session.run = [options](Session& run) { return write(run, *options); }; });
    CLI::App* following = subcommand(*letters, "follow",
                                     "write the letters of every offering as they come to be owed, until it is asked to stop (SIGTERM): what tools/up runs. Each once, however often it is killed: what "
                                     "lies in the folder is written. Its log, a JSON object a line, goes to standard error",
                                     "letters follow");
    following->add_option("--into", options->folder, "where letters are kept, in a folder for each offering; else letters beside the outboxes");
    add_templates(*following, *options);
    following->callback([&session, options] { session.run = [options](Session& run) { return follow_letters(run, options->folder, options->templates); }; });
}

}  // namespace rightsdesk::tools
