// A book in a file: what a crash tears off, what a second process sees, and that it stays small.
#include "runtime/kept_book.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::runtime {
namespace {

domain::Alert an_alert(std::uint64_t number, const std::string& what = "so it is") {
    domain::Alert alert;
    alert.number = number;
    alert.kind = "store_unreachable";
    alert.cause = "store_unreachable";
    alert.what = what;
    return alert;
}

domain::Sending a_sending(std::uint64_t number, std::uint64_t of) {
    domain::Sending sending;
    sending.way = "hook";
    sending.number = number;
    sending.items = {{of, domain::SendingNews::kRaised}};
    sending.key = "desk/hook/" + std::to_string(number);
    return sending;
}

domain::SendingsAttempted sent(std::uint64_t number) {
    return {{{"hook", number, 1, domain::Instant(7), domain::SendingOutcome::kSent, "taken", std::nullopt}}};
}

class AKeptBook : public testing::Test {
protected:
    KeptBook opened() { return std::move(KeptBook::open(file_, "desk").value().value()); }

    support::Folder folder_{"kept"};
    const std::string file_ = folder_.file("troubles.book");
};

TEST_F(AKeptBook, has_what_was_put_into_it_when_it_is_opened_again) {
    {
        KeptBook kept = opened();
        ASSERT_TRUE(kept.append({domain::AlertRaised{an_alert(1)}, domain::SendingsIntended{{a_sending(1, 1)}, {}}}));
        ASSERT_TRUE(kept.append({sent(1), domain::AlertResolved{1, "over", domain::Instant(9), true}}));
    }
    const KeptBook again = opened();
    EXPECT_EQ(again.book().sending("hook", 1)->status, domain::SendingStatus::kSent);
    EXPECT_EQ(again.book().sending("hook", 1)->result, "taken");
    EXPECT_EQ(again.book().alert(1)->resolved_because, "over");
    EXPECT_EQ(again.book().open_alert_of("store_unreachable"), 0U);
}

TEST_F(AKeptBook, is_one_process_alone_to_write_and_the_next_one_s_when_that_ends) {
    {
        const KeptBook first = opened();
        EXPECT_FALSE(KeptBook::open(file_, "desk").value().has_value());
    }
    EXPECT_TRUE(KeptBook::open(file_, "desk").value().has_value());
}

TEST_F(AKeptBook, has_no_line_that_a_crash_tore_off_and_goes_on_after_it) {
    ASSERT_TRUE(opened().append({domain::AlertRaised{an_alert(1)}}));
    const std::string whole = support::text_of_file(file_);
    ASSERT_TRUE(opened().append({domain::SendingsIntended{{a_sending(1, 1)}, {}}}));
    const std::string both = support::text_of_file(file_);
    for (std::size_t octets = whole.size(); octets < both.size(); octets += 7) {
        support::write_file(file_, both.substr(0, octets));
        KeptBook kept = opened();
        EXPECT_EQ(kept.book().sendings_on("hook").last, 0U) << octets;
        ASSERT_TRUE(kept.append({domain::SendingsIntended{{a_sending(1, 1)}, {}}}));
        EXPECT_EQ(support::text_of_file(file_), both) << octets;
    }
}

TEST_F(AKeptBook, reads_on_after_a_line_that_is_damaged) {
    ASSERT_TRUE(opened().append({domain::AlertRaised{an_alert(1)}}));
    support::write_file(file_, support::text_of_file(file_) + "0 not hex\n00ff\n");
    ASSERT_TRUE(opened().append({domain::SendingsIntended{{a_sending(1, 1)}, {}}}));
    const auto books = read_kept_books(file_, "desk");
    ASSERT_EQ(books.size(), 1U);
    EXPECT_EQ(books[0]->last_alert(), 1U);
    EXPECT_EQ(books[0]->sendings_on("hook").last, 1U);
}

TEST_F(AKeptBook, that_has_grown_large_is_begun_anew_with_what_is_open) {
    KeptBook kept = opened();
    ASSERT_TRUE(kept.append({domain::AlertRaised{an_alert(1)}, domain::SendingsIntended{{a_sending(1, 1), a_sending(2, 1)}, {}}, sent(1)}));
    std::uint64_t number = 1;
    while (!std::filesystem::exists(file_ + ".before")) {
        ++number;
        ASSERT_TRUE(kept.append({domain::AlertRaised{an_alert(number, std::string(100'000, 'x'))}, domain::AlertResolved{number, "over", domain::Instant(9), true}}));
    }
    EXPECT_LT(std::filesystem::file_size(file_), kMostKeptOctets / 2);
    EXPECT_EQ(kept.book().last_alert(), number) << "numbers go on";
    EXPECT_EQ(kept.book().alert(2), nullptr) << "it is over";
    EXPECT_FALSE(kept.book().alert(1)->resolved_at);
    EXPECT_EQ(kept.book().sendings_on("hook").waiting.size(), 1U);
    EXPECT_EQ(kept.book().sendings_on("hook").told.at(1), 2U);
    ASSERT_EQ(read_kept_books(file_, "desk").size(), 2U);
    EXPECT_EQ(read_kept_books(file_, "desk")[0]->sendings_on("hook").last, 2U) << "what it was is kept beside it";
}

}  // namespace
}  // namespace rightsdesk::runtime
