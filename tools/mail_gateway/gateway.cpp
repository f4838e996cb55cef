#include "mail_gateway/gateway.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <thread>

#include "mail_gateway/desk_time.h"
#include "mail_gateway/mail_run.h"
#include "runtime/log_line.h"
#include "runtime/process.h"

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::chrono::milliseconds kTurn{200};
constexpr std::chrono::milliseconds kListenTurn{200};
constexpr std::chrono::seconds kProgress{30};     // between lines about what waits

GatewayExit exit_for(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::kUnavailable:
        case base::ErrorKind::kConflict: return GatewayExit::kUnavailable;
        case base::ErrorKind::kCorrupt: return GatewayExit::kLeftBehind;
        case base::ErrorKind::kInvalid:
        case base::ErrorKind::kNotFound: return GatewayExit::kUnusable;
    }
    return GatewayExit::kUnusable;
}

GatewayExit end_with(const base::Error& error) {
    std::cerr << error.message << "\n";
    runtime::log_error("#ENDED", {{"reason", error.message}});
    return exit_for(error);
}

struct SeenByRun {
    std::size_t not_accepted = 0;
};

MailEvents logged_events(const std::string& source, SeenByRun& seen) {
    MailEvents events;
    // What it is about stands in taken/ID.json: a note may have an amount or a name in it.
    events.taken = [](const std::string& id, const MailItems& items) {
        const auto noted = std::count_if(items.items.begin(), items.items.end(), [](const MailItem& item) { return !item.note.empty(); });
        runtime::log_info("#MAIL_TAKEN", {{"mail", id}, {"items", items.items.size()}, {"with_a_note", noted}, {"aside", items.aside.size()}, {"notes", items.notes.size()}});
    };
    events.receipt = [source, &seen](const std::string& name, const client::Settled& settled) {
        const auto& receipt = settled.receipt;
        if (receipt.kind != domain::ReceiptKind::kAccepted && receipt.kind != domain::ReceiptKind::kDuplicate) ++seen.not_accepted;
        runtime::log_info(name.empty() ? "#WATERMARK" : "#RECEIPT", {{"item", name}, {"id", source + "." + std::to_string(settled.number)}, {"receipt", base::to_text(receipt.kind)},
                                                                     {"subject", receipt.subject}, {"status", receipt.status}, {"reasons", receipt.reasons}});
    };
    events.aside = [](const std::string& name, const std::string& why) { runtime::log_warning("#MAIL_ASIDE", {{"name", name}, {"why", why}}); };
    events.trouble = [](const std::string& text) { runtime::log_warning("#TROUBLE", {{"what", text}}); };
    return events;
}

// Tells the log what is kept; the intray does the keeping.
class LoggedKeeper final : public MailKeeper {
public:
    explicit LoggedKeeper(Intray& intray) : intray_(intray) {}
    base::Result<Keeping> keep(Arrival arrival) override {
        const std::string by = arrival.by;
        const std::size_t octets = arrival.message.size();
        const auto kept = intray_.keep(std::move(arrival));
        if (kept) runtime::log_info("#MAIL_KEPT", {{"by", by}, {"octets", octets}, {"before", *kept == Keeping::kKnown}});
        else runtime::log_warning("#MAIL_NOT_KEPT", {{"by", by}, {"octets", octets}, {"why", kept.error().message}});
        return kept;
    }

private:
    Intray& intray_;
};

