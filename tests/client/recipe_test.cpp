// The recipe of the room's README is code: this runs it, and compares the text.
#include <gtest/gtest.h>

#include <atomic>
#include <iostream>
#include <set>
#include <thread>

#include "bus/key_file.h"
#include "bus/worlds.h"
#include "bus/zmq_bus.h"
#include "client/sender.h"
#include "support/files.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

// README begins
// Sends what `next` gives, until it gives nothing and everything has its receipt.
base::Result<> hand_over(const std::string& keys, const std::string& journal, const std::vector<std::string>& intakes,
                         const std::function<std::optional<domain::SubmitNotice>()>& next) {
    bus::ZmqBus bus;
    const auto key = bus::load_key_pair(keys + "/fax-1.key");
    const auto desk = bus::load_public_key(keys + "/intake.key");
    auto files = client::DirectoryFiles::open_folder(journal);
    if (!key || !desk || !files) return base::unavailable("no keys, or no journal");
    client::Sender::Doors doors;
    for (const std::string& intake : intakes) doors["intake"].push_back({intake, *desk});  // "tcp://10.0.0.5:7001": every instance
    const auto sender = client::Sender::open(bus, std::move(*files), "fax-1", doors, *key);
    if (!sender) return tl::unexpected(sender.error());
    auto notice = next();
    while (notice || (*sender)->status().unsettled > 0) {
        for (; notice && (*sender)->has_room(); notice = next()) {
            const auto number = (*sender)->submit({"intake", *notice, notice->stamp, notice->delivery});
            if (!number) return tl::unexpected(number.error());
        }
        const auto settled = (*sender)->turn(std::chrono::milliseconds(100));
        if (!settled && settled.error().kind != base::ErrorKind::kUnavailable) return tl::unexpected(settled.error());
        if (!settled) continue;  // the disk refuses: nothing is lost, try again
        for (const client::Settled& each : *settled) std::cout << each.label << ": " << to_text(each.receipt.kind) << "\n";
    }
    return {};
}
// README ends

TEST(Recipe, of_the_readme_is_this_code) {
    const std::string source = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/client/recipe_test.cpp");
    const std::string begin = "// README begins\n";
    const std::size_t from = source.find(begin) + begin.size();
    const std::string code = source.substr(from, source.find("// README ends") - from);
    const std::string readme = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/services/lib/client/README.md");
    EXPECT_NE(readme.find("```cpp\n" + code + "```"), std::string::npos) << "services/lib/client/README.md has another";
}

TEST(Recipe, of_the_readme_hands_over_every_notice) {
    bus::Folder folder;
    const auto server = bus::new_keys();
    const auto fax = bus::new_keys();
    ASSERT_TRUE(bus::save_key_pair(folder.file("intake.key"), server));
    ASSERT_TRUE(bus::save_key_pair(folder.file("fax-1.key"), fax));
    const std::string endpoint = "ipc://" + folder.file("door");
    std::atomic<bool> stop{false};
    std::set<std::string> heard;
    std::thread desk([&] {
        bus::ZmqBus inside;
        const auto door = inside.open_door(endpoint, server, bus::directory_of({{fax.public_key, "fax-1"}})).value();
        while (!stop) {
            inside.wait(std::chrono::milliseconds(5));
            for (const bus::Request& request : door->receive(100)) {
                const auto envelope = wire::decode_envelope(request.bytes).value();
                heard.insert(std::get<domain::SubmitNotice>(std::get<domain::Command>(envelope.body)).delivery);
                domain::Receipt receipt;
                receipt.identity = envelope.identity;
                door->answer(request.peer, wire::encode(domain::Reply{envelope.identity, receipt}));
            }
        }
    });
    int given = 0;
    const auto done = hand_over(folder.file(""), folder.file("journal"), {endpoint}, [&given]() -> std::optional<domain::SubmitNotice> {
        if (given == 20) return std::nullopt;
        domain::SubmitNotice notice;
        notice.delivery = "d-" + std::to_string(++given);
        return notice;
    });
    stop = true;
    desk.join();
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_EQ(heard.size(), 20U);
}

}  // namespace
}  // namespace rightsdesk
