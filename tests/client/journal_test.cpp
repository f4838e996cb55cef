// What a crash, a full disk and a bad one leave of a journal: at every octet.
#include "client/journal.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "bus/worlds.h"
#include "client/checksum.h"
#include "client/memory_files.h"

namespace rightsdesk::client {
namespace {

using base::ErrorKind;

Message message_of(std::uint64_t number, std::size_t octets = 40) {
    return {number, "intake", "fax-" + std::to_string(number) + ".txt", domain::Instant(static_cast<std::int64_t>(number) * 1'000), std::nullopt,
            base::Bytes(std::string(octets, static_cast<char>('a' + number % 26)))};
}
base::Bytes receipt_for(std::uint64_t number) { return base::Bytes("receipt of " + std::to_string(number)); }

base::Result<std::unique_ptr<Journal>> open_on(MemoryDisk& disk, std::uint64_t segment_octets = 64U * 1024U * 1024U) {
    return Journal::open(std::make_unique<MemoryFiles>(disk), "fax-1", {segment_octets});
}

std::vector<std::uint64_t> numbers_of(const Journal& journal) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, message] : journal.unsettled()) numbers.push_back(number);
    return numbers;
}

// Three batches: 1 and 2; 3 and the receipt of 1; 4.
MemoryDisk three_batches() {
    MemoryDisk disk;
    const auto journal = open_on(disk).value();
    journal->add(message_of(1));
    journal->add(message_of(2));
    EXPECT_TRUE(journal->sync());
    journal->add(message_of(3));
    journal->file(1, receipt_for(1));
    EXPECT_EQ(journal->sync().value(), std::vector<std::uint64_t>{1});
    journal->add(message_of(4));
    EXPECT_TRUE(journal->sync());
    return disk;
}

const std::string kFirst = "00000001.journal";

TEST(Checksum, is_that_of_zlib) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926U) << "the check value of CRC-32/ISO-HDLC";
    EXPECT_EQ(crc32(""), 0U);
    EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
}

