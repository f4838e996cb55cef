// The composition root of intake: the only place that names concrete adapters.
#include <iostream>

#include "bus/zmq_bus.h"
#include "documents/directory_documents.h"
#include "documents/mirrored_documents.h"
#include "intake/intake.h"
#include "runtime/process.h"
#include "store/redis_store.h"

using namespace rightsdesk;

int main(int count, char** values) {
    const std::string name = "intake";
    const auto arguments = runtime::parse_arguments(count, values, name);
    if (!arguments) return static_cast<int>(arguments.error());
    const auto config = runtime::load_configuration(*arguments, name);
    if (!config) return static_cast<int>(config.error());
    const auto principals = runtime::Principals::load(config->principals_file());
    const auto redis = config->redis_as(name);
    const auto settings = principals.and_then([&](const auto& known) { return runtime::settings_for(*config, known, *arguments, name); });
    const auto heads = runtime::signed_heads(*config);
    if (!principals || !redis || !settings || !heads) {
        std::cerr << (!principals ? principals.error() : !redis ? redis.error() : !settings ? settings.error() : heads.error()).message << "\n";
        return static_cast<int>(runtime::ExitCode::kUsage);
    }

    store::RedisStore store(*redis);
    bus::ZmqBus bus;
    documents::DirectoryDocuments own(config->documents);
    documents::DirectoryDocuments mirror(config->documents_mirror);
    documents::MirroredDocuments mirrored(own, mirror);
    documents::Documents& documents = config->documents_mirror.empty() ? static_cast<documents::Documents&>(own) : mirrored;
    runtime::SystemClock clock;
    runtime::KeyRing keys(config->offering_keys, config->offering_keys_mirror);
    intake::Intake handler(documents);
    runtime::DeskService service({handler, store, bus, clock, keys, *principals, &*heads}, *settings);
    return static_cast<int>(runtime::run(service));
}
