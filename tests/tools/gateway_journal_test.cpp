// A journal's settled segments are moved away whole; a move that was interrupted is finished by the next.
#include "rightsdesk/gateway_journal.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "bus/worlds.h"
#include "client/journal.h"
#include "support/files.h"

namespace rightsdesk::tools {
namespace {

namespace fs = std::filesystem;

struct ArchivedJournal : testing::Test {
    // Several segments, of which the first are settled.
    ArchivedJournal() {
        const auto journal = client::Journal::open(client::DirectoryFiles::open_folder(path).value(), "fax-1", {1}).value();
        for (const std::uint64_t number : {1U, 2U}) {
            client::Message message;
            message.number = number;
            message.door = "intake";
            journal->add(message);
            if (!journal->sync()) throw std::runtime_error("no journal for the test");
            journal->file(number, base::Bytes(std::string("a receipt")));
        }
        if (!journal->sync()) throw std::runtime_error("no journal for the test");
        const auto found = client::segments_of(*client::DirectoryFiles::look_into(path));
        for (const client::Segment& segment : found.value()) segments.push_back(segment.name);
    }

    bus::Folder folder;
    std::string path = folder.file("journal");
    std::string archive = folder.file("archive");
    std::vector<std::string> segments;
    Session session;
};

TEST_F(ArchivedJournal, an_interrupted_move_is_finished) {
    ASSERT_GT(segments.size(), 1U);
    const std::string octets = support::text_of_file(path + "/" + segments[0]);
    fs::create_directories(archive);
    fs::copy_file(path + "/" + segments[0], archive + "/" + segments[0]);  // and then it died
    EXPECT_EQ(archive_journal(session, path, archive), Exit::kGood);
    EXPECT_FALSE(fs::exists(path + "/" + segments[0]));
    EXPECT_EQ(support::text_of_file(archive + "/" + segments[0]), octets);
    EXPECT_TRUE(client::Journal::look(client::DirectoryFiles::look_into(path))) << "what is needed is still there";
}

TEST_F(ArchivedJournal, never_writes_over_another_journals_segment) {
    fs::create_directories(archive);
    support::write_file(archive + "/" + segments[0], "another's");
    EXPECT_THROW(archive_journal(session, path, archive), Ending);
    EXPECT_EQ(support::text_of_file(archive + "/" + segments[0]), "another's");
    EXPECT_TRUE(fs::exists(path + "/" + segments[0]));
}

}  // namespace
}  // namespace rightsdesk::tools
