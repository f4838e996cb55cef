// Letters: templates that cannot be wrong unseen, text that fits, and each written once.
#include "rightsdesk/letters.h"

#include <gtest/gtest.h>

#include <algorithm>
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

// Without the breaks of its lines.
std::string in_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

// A log with these events, one an item, and the letters that it owes.
class LettersOfALog : public testing::Test {
protected:
    void commit(domain::Event event) {
        domain::Record record;
        record.service = "intake";
        record.event = std::move(event);
        store::Batch batch;
        batch.log = support::sample_terms().id;
        batch.items.emplace_back().events.push_back({wire::encode_record(record, &key_)});
        ASSERT_TRUE(store_.commit(batch));
    }
    std::vector<Letter> owed() {
        std::vector<Letter> letters;
        const auto read = telling::each_letter(store_, support::sample_terms().id, &key_, [&](const Letter& letter) {
            letters.push_back(letter);
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        return letters;
    }
    std::vector<std::string> ids() {
        std::vector<std::string> ids;
        for (const Letter& letter : owed()) ids.push_back(letter.id);
        return ids;
    }
    std::string text_of_the(const std::string& id) {
        const auto templates = load_letter_templates("");
        for (const Letter& letter : owed()) {
            if (letter.id == id) return text_of(telling::write_letter(letter, templates->at(letter.kind)));
        }
        return "no letter " + id;
    }

    store::MemoryStore store_;
    const wire::SealKey key_ = wire::make_seal_key();
};

domain::NoticeDecided with_status(domain::NoticeDecided decided, domain::NoticeStatus status, std::vector<domain::Reason> reasons = {}) {
    decided.notice.status = status;
    decided.notice.reasons = std::move(reasons);
    return decided;
}

TEST_F(LettersOfALog, say_of_a_notice_that_is_defective_that_it_came_and_then_what_it_lacks) {
    commit(domain::OfferingOpened{support::sample_terms(), ""});
    commit(with_status(support::a_notice().decided(), domain::NoticeStatus::kDefective, {domain::Reason::kUndated}));
    EXPECT_EQ(ids(), (std::vector<std::string>{"receipt-fax-1.1-2", "defect-fax-1.1-2"}));
    const std::string text = text_of_the("receipt-fax-1.1-2");
    for (const char* part : {"your notice of guaranteed delivery is received", "gave for you by fax. It came on 2002-06-", " New York time, and our number for it is fax-1.1.",
                             "It does not count as it came. A letter of its own says why", "It does not say that it counts."}) {
        EXPECT_NE(in_one_line(text).find(part), std::string::npos) << part << " is not in\n" << text;
    }
}

TEST_F(LettersOfALog, say_of_a_notice_that_a_person_must_read_that_it_came_and_once_it_is_keyed_what_became_of_it) {
    commit(domain::OfferingOpened{support::sample_terms(), ""});
    const domain::NoticeDecided decided = support::a_notice().decided();
    commit(with_status(decided, domain::NoticeStatus::kAwaitingKeying));
    EXPECT_EQ(ids(), std::vector<std::string>{"receipt-fax-1.1-2"});
    EXPECT_NE(in_one_line(text_of_the("receipt-fax-1.1-2")).find("is being read by a person. When that is done we write to you again"), std::string::npos) << text_of_the("receipt-fax-1.1-2");
    commit(domain::NoticeKeyed{decided.notice, "alice", domain::Instant(0), false, {}});
    EXPECT_EQ(ids(), (std::vector<std::string>{"receipt-fax-1.1-2", "acknowledgement-fax-1.1-3"}));
}

TEST_F(LettersOfALog, call_a_direct_exercise_what_it_is_and_write_to_its_holder) {
    commit(domain::OfferingOpened{support::sample_terms(), ""});
    domain::NoticeDecided direct = support::a_notice().decided();
    direct.notice.form = domain::NoticeForm::kDirectExercise;
    direct.sealed.personal.names = {"Ann Holder"};
    commit(direct);
    commit(domain::NoticeRedecided{"fax-1.1", domain::RedecisionCause::kCure, "by alice", domain::NoticeStatus::kAccepted, domain::NoticeStatus::kDefective, {}, {domain::Reason::kHolderUnsigned}});
    EXPECT_EQ(ids(), (std::vector<std::string>{"acknowledgement-fax-1.1-2", "defect-fax-1.1-3"}));
    const std::string accepted = text_of_the("acknowledgement-fax-1.1-2");
    const std::string lacking = text_of_the("defect-fax-1.1-3");
    for (const std::string& text : {accepted, lacking}) {
        EXPECT_EQ(in_one_line(text).find("guarantee"), std::string::npos) << text;
        EXPECT_NE(text.find("Ann Holder\n"), std::string::npos) << text;
    }
    EXPECT_NE(in_one_line(accepted).find("We have received your exercise of rights, the certificate with its election filled in, by fax, and it is accepted as notice fax-1.1."), std::string::npos)
        << accepted;
    EXPECT_NE(in_one_line(accepted).find("Until it is here the subscription is not complete."), std::string::npos) << accepted;
    EXPECT_NE(in_one_line(lacking).find("The exercise of rights that you sent us with your certificate, our number fax-1.1, does not count as it is:"), std::string::npos) << lacking;
}

// Noted on it since, an acceptance is still the same one; taken away and given again it is another.
TEST_F(LettersOfALog, tell_of_an_acceptance_once) {
    using namespace domain;
    const auto redecided = [](NoticeStatus before, NoticeStatus after, std::vector<Reason> reasons_before, std::vector<Reason> reasons_after) {
        return NoticeRedecided{"fax-1.1", RedecisionCause::kCure, "by alice", before, after, std::move(reasons_before), std::move(reasons_after)};
    };
    for (const Event& event : std::vector<Event>{OfferingOpened{support::sample_terms(), ""}, support::a_notice().decided(),
                                                 redecided(NoticeStatus::kAccepted, NoticeStatus::kAccepted, {}, {Reason::kTelephoneUnconfirmed}),
                                                 redecided(NoticeStatus::kAccepted, NoticeStatus::kDefective, {}, {Reason::kUndated}),
                                                 redecided(NoticeStatus::kDefective, NoticeStatus::kAccepted, {Reason::kUndated}, {})}) {
        commit(event);
    }
    EXPECT_EQ(ids(), (std::vector<std::string>{"acknowledgement-fax-1.1-2", "defect-fax-1.1-4", "acknowledgement-fax-1.1-5"}));
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
    KeptLetters kept(folder.file("letters"));
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
