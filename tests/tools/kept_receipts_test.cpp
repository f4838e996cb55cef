// What the senders of this host were told is found wherever it lies, and what cannot be read is not taken for nothing.
#include "rightsdesk/kept_receipts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "bus/worlds.h"
#include "client/journal.h"
#include "client/outbox.h"
#include "wire/wire.h"

namespace rightsdesk::tools {
namespace {

struct KeptReceipts : testing::Test {
    static base::Bytes receipt_of(const std::string& source, std::uint64_t number) {
        domain::Receipt receipt;
        receipt.identity = {source, number};
        receipt.log = domain::kDesk;
        receipt.sequence = number;
        return wire::encode(domain::Reply{receipt.identity, receipt});
    }
    // "alice.3"
    base::Result<std::set<std::string>> found() {
        std::set<std::string> all;
        const auto seen = each_kept_receipt(outboxes, [&](const std::string&, const domain::Receipt& receipt) -> base::Result<> {
            all.insert(receipt.identity.source + "." + std::to_string(receipt.identity.sequence));
            return {};
        });
        if (!seen) return tl::unexpected(seen.error());
        return all;
    }

    bus::Folder folder;
    std::string outboxes = folder.file("outboxes");
};

TEST_F(KeptReceipts, are_found_in_outboxes_and_in_journals) {
    EXPECT_TRUE(found()->empty()) << "nobody has sent anything yet";
    auto alice = client::Outbox::open(outboxes + "/alice").value();
    ASSERT_TRUE(alice.keep(3, "intake", base::Bytes(std::string("a message"))));
    EXPECT_TRUE(found()->empty());
    ASSERT_TRUE(alice.settle(3, receipt_of("alice", 3)));
    const auto gateway = client::Journal::open(client::DirectoryFiles::open_folder(outboxes + "/fax-1/journal").value(), "fax-1").value();
    for (const std::uint64_t number : {1U, 2U, 3U}) {
        client::Message message;
        message.number = number;
        message.door = "intake";
        gateway->add(message);
    }
    ASSERT_TRUE(gateway->sync());
    for (const std::uint64_t number : {1U, 2U}) gateway->file(number, receipt_of("fax-1", number));
    ASSERT_TRUE(gateway->sync());
    EXPECT_EQ(found().value(), (std::set<std::string>{"alice.3", "fax-1.1", "fax-1.2"}));
}

TEST_F(KeptReceipts, what_cannot_be_read_is_told) {
    auto alice = client::Outbox::open(outboxes + "/alice").value();
    ASSERT_TRUE(alice.settle(1, receipt_of("alice", 1)));
    std::filesystem::create_directory(outboxes + "/alice/2.receipt");  // the system refuses to read it
    EXPECT_EQ(found().error().kind, base::ErrorKind::kUnavailable);
}

TEST_F(KeptReceipts, who_looks_may_end_it) {
    auto alice = client::Outbox::open(outboxes + "/alice").value();
    ASSERT_TRUE(alice.settle(1, receipt_of("alice", 1)));
    EXPECT_EQ(each_kept_receipt(outboxes, [](const std::string&, const domain::Receipt&) -> base::Result<> { return base::unavailable("no"); }).error().message, "no");
}

}  // namespace
}  // namespace rightsdesk::tools
