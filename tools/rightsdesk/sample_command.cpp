// rightsdesk sample play: plays a timeline over the running suite, on the stepped clock.
#include "rightsdesk/playing.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

std::string outcome_text(const domain::Receipt& receipt) {
    std::string text = receipt.status.empty() ? to_text(receipt.kind) : receipt.status;
    for (const std::string& reason : receipt.reasons) text += " " + reason;
    return text;
}

Exit play(Session& session, const std::string& folder) {
    const Timeline timeline = must(load_timeline(folder + "/timeline.toml"));
    std::size_t done = 0;
    play_timeline(session.suite(), timeline, [&](const Step& step, const domain::Receipt& receipt) {
        session.out << "[" << ++done << "/" << timeline.steps.size() << "] " << step.civil << "  " << step.source << "  " << step.what << ": "
                    << outcome_text(receipt) << "\n"
                    << std::flush;
    });
    return Exit::kGood;
}

}  // namespace

void add_sample(CLI::App& app, Session& session) {
    CLI::App* sample = subcommand(app, "sample", "the sample offering", "");
    sample->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    CLI::App* plays = subcommand(*sample, "play", "play a timeline over the running suite, on the stepped clock; playing it again changes nothing",
                                 "sample play tools/sample");
    plays->add_option("FOLDER", *folder, "with timeline.toml")->required()->check(CLI::ExistingDirectory);
    plays->callback([&session, folder] { session.run = [folder](Session& run) { return play(run, *folder); }; });
}

}  // namespace rightsdesk::tools
