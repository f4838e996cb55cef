// rightsdesk-bank-feed: a bank's drop folder to payment clearing's door.
#include <csignal>

#include <algorithm>
#include <atomic>
#include "bank/reader.h"
#include "bank_feed/feed_run.h"
#include "base/hash.h"
#include "rightsdesk/bank_profile.h"
#include "rightsdesk/session.h"
#include "runtime/clock.h"

using namespace rightsdesk;
using tools::Ending;
using tools::Exit;
using tools::must;

namespace {

constexpr const char* kAbout =
    "rightsdesk-bank-feed: takes a bank's files from a folder and tells payment clearing what they say.\n"
    "FOLDER/in takes them: ISO 20022 (camt.052, camt.053, camt.054, pacs.008), SWIFT MT103, MT910, MT940, MT942, BAI2, told apart by looking. Write a file as\n"
    "NAME.part and rename it, or let it lie: one that does not change for --settle is taken. All its messages are journalled, then it goes to done/ with a\n"
    "report of what was told and what was not and why, then they are sent until each has its receipt. What cannot be taken goes to set-aside/ with\n"
    "NAME.reason.json and an alert, whole; the watermark waits for it. Kill it at any moment: the next run goes on. It says what it does on standard\n"
    "output, one JSON object a line.\n"
    "Exit codes: 0 stopped by SIGTERM, or with --once all taken and accepted; 1 something lies in set-aside/, or the journal is damaged; 2 unusable\n"
    "options; 3 no answer or no disk (all is kept; run it again); 4 the desk refused a message.";

constexpr std::chrono::milliseconds kTurn{200};

struct Asked {
    std::string folder;
    std::string profile;
    bool standard_input = false;
    bool once = false;
    std::uint32_t settle = 2'000;
    std::uint32_t watermark_every = 0;
    std::uint32_t watermark_behind = 60;
    std::uint32_t give_up_after = 60;
};

std::atomic<bool> stops{false};
extern "C" void stop(int) { stops = true; }

// The desk's time; nothing while nobody tells it.
std::optional<domain::Instant> desk_time(tools::Session& session) {
    if (session.suite().config().clock == domain::ClockMode::kReal) return runtime::SystemClock().now();
    const auto reply = session.suite().ask("reader", domain::ServiceName::kDeadlineMonitor, domain::AskClock{}, std::chrono::seconds(1));
    const auto* status = reply ? std::get_if<domain::ClockStatus>(&reply->body) : nullptr;
    return status == nullptr ? std::nullopt : std::optional(status->clock.time);
}

// Only a bank feed's key is taken at payment clearing's door.
void must_be_bank_feed(tools::Session& session, const std::string& who) {
    const domain::Principal* principal = session.suite().principals().by_name(who);
    if (principal == nullptr) throw Ending{Exit::kUnusable, "there is no principal '" + who + "'"};
    if (std::find(principal->roles.begin(), principal->roles.end(), domain::Role::kBankFeed) == principal->roles.end()) {
        throw Ending{Exit::kUnusable, who + " is no bank feed: its roles in principals.toml do not say bank_feed"};
    }
}

void drop_standard_input(const bank_feed::DropFolder& folder) {
    const std::string octets = tools::read_file("-", bank::kMaxFileOctets);
    must(folder.drop("stdin-" + base::sha256_hex(octets).substr(0, 12), octets));
}

// Until it is told to stop, or with --once until nothing is left to do.
Exit work(const Asked& asked, bank_feed::FeedRun& run, client::Sender& sender) {
    using Clock = std::chrono::steady_clock;
    auto moved = Clock::now();
    bool told = asked.watermark_every == 0;
    while (!stops) {
        if (must(run.step(kTurn)) > 0) moved = Clock::now();
        if (!asked.once) continue;
        if (run.is_idle()) {
            if (told) return run.set_aside() > 0 ? Exit::kFailed : run.not_accepted() > 0 ? Exit::kRefused : Exit::kGood;
            told = true;
            run.ask_for_watermark();
        }
        if (Clock::now() - moved > std::chrono::seconds(asked.give_up_after)) {
            throw Ending{Exit::kUnavailable, std::to_string(sender.status().unsettled) + " messages have no receipt yet; they are kept, and go out with the next run. Last: " + sender.status().last_problem};
        }
    }
    (void)sender.turn(std::chrono::milliseconds(0));  // what had come is filed, if the disk takes it
    return Exit::kGood;
}

Exit feed(tools::Session& session, const Asked& asked) {
    const std::string who = session.actor();
    must_be_bank_feed(session, who);
    auto folder = must(bank_feed::DropFolder::open(asked.folder, std::chrono::milliseconds(asked.settle)));
    if (!asked.profile.empty()) must(tools::bank_profile_for(asked.profile, ""));
    // Holds its lock, so that nobody sends under the same name meanwhile.
    const client::Outbox outbox = must(client::Outbox::open(session.suite().outbox_folder(who)));
    if (const std::size_t pending = must(outbox.pending()).size(); pending > 0) {
        throw Ending{Exit::kUnusable, who + " has " + std::to_string(pending) + " messages of single commands without a receipt: send them first, with any command --as " + who};
    }
    const client::Sender::Doors doors{{"payment_clearing", must(session.suite().doors_of(domain::ServiceName::kPaymentClearing))}};
    const auto sender = must(client::Sender::open(session.suite().bus(), must(client::DirectoryFiles::open_folder(outbox.journal_folder())), who, doors,
                                                  must(session.suite().key_of(who)), bank_feed::sender_limits()));
    sender->number_from(outbox.next_sequence());
    bank_feed::FeedSettings settings;
    settings.source = who;
    settings.watermark_every = std::chrono::seconds(asked.watermark_every);
    settings.watermark_behind = std::chrono::seconds(asked.watermark_behind);
    bank_feed::FeedRun run(
        folder, *sender, settings, [&asked](std::string_view octets) { return tools::bank_profile_for(asked.profile, octets); }, [&session] { return desk_time(session); },
        [&session](const runtime::Json& line) { session.out << runtime::json_line(line) << std::endl; });
    must(run.recover());
    if (asked.standard_input) drop_standard_input(folder);
    struct sigaction action {};
    action.sa_handler = stop;
    for (const int number : {SIGTERM, SIGINT}) ::sigaction(number, &action, nullptr);
    return work(asked, run, *sender);
}

void add_options(CLI::App& app, tools::Session& session, Asked& asked) {
    app.add_option("--config", session.config_file, "the suite's configuration")->envname("RIGHTSDESK_CONFIG")->default_val("var/etc/suite.toml");
    app.add_option("--as", session.as, "the bank feed whose key is in the keys' folder")->required();
    app.add_option("--folder", asked.folder, "the folder with in/, done/, set-aside/, waiting/; made when missing")->required();
    app.add_option("--profile", asked.profile, "the bank's dialect: a TOML file, or the name of one that is built in; else the one whose sender a file names, or generic");
    app.add_flag("--stdin", asked.standard_input, "take one file from standard input, through in/");
    app.add_flag("--once", asked.once, "end when nothing is left to take and everything has its receipt");
    app.add_option("--settle", asked.settle, "milliseconds that a file must not change before it is taken; 0 where all are renamed in")->capture_default_str()->check(CLI::Range(0, 600'000));
    app.add_option("--watermark-every", asked.watermark_every, "seconds between watermarks; 0: none. With --once one is told at the end")->capture_default_str();
    app.add_option("--watermark-behind", asked.watermark_behind, "seconds from the bank's knowing to in/: watermarks are so much behind the clock")->capture_default_str();
    app.add_option("--patience", asked.give_up_after, "with --once: seconds without any progress before it gives up")->capture_default_str()->check(CLI::PositiveNumber);
}

}  // namespace

int main(int count, char** values) {
    tools::Session session;
    Asked asked;
    CLI::App app(kAbout);
    add_options(app, session, asked);
    return tools::run_program(app, count, values, [&] { return feed(session, asked); });
}
