// The composition root of notification: the only place that names concrete adapters.
#include <iostream>
#include <optional>
#include <thread>

#include "bus/zmq_bus.h"
#include "notification/curl_outside.h"
#include "notification/notification.h"
#include "notification/trouble_teller.h"
#include "runtime/log_line.h"
#include "runtime/process.h"
#include "store/redis_store.h"

using namespace rightsdesk;

namespace {

constexpr std::chrono::milliseconds kStoreLook{250};

// Every process' feed, this one's among them.
notification::TellerSettings teller_settings(const runtime::SuiteConfig& config, const runtime::Principals& principals, const runtime::ServiceSettings& settings, const std::string& own) {
    notification::TellerSettings teller{{}, settings.key, own};
    for (const auto& [service, endpoints] : config.services) {
        for (const runtime::InstanceEndpoints& instance : endpoints.instances()) {
            teller.feeds[runtime::process_name(service, instance.name)] = {instance.feed, principals.public_key_of(service).value_or("")};
        }
    }
    return teller;
}

std::set<std::string> names_of(const std::map<std::string, bus::Remote>& feeds) {
    std::set<std::string> names;
    for (const auto& [name, feed] : feeds) names.insert(name);
    return names;
}

// The service cannot run without the store, and ends; who is told that the store is away must not end with it. Until the store answers.
void stand_in(store::Store& store, notification::TroubleTeller& teller) {
    for (bool told = false; !runtime::asked_to_stop(); told = true) {
        const auto said = store.durability();
        if (said && said->problem.empty()) return;
        const std::string what = said ? said->problem : said.error().message;
        if (!told) runtime::log_error("#STANDING_IN", {{"reason", what}});
        teller.says(said ? "store_not_durable" : "store_unreachable", what, "mend the store (deploy/RUNBOOK.md, 'the store'): notification and whatever else has ended starts again then");
        std::this_thread::sleep_for(kStoreLook);
    }
}

}  // namespace

int main(int count, char** values) {
    const std::string name = "notification";
    const auto arguments = runtime::parse_arguments(count, values, name, [](const runtime::SuiteConfig& config) -> base::Result<> {
        const auto ways = notification::load_ways(config.ways_out);
        return ways ? base::Result<>() : tl::unexpected(ways.error());
    });
    if (!arguments) return static_cast<int>(arguments.error());
    const auto config = runtime::load_configuration(*arguments, name);
    if (!config) return static_cast<int>(config.error());
    const auto principals = runtime::Principals::load(config->principals_file());
    const auto redis = config->redis_as(name);
    const auto settings = principals.and_then([&](const auto& known) { return runtime::settings_for(*config, known, *arguments, name); });
    const auto heads = runtime::signed_heads(*config);
    const auto ways = notification::load_ways(config->ways_out);
    if (!principals || !redis || !settings || !heads || !ways) {
        std::cerr << (!principals ? principals.error() : !redis ? redis.error() : !settings ? settings.error() : !heads ? heads.error() : ways.error()).message << "\n";
        return static_cast<int>(runtime::ExitCode::kUsage);
    }

    store::RedisStore store(*redis);
    bus::ZmqBus bus;
    runtime::SystemClock clock;
    runtime::KeyRing keys(config->offering_keys, config->offering_keys_mirror);
    const auto going_out = [&] { return notification::GoingOut(*ways, std::make_unique<notification::CurlOutside>(*ways)); };
    const std::string file = runtime::troubles_file(config->watch.run_folder);
    std::optional<notification::TroubleTeller> teller;  // where there are ways
    if (!ways->empty()) {
        auto seat = teller_settings(*config, *principals, *settings, runtime::process_name(name, arguments->instance));
        notification::TellingTroubles telling(file, names_of(seat.feeds), going_out());
        teller.emplace(std::move(seat), [] { return std::make_unique<bus::ZmqBus>(); }, clock, std::move(telling));
    }
    notification::Notification handler(going_out(), notification::TroubleRecords(file), [&teller] { return teller ? teller->counts() : notification::CountsByWay(); });
    const auto code = [&] {
        runtime::DeskService service({handler, store, bus, clock, keys, *principals, &*heads}, *settings);
        return runtime::run(service);
    }();
    if (code == runtime::ExitCode::kUnavailable && teller) stand_in(store, *teller);
    return static_cast<int>(code);
}