// The listener's thread, as long as this lives.
class Listening {
public:
    explicit Listening(std::unique_ptr<LmtpListener> listener) : listener_(std::move(listener)) {
        if (listener_) {
            thread_ = std::thread([this] {
                while (!ends_) listener_->turn(kListenTurn);
                listener_->stop();
            });
        }
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() {
        ends_ = true;
        if (thread_.joinable()) thread_.join();
    }

private:
    std::unique_ptr<LmtpListener> listener_;
    std::atomic<bool> ends_{false};
    std::thread thread_;
};

base::Result<> check_principal(const tools::SuiteAccess& suite, const std::string& source) {
    const domain::Principal* principal = suite.principals().by_name(source);
    if (principal == nullptr) return base::invalid("there is no principal '" + source + "' (--as); rightsdesk keys shows them");
    const auto& roles = principal->roles;
    if (std::find(roles.begin(), roles.end(), domain::Role::kMailGateway) == roles.end()) return base::invalid("'" + source + "' has not the role mail_gateway");
    return {};
}

// Messages of single commands under the same name go out first, or their numbers would be used twice.
base::Result<> check_outbox(const client::Outbox& outbox, const MailOptions& options) {
    const auto pending = outbox.pending();
    if (!pending) return tl::unexpected(pending.error());
    if (pending->empty()) return {};
    return base::invalid(options.source + " has " + std::to_string(pending->size()) + " messages of single commands without a receipt: send them first, with the command that was interrupted or any other --as " + options.source);
}

base::Result<client::Sender::Doors> doors_of(const tools::SuiteAccess& suite) {
    client::Sender::Doors doors;
    for (const domain::ServiceName door : {domain::ServiceName::kIntake, domain::ServiceName::kPaymentClearing}) {
        const auto remotes = suite.doors_of(door);
        if (!remotes) return tl::unexpected(remotes.error());
        doors[base::to_text(door)] = *remotes;
    }
    return doors;
}

// With all that it holds; members end in the reverse order.
struct MailSender {
    std::unique_ptr<tools::SuiteAccess> suite;
    std::optional<client::Outbox> outbox;         // its lock keeps others from sending under the same name
    std::unique_ptr<client::Sender> sender;
};

base::Result<MailSender> open_sender(const MailOptions& options) {
    MailSender made;
    auto suite = tools::SuiteAccess::open(options.config);
    if (!suite) return tl::unexpected(suite.error());
    made.suite = std::move(*suite);
    if (const auto checked = check_principal(*made.suite, options.source); !checked) return tl::unexpected(checked.error());
    auto outbox = client::Outbox::open(made.suite->outbox_folder(options.source));
    if (!outbox) return tl::unexpected(outbox.error());
    made.outbox.emplace(std::move(*outbox));
    if (const auto checked = check_outbox(*made.outbox, options); !checked) return tl::unexpected(checked.error());
    const auto doors = doors_of(*made.suite);
    if (!doors) return tl::unexpected(doors.error());
    const auto key = made.suite->key_of(options.source);
    if (!key) return tl::unexpected(key.error());
    auto files = client::DirectoryFiles::open_folder(made.outbox->journal_folder());
    if (!files) return tl::unexpected(files.error());
    auto sender = client::Sender::open(made.suite->bus(), std::move(*files), options.source, *doors, *key, mail_sender_limits());
    if (!sender) return tl::unexpected(sender.error());
    made.sender = std::move(*sender);
    made.sender->number_from(std::max(made.outbox->next_sequence(), options.first_number));
    return made;
}

GatewayExit exit_of(const SeenByRun& seen, const MailRun& run) {
    if (run.left_behind() > 0) return GatewayExit::kLeftBehind;
    return seen.not_accepted > 0 ? GatewayExit::kRefused : GatewayExit::kStopped;
}

// Until it is told to stop, or with --once until nothing is left to do.
base::Result<GatewayExit> work(const MailOptions& options, MailRun& run, client::Sender& sender, const SeenByRun& seen) {
    using Clock = std::chrono::steady_clock;
    auto moved = Clock::now();
    auto told = Clock::now();
    bool asked = options.watermark_every == 0;
    while (!runtime::asked_to_stop()) {
        const auto done = run.step(kTurn);
        if (!done) return tl::unexpected(done.error());
        const auto now = Clock::now();
        if (*done > 0) moved = now;
        if (options.once && run.is_idle()) {
            if (asked) return exit_of(seen, run);
            asked = true;
            run.ask_for_watermark();
        }
        const auto status = sender.status();
        if (options.once && now - moved > std::chrono::seconds(options.patience)) {
            return base::unavailable(std::to_string(status.unsettled) + " items have no receipt yet; they are kept, and go out with the next run. Last: " + status.last_problem);
        }
        if (status.unsettled > 0 && now - told >= kProgress) {
            runtime::log_info("#WAITING", {{"items", status.unsettled}, {"on_their_way", status.on_their_way}});
            told = now;
        }
    }
    (void)sender.turn(std::chrono::milliseconds(0));  // what had come is filed, if the disk takes it
    return GatewayExit::kStopped;
}

// rightsdesk-read-mail lies beside this program.
std::string beside_this_program(const std::string& name) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return (error ? std::filesystem::path(".") : self.parent_path()) / name;
}

}  // namespace

GatewayExit run_gateway(const MailOptions& options) {
    runtime::start_logging("mail-gateway", options.log_file);
    runtime::watch_signals();
    auto sender = open_sender(options);
    if (!sender) return end_with(sender.error());
    const auto time = DeskTime::open(options.config);
    if (!time) return end_with(time.error());
    const auto intray = Intray::open(options.folder, [&time] { return (*time)->now(); });
    if (!intray) return end_with(intray.error());
    std::vector<Maildir> maildirs(options.maildirs.begin(), options.maildirs.end());
    for (const Maildir& maildir : maildirs) {
        if (const auto checked = maildir.check(); !checked) return end_with(checked.error());
    }

    ConfinedMailReader mail(beside_this_program("rightsdesk-read-mail"));
    feeds::ConfinedPageReader pages(options.read_page, options.templates);
    SeenByRun seen;
    MailRunSettings settings{options.source, std::chrono::seconds(options.watermark_every), std::chrono::seconds(options.watermark_behind)};
    MailRun run({**intray, *sender->sender, mail, pages}, maildirs, settings, logged_events(options.source, seen));
    if (const auto recovered = run.recover(); !recovered) return end_with(recovered.error());

    LoggedKeeper keeper(**intray);
    ListenerLimits limits;
    limits.lmtp.message_octets = options.message_octets;
    auto listener = options.listen.empty() ? base::Result<std::unique_ptr<LmtpListener>>(nullptr) : LmtpListener::open(keeper, options.listen, limits);
    if (!listener) return end_with(listener.error());
    runtime::log_info("#STARTED", {{"as", options.source}, {"folder", options.folder}, {"ports", *listener ? (*listener)->ports() : std::vector<std::uint16_t>()},
                                   {"unsettled", sender->sender->status().unsettled}});
    const Listening listening(std::move(*listener));
    const auto ended = work(options, run, *sender->sender, seen);
    if (!ended) return end_with(ended.error());
    runtime::log_info("#STOPPED", {{"unsettled", sender->sender->status().unsettled}, {"left_behind", run.left_behind()}});
    return *ended;
}

}  // namespace rightsdesk::mail_gateway
