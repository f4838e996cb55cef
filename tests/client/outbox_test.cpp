// The journal: what was given a number is on the disk before it is sent, and its number is nobody else's ever.
#include "client/outbox.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bus/worlds.h"
#include "client/journal.h"

namespace rightsdesk::client {
namespace {

using base::ErrorKind;
using bus::Bytes;

Bytes bytes(const std::string& text) { return Bytes(text); }

// "1 intake one, 3 notification three"
std::string text_of(const base::Result<std::vector<Pending>>& pending) {
    if (!pending) return "error: " + pending.error().message;
    std::string text;
    for (const Pending& message : *pending) {
        text += (text.empty() ? "" : ", ") + std::to_string(message.sequence) + " " + message.to + " " + message.bytes.value;
    }
    return text;
}

class OutboxTest : public testing::Test {
protected:
    Outbox open() {
        auto opened = Outbox::open(path);
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(*opened);
    }
    void write(const std::string& name, const std::string& text) { std::ofstream(path + "/" + name) << text; }

    bus::Folder folder;
    std::string path = folder.file("outboxes/fax-1");
};

TEST_F(OutboxTest, a_new_outbox_is_empty_and_begins_with_1) {
    const Outbox box = open();
    EXPECT_EQ(box.next_sequence(), 1U);
    EXPECT_EQ(text_of(box.pending()), "");
    EXPECT_EQ(box.receipt(1), std::nullopt);
}

TEST_F(OutboxTest, what_is_kept_is_pending_until_its_receipt_is_filed_oldest_first) {
    Outbox box = open();
    ASSERT_TRUE(box.keep(1, "intake", bytes("one")));
    ASSERT_TRUE(box.keep(2, "intake", bytes("two")));
    ASSERT_TRUE(box.keep(10, "notification", bytes("ten")));
    EXPECT_EQ(text_of(box.pending()), "1 intake one, 2 intake two, 10 notification ten");
    ASSERT_TRUE(box.settle(2, bytes("receipt of two")));
    EXPECT_EQ(text_of(box.pending()), "1 intake one, 10 notification ten");
    EXPECT_EQ(box.receipt(2), bytes("receipt of two"));
    EXPECT_EQ(box.next_sequence(), 11U);
}

TEST_F(OutboxTest, gives_out_no_number_while_it_cannot_see_which_are_used) {
    open();
    std::filesystem::create_symlink("journal", path + "/journal");  // leads nowhere but to itself
    const auto opened = Outbox::open(path);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::kUnavailable) << opened.error().message;
}

TEST_F(OutboxTest, a_message_that_cannot_be_read_is_told_and_not_sent_empty) {
    Outbox box = open();
    std::filesystem::create_directory(path + "/1.intake.message");  // the system refuses to read it
    EXPECT_EQ(box.pending().error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(box.keep(1, "intake", bytes("one")).error().kind, ErrorKind::kUnavailable);
}

TEST_F(OutboxTest, everything_survives_reopening) {
    const std::string octets("\0\xff\n message", 11);
    {
        Outbox box = open();
        ASSERT_TRUE(box.keep(1, "intake", bytes("one")));
        ASSERT_TRUE(box.settle(1, bytes("receipt")));
        ASSERT_TRUE(box.keep(2, "intake", bytes(octets)));
    }
    const Outbox box = open();
    EXPECT_EQ(text_of(box.pending()), "2 intake " + octets);
    EXPECT_EQ(box.receipt(1), bytes("receipt"));
    EXPECT_EQ(box.next_sequence(), 3U);
}

TEST_F(OutboxTest, keeping_the_same_again_changes_nothing_and_another_under_its_number_is_a_conflict) {
    Outbox box = open();
    ASSERT_TRUE(box.keep(1, "intake", bytes("one")));
    EXPECT_TRUE(box.keep(1, "intake", bytes("one")));
    for (const auto& [to, text] : {std::pair("intake", "other"), std::pair("notification", "one")}) {
        const auto kept = box.keep(1, to, bytes(text));
        ASSERT_FALSE(kept) << to;
        EXPECT_EQ(kept.error().kind, ErrorKind::kConflict);
    }
    EXPECT_EQ(text_of(box.pending()), "1 intake one");
}

TEST_F(OutboxTest, a_settled_number_is_not_given_out_or_taken_again) {
    {
        Outbox box = open();
        ASSERT_TRUE(box.keep(1, "intake", bytes("one")));
        ASSERT_TRUE(box.settle(1, bytes("receipt")));
    }
    Outbox box = open();
    EXPECT_EQ(box.next_sequence(), 2U);
    const auto kept = box.keep(1, "intake", bytes("other"));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, ErrorKind::kConflict);
    EXPECT_EQ(box.receipt(1), bytes("receipt"));
}

TEST_F(OutboxTest, a_write_that_was_torn_off_is_not_pending_and_its_number_not_used_again) {
    { (void)open(); }
    write("17.intake.message.part", "half a mess");
    write("9.receipt.part", "half a rec");
    Outbox box = open();
    EXPECT_EQ(text_of(box.pending()), "");
    EXPECT_EQ(box.receipt(9), std::nullopt);
    EXPECT_EQ(box.next_sequence(), 18U) << "nobody knows whether half of it went out";
    ASSERT_TRUE(box.keep(17, "intake", bytes("whole")));
    EXPECT_EQ(text_of(box.pending()), "17 intake whole");
}

TEST_F(OutboxTest, a_receipt_torn_off_leaves_its_message_pending) {
    {
        Outbox box = open();
        ASSERT_TRUE(box.keep(1, "intake", bytes("one")));
    }
    write("1.receipt.part", "half");
    Outbox box = open();
    EXPECT_EQ(text_of(box.pending()), "1 intake one");
    ASSERT_TRUE(box.settle(1, bytes("receipt")));
    EXPECT_EQ(box.receipt(1), bytes("receipt"));
}

TEST_F(OutboxTest, gives_out_no_number_that_the_journal_of_the_same_sender_has_used) {
    {
        Outbox box = open();
        ASSERT_TRUE(box.keep(3, "intake", bytes("three")));
        const auto journal = Journal::open(DirectoryFiles::open_folder(box.journal_folder()).value(), "fax-1").value();
        journal->number_from(box.next_sequence());
        EXPECT_EQ(journal->next_number(), 4U);
        journal->add({4, "intake", "", std::nullopt, std::nullopt, bytes("four")});
        ASSERT_TRUE(journal->sync());
    }
    { EXPECT_EQ(open().next_sequence(), 5U); }
    write("journal/00000001.journal", std::string(1'000, '?'));
    const auto refused = Outbox::open(path);
    ASSERT_FALSE(refused) << "it does not know which numbers are used";
    EXPECT_EQ(refused.error().kind, ErrorKind::kCorrupt);
}

TEST_F(OutboxTest, files_that_are_not_its_own_do_no_harm) {
    { (void)open(); }
    for (const char* name : {"README", "12", "x.message", "5.message", "99999999999999999999.intake.message", ".message"}) write(name, "not ours");
    Outbox box = open();
    ASSERT_TRUE(box.keep(100, "intake", bytes("ours")));
    EXPECT_EQ(text_of(box.pending()), "100 intake ours");
}

TEST_F(OutboxTest, messages_and_receipts_are_readable_by_their_owner_only) {
    Outbox box = open();
    ASSERT_TRUE(box.keep(1, "intake", bytes("a holder's name and address")));
    ASSERT_TRUE(box.settle(1, bytes("receipt")));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        ++files;
        EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
    }
    EXPECT_EQ(files, 3) << "message, receipt and lock";
}

TEST_F(OutboxTest, one_process_at_a_time_may_send_from_it) {
    std::optional<Outbox> box = open();
    const auto second = Outbox::open(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(second.error().message.find(path), std::string::npos) << second.error().message;
    Outbox moved(std::move(*box));
    box.reset();
    EXPECT_FALSE(Outbox::open(path)) << "it went with the outbox";
}

// The lock is the kernel's: a sender that was killed leaves none, and what it kept is there.
TEST_F(OutboxTest, a_killed_senders_outbox_is_taken_over_with_all_that_it_kept) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t sender = ::fork();
    if (sender == 0) {
        auto box = Outbox::open(path);
        const bool kept = box && box->keep(1, "intake", bytes("one")) && box->keep(2, "intake", bytes("two"));
        const char word = kept ? 'y' : 'n';
        if (::write(ready[1], &word, 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char word = '?';
    ASSERT_EQ(::read(ready[0], &word, 1), 1);
    EXPECT_EQ(word, 'y');
    EXPECT_FALSE(Outbox::open(path)) << "its owner lives";
    ASSERT_EQ(::kill(sender, SIGKILL), 0);
    ASSERT_EQ(::waitpid(sender, nullptr, 0), sender);
    ::close(ready[0]);
    ::close(ready[1]);
    const Outbox box = open();
    EXPECT_EQ(text_of(box.pending()), "1 intake one, 2 intake two");
    EXPECT_EQ(box.next_sequence(), 3U);
}

TEST_F(OutboxTest, a_place_where_no_folder_can_be_is_said) {
    std::ofstream(folder.file("file")) << "x";
    const auto opened = Outbox::open(folder.file("file"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(opened.error().message.find(folder.file("file")), std::string::npos) << opened.error().message;
}

TEST_F(OutboxTest, a_folder_that_went_away_is_an_error_and_nothing_counts_as_kept) {
    Outbox box = open();
    std::filesystem::remove_all(path);
    const auto kept = box.keep(1, "intake", bytes("one"));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(box.next_sequence(), 1U);
    EXPECT_FALSE(box.pending());
}

}  // namespace
}  // namespace rightsdesk::client