TEST(Journal, remembers_what_is_unsettled_with_its_bytes) {
    MemoryDisk disk = three_batches();
    disk.crash();
    const auto journal = open_on(disk).value();
    EXPECT_EQ(numbers_of(*journal), (std::vector<std::uint64_t>{2, 3, 4}));
    EXPECT_EQ(journal->next_number(), 5U);
    const Unsettled& third = journal->unsettled().at(3);
    EXPECT_EQ(third.door + " " + third.label, "intake fax-3.txt");
    EXPECT_EQ(third.stamp, domain::Instant(3'000));
    for (const std::uint64_t number : {2U, 3U, 4U}) EXPECT_EQ(journal->read(number).value(), message_of(number).bytes) << number;
}

TEST(Journal, makes_a_batch_durable_at_once) {
    MemoryDisk disk;
    const auto journal = open_on(disk).value();
    const std::size_t before = disk.syncs;
    for (std::uint64_t number = 1; number <= 500; ++number) journal->add(message_of(number));
    EXPECT_TRUE(journal->unsynced());
    EXPECT_TRUE(journal->sync());
    EXPECT_EQ(disk.syncs, before + 1);
    EXPECT_TRUE(journal->sync());
    EXPECT_EQ(disk.syncs, before + 1) << "there was nothing to synchronise";
}

// Torn at each octet: what was whole is there, the rest was never sent, and the journal goes on.
TEST(Journal, goes_on_after_an_end_torn_at_any_octet) {
    const MemoryDisk whole = three_batches();
    const std::string octets = whole.files.at(kFirst).octets;
    // Where each message's frame ends, so that what must be there is known.
    std::vector<std::pair<std::uint64_t, std::size_t>> ends;
    std::size_t receipt_ends = 0;
    {
        MemoryDisk copy = whole;
        const auto file = MemoryFiles(copy).open(kFirst).value();
        ASSERT_TRUE(walk_segment(*file, kFirst, false, [&](const Entry& entry, const Place& place) -> base::Result<> {
            if (const auto* message = std::get_if<Message>(&entry)) ends.emplace_back(message->number, place.offset + place.octets);
            if (std::holds_alternative<FiledReceipt>(entry)) receipt_ends = place.offset + place.octets;
            return {};
        }));
    }
    for (std::size_t length = 0; length < octets.size(); ++length) {
        MemoryDisk disk = whole;
        disk.files[kFirst].octets.resize(length);
        std::vector<std::uint64_t> expected;
        for (const auto& [number, end] : ends) {
            if (end <= length && !(number == 1 && receipt_ends <= length)) expected.push_back(number);
        }
        auto journal = open_on(disk);
        ASSERT_TRUE(journal) << length << ": " << journal.error().message;
        ASSERT_EQ(numbers_of(**journal), expected) << length;
        const std::uint64_t next = (*journal)->next_number();
        (*journal)->add(message_of(next));
        ASSERT_TRUE((*journal)->sync()) << length;
        expected.push_back(next);
        disk.crash();
        ASSERT_EQ(numbers_of(*open_on(disk).value()), expected) << length;
    }
}

TEST(Journal, finds_every_flipped_bit_of_what_was_on_the_disk) {
    const MemoryDisk whole = three_batches();
    const std::size_t size = whole.files.at(kFirst).octets.size();
    const std::size_t last_mark = size - kFrameHead - 1;
    for (std::size_t at = 0; at < last_mark; ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            MemoryDisk disk = whole;
            char& octet = disk.files[kFirst].octets[at];
            octet = static_cast<char>(static_cast<unsigned char>(octet) ^ (1U << bit));
            const auto journal = open_on(disk);
            ASSERT_FALSE(journal) << "octet " << at << " bit " << bit;
            ASSERT_EQ(journal.error().kind, ErrorKind::kCorrupt) << journal.error().message;
            ASSERT_NE(journal.error().message.find("memory/" + kFirst + ": damaged at octet "), std::string::npos) << journal.error().message;
        }
    }
    for (std::size_t at = last_mark; at < size; ++at) {
        MemoryDisk disk = whole;
        disk.files[kFirst].octets[at] = static_cast<char>(disk.files[kFirst].octets[at] ^ 1);
        EXPECT_EQ(numbers_of(*open_on(disk).value()), (std::vector<std::uint64_t>{2, 3, 4})) << "the last mark says nothing of itself";
    }
}

// Segments of one message each, number 1 in the second: 1 to 5, of which 1 and 2 have their receipts.
MemoryDisk small_segments() {
    MemoryDisk disk;
    const auto journal = open_on(disk, 1).value();
    for (std::uint64_t number = 1; number <= 5; ++number) {
        journal->add(message_of(number));
        if (number == 3) journal->file(1, receipt_for(1));
        if (number == 4) journal->file(2, receipt_for(2));
        EXPECT_TRUE(journal->sync());
    }
    return disk;
}

TEST(Journal, reads_no_segment_that_is_settled) {
    MemoryDisk disk = small_segments();
    const auto segments = [&] { return MemoryFiles(disk).list().value().size(); };
    EXPECT_GE(segments(), 5U);
    for (auto& [name, content] : disk.files) {
        if (name <= "00000003.journal") content.octets = "not looked at";
    }
    const auto journal = open_on(disk, 1).value();
    EXPECT_EQ(numbers_of(*journal), (std::vector<std::uint64_t>{3, 4, 5}));
    EXPECT_EQ(journal->next_number(), 6U);
    for (const std::uint64_t number : {3U, 4U, 5U}) EXPECT_EQ(journal->read(number).value(), message_of(number).bytes) << number;
    for (const std::uint64_t number : {3U, 4U, 5U}) journal->file(number, receipt_for(number));
    EXPECT_EQ(journal->sync().value().size(), 3U);
    EXPECT_EQ(journal->oldest_needed(), journal->newest());
}

TEST(Journal, finds_damage_in_an_older_segment_even_at_its_end) {
    for (std::size_t from_end = 1; from_end < 60; ++from_end) {
        MemoryDisk disk = small_segments();
        std::string& octets = disk.files.at("00000004.journal").octets;
        octets[octets.size() - from_end] = static_cast<char>(octets[octets.size() - from_end] ^ 4);
        const auto journal = open_on(disk, 1);
        ASSERT_FALSE(journal) << from_end;
        EXPECT_NE(journal.error().message.find("00000004.journal: damaged at octet"), std::string::npos) << journal.error().message;
    }
}

TEST(Journal, does_not_open_when_a_needed_segment_is_missing) {
    for (const char* name : {"00000004.journal", "00000005.journal"}) {
        MemoryDisk disk = small_segments();
        disk.files.erase(name);
        const auto journal = open_on(disk, 1);
        ASSERT_FALSE(journal) << name;
        EXPECT_EQ(journal.error().kind, ErrorKind::kCorrupt);
    }
    MemoryDisk disk = small_segments();
    while (disk.files.begin()->first != "00000004.journal") disk.files.erase(disk.files.begin());
    EXPECT_TRUE(open_on(disk, 1)) << "those before were settled, and are somewhere else";
    disk.files.erase(disk.files.begin());
    EXPECT_FALSE(open_on(disk, 1));
    while (disk.files.size() > 1) disk.files.erase(disk.files.begin());
    disk.files.begin()->second.octets.resize(10);
    const auto journal = open_on(disk, 1);
    ASSERT_FALSE(journal) << "it must not begin again at number 1";
    EXPECT_EQ(journal.error().kind, ErrorKind::kCorrupt);
}

TEST(Journal, goes_on_when_the_making_of_a_segment_was_interrupted) {
    MemoryDisk disk = small_segments();
    disk.files["00000007.journal"].octets = disk.files.begin()->second.octets.substr(0, 11);
    const auto names = MemoryFiles(disk).list().value();
    ASSERT_EQ(names.size(), 7U) << "segment 6 is the last whole one";
    const auto journal = open_on(disk, 1).value();
    journal->add(message_of(6));
    ASSERT_TRUE(journal->sync());
    disk.crash();
    EXPECT_EQ(numbers_of(*open_on(disk, 1).value()), (std::vector<std::uint64_t>{3, 4, 5, 6}));
}

// A million would take a second: what counts is that nothing is kept of what is settled.
TEST(Journal, keeps_nothing_in_memory_of_what_is_settled) {
    MemoryDisk disk;
    const auto journal = open_on(disk, 1U << 20U).value();
    for (std::uint64_t number = 1; number <= 50'000;) {
        const std::uint64_t from = number;
        for (; number < from + 500; ++number) journal->add(message_of(number));
        ASSERT_TRUE(journal->sync());
        for (std::uint64_t settled = from; settled < number; ++settled) journal->file(settled, receipt_for(settled));
        ASSERT_TRUE(journal->sync());
        ASSERT_TRUE(journal->unsettled().empty());
    }
    EXPECT_GT(journal->newest(), 5U);
    EXPECT_EQ(journal->oldest_needed(), journal->newest());
    disk.crash();
    EXPECT_EQ(open_on(disk, 1U << 20U).value()->next_number(), 50'001U);
}

TEST(Journal, keeps_its_batch_while_the_disk_is_full_and_writes_it_once) {
    for (std::size_t room = 0; room < 200; room += 7) {
        MemoryDisk disk;
        const auto journal = open_on(disk).value();
        journal->add(message_of(1));
        ASSERT_TRUE(journal->sync());
        disk.room = room;
        journal->add(message_of(2, 300));
        for (int attempt = 0; attempt < 3; ++attempt) {
            const auto refused = journal->sync();
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
        }
        MemoryDisk crashed = disk;
        crashed.crash(room);
        EXPECT_EQ(numbers_of(*open_on(crashed).value()), std::vector<std::uint64_t>{1});
        disk.room = 10'000;
        ASSERT_TRUE(journal->sync());
        disk.crash();
        EXPECT_EQ(numbers_of(*open_on(disk).value()), (std::vector<std::uint64_t>{1, 2}));
    }
}

TEST(Journal, believes_no_second_synchronisation_of_the_same_octets) {
    MemoryDisk disk;
    const auto journal = open_on(disk).value();
    journal->add(message_of(1));
    disk.syncs_fail = true;
    EXPECT_FALSE(journal->sync());
    disk.syncs_fail = false;
    // What the failed attempt had written may be lost: it is not there unless it was written again.
    disk.files[kFirst].octets[100] = '?';
    ASSERT_TRUE(journal->sync());
    disk.crash();
    const auto again = open_on(disk).value();
    EXPECT_EQ(again->read(1).value(), message_of(1).bytes);
}

TEST(Journal, remembers_the_watermark_over_segments_and_crashes) {
    MemoryDisk disk;
    {
        const auto journal = open_on(disk, 1).value();
        Message told = message_of(1);
        told.through = domain::Instant(777);
        journal->add(told);
        ASSERT_TRUE(journal->sync());
        journal->file(1, receipt_for(1));
        ASSERT_TRUE(journal->sync());
        journal->add(message_of(2));
        ASSERT_TRUE(journal->sync());
        Message lost = message_of(3);
        lost.through = domain::Instant(888);
        journal->add(lost);  // never synchronised
    }
    disk.crash();
    const auto journal = open_on(disk, 1).value();
    EXPECT_EQ(journal->watermark(), domain::Instant(777));
    EXPECT_EQ(journal->next_number(), 3U);
}

TEST(Journal, remembers_no_watermark_that_it_could_not_write) {
    MemoryDisk disk;
    auto journal = open_on(disk, 1).value();
    Message told = message_of(1);
    told.through = domain::Instant(777);
    journal->add(told);
    disk.room = 80;  // for the next segment's beginning, and not for the batch
    ASSERT_FALSE(journal->sync());
    ASSERT_EQ(disk.files.size(), 2U);
    journal.reset();
    disk.crash();
    disk.room = 10'000;
    EXPECT_FALSE(open_on(disk, 1).value()->watermark());
}

TEST(Journal, of_another_sender_is_not_opened) {
    MemoryDisk disk = three_batches();
    const auto journal = Journal::open(std::make_unique<MemoryFiles>(disk), "fax-2");
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().kind, ErrorKind::kConflict);
    EXPECT_NE(journal.error().message.find("'fax-1'"), std::string::npos) << journal.error().message;
}

TEST(Journal, looked_at_is_not_changed) {
    MemoryDisk disk = three_batches();
    disk.files[kFirst].octets += "torn";
    const std::string before = disk.files[kFirst].octets;
    const auto journal = Journal::look(std::make_unique<MemoryFiles>(disk)).value();
    EXPECT_EQ(journal->source(), "fax-1");
    EXPECT_EQ(numbers_of(*journal), (std::vector<std::uint64_t>{2, 3, 4}));
    EXPECT_EQ(disk.files[kFirst].octets, before);
}

TEST(JournalOnTheDisk, comes_back_and_belongs_to_one_process) {
    bus::Folder folder;
    const std::string path = folder.file("journal");
    {
        const auto journal = Journal::open(DirectoryFiles::open_folder(path).value(), "fax-1", {1}).value();
        for (std::uint64_t number = 1; number <= 3; ++number) {
            journal->add(message_of(number));
            ASSERT_TRUE(journal->sync());
        }
        journal->file(2, receipt_for(2));
        ASSERT_TRUE(journal->sync());
        const auto second = DirectoryFiles::open_folder(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().kind, ErrorKind::kUnavailable);
        EXPECT_EQ(numbers_of(*Journal::look(DirectoryFiles::look_into(path)).value()), (std::vector<std::uint64_t>{1, 3})) << "looking is allowed";
    }
    const auto journal = Journal::open(DirectoryFiles::open_folder(path).value(), "fax-1", {1}).value();
    EXPECT_EQ(numbers_of(*journal), (std::vector<std::uint64_t>{1, 3}));
    for (const std::uint64_t number : {1U, 3U}) EXPECT_EQ(journal->read(number).value(), message_of(number).bytes);
}

}  // namespace
}  // namespace rightsdesk::client
