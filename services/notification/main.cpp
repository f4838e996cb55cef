// The composition root of notification: the only place that names concrete adapters.
#include <iostream>

#include "bus/zmq_bus.h"
#include "notification/curl_outside.h"
#include "notification/notification.h"
#include "runtime/process.h"
#include "store/redis_store.h"

using namespace rightsdesk;

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
    notification::Notification handler(notification::GoingOut(*ways, std::make_unique<notification::CurlOutside>(*ways)));
    runtime::DeskService service({handler, store, bus, clock, keys, *principals, &*heads}, *settings);
    return static_cast<int>(runtime::run(service));
}
