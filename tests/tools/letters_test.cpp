// Letters: templates that cannot be wrong unseen, text that fits, and each written once.
#include "rightsdesk/letters.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "store/memory_store.h"
#include "support/builders.h"
#include "support/folder.h"
#include "wire/wire.h"

namespace rightsdesk::tools {
namespace {

using telling::Letter;
using telling::LetterKind;

Letter defect_letter() {
    Letter letter{"defect-fax-1.8-17", LetterKind::kDefect, "fax-1.8", 17, domain::Instant(0), {}};
    for (const std::string& fact : telling::letter_facts()) letter.facts[fact] = "<" + fact + ">";
    letter.facts["agent"] = "Agent & Trust Company";
    letter.facts["guarantor"] = "Harbor Securities Corp.";
    letter.facts["guarantor_address"] = "1 Pier Road\nNew York, NY 10004";
    letter.facts["reasons"] = "  - a holder's signature is missing\n  - the guarantee bears no date, so its clock cannot run: the guarantor must supply the date";
    letter.facts["cure"] = "It can be mended until 2002-06-28 17:00:00 New York time.";
    return letter;
}

TEST(Letters, every_shipped_template_is_good_and_fills_in_everything_it_names) {
    const auto templates = load_letter_templates("");
    ASSERT_TRUE(templates) << templates.error().message;
    EXPECT_EQ(templates->size(), base::enum_texts<LetterKind>().size());
    EXPECT_EQ(shipped_letters().size(), templates->size());
    for (const auto& [kind, one] : *templates) {
        const std::string text = text_of(telling::write_letter(defect_letter(), one));
        EXPECT_EQ(text.find('{'), std::string::npos) << text;
        EXPECT_NE(text.find("<reference>"), std::string::npos) << text;
    }
}

TEST(Letters, a_notice_of_defect_says_what_is_wrong_and_until_when_it_can_be_mended) {
    const auto templates = load_letter_templates("");
    const std::string text = text_of(telling::write_letter(defect_letter(), templates->at(LetterKind::kDefect)));
    for (const char* part : {"Agent & Trust Company\n", "Harbor Securities Corp.\n1 Pier Road\nNew York, NY 10004\n", "\n  - a holder's signature is missing\n",
                             "It can be mended until 2002-06-28 17:00:00 New York time.",
                             "\n  Basic subscription privilege    <basic> shares\n", "Agent & Trust Company, subscription agent\n\nOur reference: <reference>\n"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        EXPECT_LE(end - at, 78U) << text.substr(at, end - at);
        at = end + 1;
    }
}

// Noted on it since, an acceptance is still the same one; taken away and given again it is another.
TEST(Letters, an_acceptance_is_told_once) {
    using namespace domain;
    store::MemoryStore store;
    const wire::SealKey key = wire::make_seal_key();
    const auto redecided = [](NoticeStatus before, NoticeStatus after, std::vector<Reason> reasons_before, std::vector<Reason> reasons_after) {
        return NoticeRedecided{"fax-1.1", RedecisionCause::kCure, "by alice", before, after, std::move(reasons_before), std::move(reasons_after)};
    };
    const std::vector<Event> events{OfferingOpened{support::sample_terms(), ""}, support::a_notice().decided(),
                                    redecided(NoticeStatus::kAccepted, NoticeStatus::kAccepted, {}, {Reason::kTelephoneUnconfirmed}),
                                    redecided(NoticeStatus::kAccepted, NoticeStatus::kDefective, {}, {Reason::kUndated}),
                                    redecided(NoticeStatus::kDefective, NoticeStatus::kAccepted, {Reason::kUndated}, {})};
    for (const Event& event : events) {
        Record record;
        record.service = "intake";
        record.event = event;
        store::Batch batch;
        batch.log = support::sample_terms().id;
        batch.items.emplace_back().events.push_back({wire::encode_record(record, &key)});
        ASSERT_TRUE(store.commit(batch));
    }
    std::vector<std::string> told;
    const auto read = telling::each_letter(store, support::sample_terms().id, nullptr, [&](const Letter& letter) {
        told.push_back(letter.id);
        return true;
    });
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(told, (std::vector<std::string>{"acknowledgement-fax-1.1-2", "defect-fax-1.1-4", "acknowledgement-fax-1.1-5"}));
}

TEST(Letters, a_template_that_is_wrong_is_refused_with_the_place) {
    const auto refused = [](const std::string& text) {
        const auto read = telling::parse_letter_template(text, "own.txt");
        return read ? std::string() : read.error().message;
    };
    EXPECT_EQ(refused("subject: x\nto: holder\n\nDear {holders},\n"), "");
    EXPECT_NE(refused("subject: x\n\nDear {holder},\n").find("own.txt: no letter has a {holder}; there are address, "), std::string::npos);
    EXPECT_EQ(refused("subject: x\n\nDear {holders,\n"), "own.txt: a brace is not closed");
    EXPECT_EQ(refused("to: holder\n\nDear\n"), "own.txt: has no line 'subject: ...'");
    EXPECT_EQ(refused("subject: x\nto: issuer\n\n"), "own.txt:2: 'to:' is holder or guarantor");
    EXPECT_EQ(refused("Dear Sirs\n"), "own.txt:1: before the first empty line stand 'subject: ...' and 'to: ...' alone");
}

TEST(Letters, a_line_is_broken_where_it_must_be_and_loses_nothing) {
    const auto three = [](const std::string& given) { return given.size() <= 3; };
    EXPECT_EQ(telling::broken("a bb ccc dddd", three), (std::vector<std::string>{"a", "bb", "ccc", "ddd", "d"}));
    EXPECT_EQ(telling::broken(" a b", three), (std::vector<std::string>{" a", " b"}));
    EXPECT_EQ(telling::broken("a  b", [](const std::string& given) { return given.size() <= 4; }), (std::vector<std::string>{"a  b"})) << "columns";
    EXPECT_EQ(telling::broken("", three), (std::vector<std::string>{""}));
    EXPECT_EQ(telling::broken("\xc3\xa9\xc3\xa9", [](const std::string& given) { return given.size() <= 1; }), (std::vector<std::string>{"\xc3\xa9", "\xc3\xa9"}));
}

TEST(Letters, one_that_was_written_is_never_changed) {
    const support::Folder folder;
    const KeptLetters kept(folder.file("letters"));
    ASSERT_TRUE(kept.open());
    const auto templates = load_letter_templates("");
    const Letter letter = defect_letter();
    EXPECT_TRUE(kept.keep(letter.id, telling::write_letter(letter, templates->at(LetterKind::kDefect))).value());
    const std::string text = **base::read_file(kept.text_file(letter.id));
    EXPECT_FALSE(kept.keep(letter.id, telling::write_letter(letter, templates->at(LetterKind::kRefund))).value());
    EXPECT_EQ(**base::read_file(kept.text_file(letter.id)), text);
    EXPECT_TRUE((**base::read_file(kept.pdf_file(letter.id))).starts_with("%PDF-"));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(folder.file("letters")).permissions() & (perms::group_all | perms::others_all), perms::none);
}

}  // namespace
}  // namespace rightsdesk::tools
