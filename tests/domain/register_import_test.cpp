// A register comes in: what is refused, and the notices that are on file already.
#include "domain/register_import.h"

#include <gtest/gtest.h>

#include "domain/notice_judgement.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

std::unique_ptr<RegisterIndex> idas_register(std::int64_t rights = 1'000) { return a_register({{"1001", "Ida M. Holder", "US", rights, {"RC-1001"}}}); }

TEST(RegisterImport, keeps_a_part_only_when_its_bytes_are_the_senders) {
    const Book book = open_book();
    KeepRegisterPart command{"rare-medium-2002", Bytes(std::string("holder,name\n")), ""};
    EXPECT_EQ(refusal_of(keep_register_part(book, command, context("alice", 1, new_york("2002-06-03T10:00:00")))), Refusal::kHashDiffers);
    command.sha256 = base::sha256_hex(command.part.view());
    const Decision kept = keep_register_part(book, command, context("alice", 1, new_york("2002-06-03T10:00:00")));
    ASSERT_EQ(names_of(kept), Names{"RegisterPartKept"});
    EXPECT_EQ(find_event<RegisterPartKept>(kept)->octets, 12U);
}

TEST(RegisterImport, is_of_what_the_sender_counted_and_in_time) {
    const Book book = open_book();
    const auto index = idas_register();
    const Context alice = context("alice", 1, new_york("2002-06-03T10:00:00"));
    const ImportRegister good{"rare-medium-2002", {std::string(64, 'a')}, 1, Rights(1'000), "the list"};
    ImportRegister command = good;
    command.holders = 2;
    EXPECT_EQ(refusal_of(import_register(book, command, index.get(), alice)), Refusal::kValueUnusable);
    command = good;
    command.rights = Rights(999);
    EXPECT_EQ(refusal_of(import_register(book, command, index.get(), alice)), Refusal::kValueUnusable);
    command = good;
    command.parts.clear();
    EXPECT_EQ(refusal_of(import_register(book, command, index.get(), alice)), Refusal::kValueUnusable);
    const Decision unreadable = import_register(book, good, base::invalid("holders.csv:2: holder: was \"A-1\""), alice);
    EXPECT_EQ(refusal_of(unreadable), Refusal::kValueUnusable);
    EXPECT_EQ(find_event<CommandRefused>(unreadable)->detail.find("A-1"), std::string::npos) << "a holder's number is not for the log";
    EXPECT_FALSE(import_register(book, good, base::unavailable("the disk"), alice).retry_later.empty());
    EXPECT_FALSE(import_register(Book("rare-medium-2002"), good, index.get(), alice).retry_later.empty()) << "being opened";

    const Decision imported = import_register(book, good, index.get(), alice);
    ASSERT_EQ(names_of(imported), Names{"RegisterImported"});
    EXPECT_EQ(find_event<RegisterImported>(imported)->imported.by, "alice");
    EXPECT_EQ(find_event<RegisterImported>(imported)->imported.revision, 1U);

    WholeDesk counted;
    counted.count();
    EXPECT_EQ(refusal_of(counted.import_register(idas_register())), Refusal::kTooLate);
}

TEST(RegisterImport, looks_at_the_notices_on_file_again) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.submit(a_notice().id("fax-1", 2).for_shares(1'001).dated("2002-06-25"));
    desk.submit(a_notice().id("fax-1", 3).named({"Vera Direct"}).dated("2002-06-24").guaranteed_by("Bowery Trust Company"));
    desk.reject("fax-1.3", "alice");
    const std::size_t before = desk.log().size();
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 3'000, {"RC-1001"}}}));
    EXPECT_TRUE(desk.book().notice("fax-1.1")->on_register);
    EXPECT_FALSE(desk.book().notice("fax-1.3")->on_register) << "a person's word is final";
    std::size_t redecided = 0;
    for (std::size_t at = before; at < desk.log().size(); ++at) redecided += std::holds_alternative<NoticeRedecided>(desk.log()[at]) ? 1 : 0;
    EXPECT_EQ(redecided, 0U) << "3,000 rights are enough for both";

    desk.import_register(idas_register());
    EXPECT_TRUE(has_reason(desk.book().notice("fax-1.2")->reasons, Reason::kRightsBeyondRegister));
    EXPECT_EQ(desk.book().notice("fax-1.2")->on_register->revision, 2U);
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 3'000, {"RC-1001"}}}));
    EXPECT_FALSE(has_reason(desk.book().notice("fax-1.2")->reasons, Reason::kRightsBeyondRegister)) << "a corrected list takes its question back";
    EXPECT_FALSE(has_reason(desk.book().notice("fax-1.1")->reasons, Reason::kRightsBeyondRegister));
}

// rules.md section 5, "several notices for one certificate": two guarantors' notices for one certificate, both on file when the list comes.
TEST(RegisterImport, finds_one_certificate_under_two_guarantors) {
    WholeDesk desk;
    desk.submit(a_notice().for_shares(600));
    desk.submit(a_notice().id("fax-1", 2).for_shares(400).guaranteed_by("Bowery Trust Company").dated("2002-06-25"));
    ASSERT_EQ(desk.book().notice("fax-1.2")->status, NoticeStatus::kAccepted) << "two brokers may number alike";
    desk.import_register(idas_register());
    EXPECT_FALSE(has_reason(desk.book().notice("fax-1.1")->reasons, Reason::kPossibleDuplicate)) << "who came first is not asked";
    EXPECT_TRUE(has_reason(desk.book().notice("fax-1.2")->reasons, Reason::kPossibleDuplicate));
    EXPECT_EQ(desk.book().notice("fax-1.2")->possible_duplicate_of, "fax-1.1");
    desk.cure("fax-1.2", Reason::kPossibleDuplicate, "", "alice");
    desk.import_register(idas_register());
    EXPECT_EQ(desk.book().notice("fax-1.2")->status, NoticeStatus::kAccepted) << "a person has answered";
}

TEST(RegisterImport, leaves_what_a_person_has_answered) {
    WholeDesk desk;
    desk.submit(a_notice().for_shares(1'001));
    desk.import_register(idas_register());
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kInQuestion);
    desk.cure("fax-1.1", Reason::kRightsBeyondRegister, "", "alice");
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    desk.import_register(idas_register());
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

TEST(RegisterImport, takes_many_notices_in_bounded_steps_and_each_once) {
    WholeDesk desk;
    const std::uint64_t notices = kNoticesCompared + 7;
    for (std::uint64_t number = 1; number <= notices; ++number) {
        desk.submit(a_notice().id("fax-1", number).named({"Holder No " + std::to_string(number)}).certificates({"RC-" + std::to_string(number)}));
    }
    desk.import_register(idas_register());
    std::vector<std::size_t> chunks;
    for (const Event& event : desk.log()) {
        if (const auto* compared = std::get_if<RegisterCompared>(&event)) chunks.push_back(compared->notices.size());
    }
    EXPECT_EQ(chunks, (std::vector<std::size_t>{kNoticesCompared, 7}));
    for (std::uint64_t number = 1; number <= notices; ++number) EXPECT_TRUE(desk.book().notice("fax-1." + std::to_string(number))->on_register) << number;
}

}  // namespace
}  // namespace rightsdesk::support
