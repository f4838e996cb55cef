// One notice, two deliveries; or nearly alike, and a person's question (rules.md section 5).
#include "domain/notice_identity.h"

#include <gtest/gtest.h>

#include <functional>

#include "support/builders.h"

using namespace rightsdesk;
using namespace rightsdesk::support;

namespace {

enum class Known { kStranger, kSame, kPossibleDuplicate };

Known known_as(const Acquaintance& known) {
    if (known.same) return Known::kSame;
    return known.possible_duplicate ? Known::kPossibleDuplicate : Known::kStranger;
}

Context any_context() { return context("fax-1", 1, new_york("2002-06-27T10:00:00")); }

// A book with one notice, as `status`.
Book book_with(const NoticeFields& fields, NoticeStatus status = NoticeStatus::kAccepted) {
    Book book = open_book();
    NoticeDecided event = a_notice().id("fax-1", 1).where([&](NoticeFields& all) { all = fields; }).decided();
    event.notice.keys = notice_keys(sample_terms(), fields, any_context()).all();
    event.notice.status = status;
    run(book, event);
    return book;
}

Known met(const NoticeFields& first, const NoticeFields& second, NoticeStatus status = NoticeStatus::kAccepted) {
    const Book book = book_with(first, status);
    return known_as(acquaintance_of(book, notice_keys(sample_terms(), second, any_context()), second.certificate_numbers));
}

struct IdentityRow {
    const char* sentence;
    std::function<void(NoticeFields&)> change;  // of the second notice
    Known expected;
};

}  // namespace

TEST(NoticeIdentity, TheSecondNotice) {
    const NoticeFields first = a_notice().for_shares(1'000).and_excess(500).fields();
    const std::vector<IdentityRow> rows = {
        {"equal in all: the same notice", [](auto&) {}, Known::kSame},
        {"names folded and in another order: the same", [](auto& f) { f.names = {"HOLDER, IDA M"}; }, Known::kSame},
        {"the guarantor by its alias: the same", [](auto& f) { f.guarantor_name = "Alder Finch"; }, Known::kSame},
        {"no certificates on the second: the same", [](auto& f) { f.certificate_numbers.clear(); }, Known::kSame},
        {"certificates written otherwise: the same", [](auto& f) { f.certificate_numbers = {"rc 1001"}; }, Known::kSame},
        {"another certificate: all but one are equal", [](auto& f) { f.certificate_numbers = {"RC-1002"}; }, Known::kPossibleDuplicate},
        {"another date", [](auto& f) { f.dated = day("2002-06-25"); }, Known::kPossibleDuplicate},
        {"no date", [](auto& f) { f.dated.reset(); }, Known::kPossibleDuplicate},
        {"other rights", [](auto& f) { f.rights_held = Rights(1'001); }, Known::kPossibleDuplicate},
        {"other shares", [](auto& f) { f.excess_shares = Shares(501); }, Known::kPossibleDuplicate},
        {"another guarantor", [](auto& f) { f.guarantor_name = "Bowery Trust Company"; }, Known::kPossibleDuplicate},
        {"other names", [](auto& f) { f.names = {"Otto Other"}; }, Known::kPossibleDuplicate},
        {"other names and another certificate: two accounts of one broker",
         [](auto& f) { f.names = {"Otto Other"}; f.certificate_numbers = {"RC-1002"}; }, Known::kStranger},
        {"two differ, certificates not given",
         [](auto& f) { f.names = {"Otto Other"}; f.rights_held = Rights(7); f.certificate_numbers.clear(); }, Known::kStranger},
        {"much differs, but guarantor and certificate are the same",
         [](auto& f) { f.names = {"Otto Other"}; f.rights_held = Rights(7); f.dated.reset(); }, Known::kPossibleDuplicate},
        {"the same certificate number at another guarantor, and other names",
         [](auto& f) { f.guarantor_name = "Bowery Trust Company"; f.names = {"Otto Other"}; }, Known::kStranger},
    };
    for (const IdentityRow& row : rows) {
        NoticeFields second = first;
        row.change(second);
        EXPECT_EQ(met(first, second), row.expected) << row.sentence;
        EXPECT_EQ(met(second, first), row.expected) << row.sentence << " (the other way round)";
    }
}

TEST(NoticeIdentity, WhatIsMissingOnBothIsNotEqual) {
    const NoticeFields undated = a_notice().undated().fields();
    EXPECT_EQ(met(undated, undated), Known::kPossibleDuplicate);
    NoticeFields blank;
    EXPECT_EQ(met(blank, blank), Known::kStranger);
}

TEST(NoticeIdentity, RefusedAndRejectedNotices) {
    const NoticeFields fields = a_notice().fields();
    EXPECT_EQ(met(fields, fields, NoticeStatus::kRefused), Known::kStranger) << "its reading may have been wrong";
    EXPECT_EQ(met(fields, fields, NoticeStatus::kRejected), Known::kPossibleDuplicate) << "a person rejected it, and hears of the second";
    EXPECT_EQ(met(fields, fields, NoticeStatus::kMisdirected), Known::kSame) << "it reaches a listed number at the second attempt";
}

TEST(NoticeIdentity, TheFullKeyComesFirst) {
    const NoticeKeys keys = notice_keys(sample_terms(), a_notice().certificates({"RC-1", "RC-2"}).fields(), any_context());
    ASSERT_TRUE(keys.full);
    EXPECT_EQ(keys.all().front(), *keys.full);
    EXPECT_EQ(keys.all_but_one.size(), 5U);
    EXPECT_EQ(keys.certificates.size(), 2U);
}
