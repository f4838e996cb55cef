// rightsdesk top: an offering's board in a terminal, live. It follows the desk as the console does: feeds are hints, the log is the truth.
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <future>

#include "console/follower.h"
#include "rightsdesk/session.h"
#include "rightsdesk/top_screen.h"
#include "runtime/process.h"
#include "store/redis_store.h"

namespace rightsdesk::tools {

namespace {

using runtime::Json;

constexpr std::chrono::milliseconds kRedrawEvery{500};
constexpr std::chrono::seconds kFirstLook{30};      // until the log has been read once
constexpr std::chrono::seconds kFirstWord{3};       // until every service has been heard; then what is silent is told as it is
constexpr std::chrono::seconds kAnswerPatience{5};

console::FollowerSettings settings_of(SuiteAccess& suite, const std::string& who) {
    console::FollowerSettings settings;
    settings.clock = suite.config().clock;
    settings.key = must(suite.key_of(who));
    settings.services = must(console::followed_services(suite.config(), suite.principals()));
    return settings;
}

// Every section as it is now; nothing while the offering's log has not been read to its end once.
std::optional<Json> board_of(console::Follower& follower, const domain::OfferingId& offering, bool& opened) {
    // Shared: an answer that comes too late finds its place still there.
    const auto told = std::make_shared<std::promise<std::optional<Json>>>();
    auto answer = told->get_future();
    const bool asked = follower.ask([told, offering, open = !opened](console::Follower& followed) {
        if (followed.board(offering) == nullptr) return told->set_value(std::nullopt);
        if (open) followed.open(offering);  // so that its projection is kept up
        Json board = Json::object();
        for (const std::string& name : base::enum_texts<console::Section>()) board[name] = followed.section(offering, *base::enum_from_text<console::Section>(name));
        told->set_value(std::move(board));
    });
    if (!asked || answer.wait_for(kAnswerPatience) != std::future_status::ready) throw Ending{Exit::kUnavailable, "the log could not be followed; try again"};
    std::optional<Json> board = answer.get();
    opened = opened || board.has_value();
    if (!board || (*board)["head"].value("catching_up", true)) return std::nullopt;
    return board;
}

// The terminal as it is while the screen is drawn; as it was, when it goes.
class Terminal {
public:
    explicit Terminal(std::ostream& out) : out_(out), known_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (known_) {
            termios raw = before_;
            raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
            ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
        }
        out_ << "\x1b[?1049h\x1b[?25l" << std::flush;
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        out_ << "\x1b[?25h\x1b[?1049l" << std::flush;
        if (known_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }

    void draw(const std::vector<std::string>& lines) {
        out_ << "\x1b[H";
        for (std::size_t at = 0; at < lines.size(); ++at) out_ << (at == 0 ? "" : "\r\n") << lines[at] << "\x1b[K";
        out_ << "\x1b[J" << std::flush;
    }
    // Waits for a key until the next drawing is due; true: the person has seen enough.
    static bool asked_to_end() {
        pollfd keys{STDIN_FILENO, POLLIN, 0};
        if (::poll(&keys, 1, static_cast<int>(kRedrawEvery.count())) <= 0) return false;
        char key = 'q';
        return ::read(STDIN_FILENO, &key, 1) <= 0 || key == 'q' || key == 'Q';
    }
    static ScreenSize size() {
        winsize window{};
        ScreenSize size;
        if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 && window.ws_row > 0) size = {window.ws_col, window.ws_row};
        return size;
    }

private:
    std::ostream& out_;
    termios before_{};
    bool known_;
};

Json first_look(console::Follower& follower, const std::string& offering, bool& opened) {
    const auto began = std::chrono::steady_clock::now();
    for (;;) {
        const auto waited = std::chrono::steady_clock::now() - began;
        auto board = board_of(follower, offering, opened);
        if (board && (waited > kFirstWord || !(*board)["head"].value("stale", true))) return std::move(*board);
        if (runtime::asked_to_stop()) throw Ending{Exit::kGood, ""};
        if (waited > kFirstLook) throw Ending{Exit::kUnavailable, offering + ": its log could not be read to its end in 30 s; does Redis answer? rightsdesk status"};
        ::poll(nullptr, 0, 50);
    }
}

Exit watch(Session& session, console::Follower& follower, const std::string& offering, Json board, bool& opened) {
    Terminal terminal(session.out);
    while (!runtime::asked_to_stop()) {
        terminal.draw(screen_of(board, Terminal::size(), true));
        if (Terminal::asked_to_end()) break;
        if (auto next = board_of(follower, offering, opened)) board = std::move(*next);
    }
    return Exit::kGood;
}

Exit top(Session& session, const std::string& named, bool once) {
    const std::string offering = session.offering_or_only(named);
    const std::string who = session.actor("reader");
    SuiteAccess& suite = session.suite();
    const bool live = !once && !session.json;
    if (live && ::isatty(STDOUT_FILENO) == 0) throw Ending{Exit::kUnusable, "standard output is no terminal; --once prints one screen, --json the same as JSON"};
    runtime::watch_signals();
    const runtime::SystemClock clock;
    console::Measured measured;
    console::Follower follower(settings_of(suite, who), suite.bus(), std::make_unique<store::RedisStore>(must(suite.config().redis_as("reader"))), clock, measured,
                               [](const domain::OfferingId&, const std::vector<console::SentSection>&) {});
    must(follower.start());
    bool opened = false;
    Json board = first_look(follower, offering, opened);
    Exit end = Exit::kGood;
    if (live) end = watch(session, follower, offering, std::move(board), opened);
    else if (session.json) session.out << runtime::json_text(board) << "\n";
    else {
        for (const std::string& line : screen_of(board, {120, 60}, false)) session.out << line << "\n";
    }
    follower.stop();
    return end;
}

}  // namespace

void add_top(CLI::App& app, Session& session) {
    auto offering = std::make_shared<std::string>();
    auto once = std::make_shared<bool>(false);
    CLI::App* command = subcommand(app, "top", "an offering's board in the terminal, live: clocks, funnel, proration, alerts, suspense, guarantors, and what can still be saved, soonest first; q ends it. The lists are there where the terminal is tall enough", "top rare-medium-2002");
    command->add_option("OFFERING", *offering, "the offering; not needed where there is one");
    command->add_flag("--once", *once, "print one screen and end");
    command->callback([&session, offering, once] { session.run = [offering, once](Session& run) { return top(run, *offering, *once); }; });
}

}  // namespace rightsdesk::tools
