// The composition root of the console: the only place that names concrete adapters.
#include <filesystem>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "bus/key_file.h"
#include "bus/zmq_bus.h"
#include "console/gateway.h"
#include "console/http_server.h"
#include "documents/directory_documents.h"
#include "runtime/admin_seat.h"
#include "runtime/log_line.h"
#include "runtime/process.h"
#include "store/redis_store.h"

using namespace rightsdesk;

namespace {

struct Asked {
    std::string config, log_file, operators, page, read_page, principal = "console";
    std::string address = "127.0.0.1";
    std::uint16_t port = 8480;
    std::vector<std::string> hosts;
    bool secure = false, check_only = false;
};

tl::expected<Asked, runtime::ExitCode> read_arguments(int count, char** values) {
    Asked asked;
    CLI::App app("rightsdesk console: the board, as a web page over HTTP. It reads the feeds and the logs and sends commands through the doors; it writes nothing to the store.\n"
                 "TLS is a proxy's or a tunnel's in front of it (services/console/README.md).\n"
                 "Exit codes: 0 stopped, 2 wrong arguments or configuration, 3 cannot start now.\n"
                 "Example: rightsdesk-console --config var/etc/suite.toml --port 8480");
    app.add_option("--config", asked.config, "the suite's configuration (suite.toml)")->required()->check(CLI::ExistingFile);
    app.add_option("--log", asked.log_file, "log file; standard error by default");
    app.add_option("--listen", asked.address, "the address to listen on; another than a loopback address only behind a firewall and TLS")->capture_default_str();
    app.add_option("--port", asked.port, "the port; 0: any that is free, which the log tells")->capture_default_str();
    app.add_option("--host", asked.hosts, "a name, with its port where that is not the scheme's own, under which boards come; besides localhost and 127.0.0.1 with the port. May be given several times");
    app.add_flag("--secure", asked.secure, "TLS is in front: cookies travel by it alone");
    app.add_option("--operators", asked.operators, "who may sign in (rightsdesk operators); operators.toml beside the configuration by default");
    app.add_option("--page", asked.page, "the folder of the page; console_page beside this program by default");
    app.add_option("--read-page", asked.read_page, "the program that draws a PDF's pages, in confinement; rightsdesk-read-page beside this program by default");
    app.add_option("--as", asked.principal, "the principal whose key it has, which acts for others")->capture_default_str();
    app.add_flag("--check-config", asked.check_only, "check configuration, keys, operators and page, say what is wrong, and end");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? runtime::ExitCode::kStopped : runtime::ExitCode::kUsage);
    }
    if (asked.operators.empty()) asked.operators = (std::filesystem::path(asked.config).parent_path() / "operators.toml").string();
    std::error_code ignored;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    if (asked.page.empty()) asked.page = (beside / "console_page").string();
    if (asked.read_page.empty()) asked.read_page = (beside / "rightsdesk-read-page").string();
    return asked;
}

// All that is read before anything runs.
struct Prepared {
    runtime::SuiteConfig config;
    store::RedisConfig redis;
    console::PageFiles pages;
    console::FollowerSettings follower;
    std::map<domain::ServiceName, std::vector<bus::Remote>> doors;
};

base::Result<> read_endpoints(const runtime::Principals& principals, Prepared& prepared) {
    auto followed = console::followed_services(prepared.config, principals);
    if (!followed) return tl::unexpected(followed.error());
    prepared.follower.services = std::move(*followed);
    for (const auto& [name, endpoints] : prepared.config.services) {
        const auto known = base::enum_from_text<domain::ServiceName>(name);
        if (!known) continue;
        for (const runtime::InstanceEndpoints& instance : endpoints.instances()) prepared.doors[*known].push_back({instance.door, *principals.public_key_of(name)});
    }
    return {};
}

base::Result<Prepared> prepare(const Asked& asked) {
    auto config = runtime::load_suite_config(asked.config);
    if (!config) return tl::unexpected(config.error());
    Prepared prepared{std::move(*config), {}, {}, {}, {}};
    const auto principals = runtime::Principals::load(prepared.config.principals_file());
    if (!principals) return tl::unexpected(principals.error());
    const domain::Principal* own = principals->by_name(asked.principal);
    if (own == nullptr || !own->acts_for_others) {
        return base::invalid(prepared.config.principals_file() + ": there must be a principal '" + asked.principal + "' with acts_for_others = true (rightsdesk keys make adds it)");
    }
    auto key = bus::load_key_pair(prepared.config.key_file(asked.principal));
    if (!key) return tl::unexpected(key.error());
    auto redis = prepared.config.redis_as("reader");
    if (!redis) return tl::unexpected(redis.error());
    auto pages = console::PageFiles::load(asked.page);
    if (!pages) return tl::unexpected(pages.error());
    const auto operators = runtime::Operators::load(asked.operators);
    if (!operators && operators.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(operators.error());
    prepared.redis = *redis;
    prepared.pages = std::move(*pages);
    prepared.follower.clock = prepared.config.clock;
    prepared.follower.key = *key;
    if (const auto read = read_endpoints(*principals, prepared); !read) return tl::unexpected(read.error());
    return prepared;
}

std::set<std::string> hosts_of(const Asked& asked, std::uint16_t port) {
    std::set<std::string> hosts(asked.hosts.begin(), asked.hosts.end());
    for (const char* name : {"127.0.0.1", "localhost", "[::1]"}) hosts.insert(std::string(name) + ":" + std::to_string(port));
    return hosts;
}

runtime::Snapshot snapshot_of(const console::FollowerState& state, const console::Measured& measured, const console::Gateway& gateway, const console::StreamCounts& streamed) {
    using runtime::MetricKind;
    runtime::Snapshot snapshot = console::snapshot_of(state);
    measured.tell(snapshot.figures);
    gateway.tell(snapshot.figures);
    snapshot.figures.add(MetricKind::kBoardEventsTotal, static_cast<double>(streamed.events));
    snapshot.figures.add(MetricKind::kBoardEventsReplacedTotal, static_cast<double>(streamed.replaced));
    snapshot.figures.add(MetricKind::kBoardBytesTotal, static_cast<double>(streamed.octets));
    return snapshot;
}

base::Result<> serve(const Asked& asked, Prepared& prepared) {
    runtime::SystemClock clock;
    console::Measured measured;
    runtime::AdminSeat admin(prepared.config.console_admin, "console", runtime::kFirstInstance, clock);
    bus::ZmqBus feeds;
    documents::DirectoryDocuments documents(prepared.config.documents);
    const auto make_store = [&prepared]() -> std::unique_ptr<store::Store> { return std::make_unique<store::RedisStore>(prepared.redis); };
    std::unique_ptr<console::Gateway> gateway;
    auto server = console::HttpServer::listen(asked.address, asked.port, [&gateway](console::HttpRequest request, const std::shared_ptr<console::Exchange>& exchange) {
        if (gateway != nullptr) gateway->handle(std::move(request), exchange);
    });
    if (!server) return tl::unexpected(server.error());
    console::HttpServer& http = **server;
    auto follower = std::make_unique<console::Follower>(prepared.follower, feeds, make_store(), clock, measured, [&http, &gateway](const domain::OfferingId& offering, std::vector<console::SentSection> sections) {
        http.post([&gateway, offering, sections = std::move(sections)] {
            if (gateway != nullptr) gateway->publish(offering, sections);
        });
    });
    auto doors = std::make_unique<console::Doors>(prepared.doors, asked.principal, prepared.follower.key, [] { return std::make_unique<bus::ZmqBus>(); });
    auto made = console::Gateway::make({asked.operators, hosts_of(asked, http.port()), asked.secure, prepared.config.clock, prepared.config.offering_keys, asked.read_page},
                                       {*follower, *doors, documents, prepared.pages, clock, measured, make_store, [&http](std::function<void()> work) { http.post(std::move(work)); }});
    if (!made) return tl::unexpected(made.error());
    gateway = std::move(*made);
    if (const auto started = follower->start(); !started) return started;
    runtime::log_info("#STARTED", {{"address", asked.address}, {"port", http.port()}, {"operators", asked.operators}, {"page", asked.page}, {"secure", asked.secure}});
    std::uint64_t looks = 0;
    http.run([&] {
        gateway->every_second();
        // A turn of the console is one of both its threads: where the follower stands still, this stands still.
        const console::FollowerState state = follower->state();
        if (std::exchange(looks, state.looks) != state.looks) admin.turned([&] { return snapshot_of(state, measured, *gateway, http.streamed()); });
        if (runtime::asked_to_stop()) http.stop();
    });
    // Who asks before who is asked; connections, which the others' unfinished work still holds, last.
    follower->stop();
    gateway.reset();
    doors.reset();
    follower.reset();
    runtime::log_info("#STOPPED");
    return {};
}

}  // namespace

int main(int count, char** values) {
    const auto asked = read_arguments(count, values);
    if (!asked) return static_cast<int>(asked.error());
    if (!asked->check_only) runtime::start_logging("console", asked->log_file);
    auto prepared = prepare(*asked);
    if (!prepared) return static_cast<int>(runtime::fail(prepared.error()));
    if (asked->check_only) {
        std::cout << asked->config << ": good\n";
        return 0;
    }
    runtime::watch_signals();
    if (const auto served = serve(*asked, *prepared); !served) return static_cast<int>(runtime::fail(served.error()));
    return 0;
}
