// A trail tells who decided what and what it changed, and no octet of it can be changed unseen.
#include "rightsdesk/audit_trail.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/hash.h"
#include "store/memory_store.h"
#include "support/builders.h"
#include "support/folder.h"
#include "wire/wire.h"

namespace rightsdesk::support {
namespace {

class AuditTrail : public ::testing::Test {
protected:
    AuditTrail() {
        EXPECT_TRUE(heads::SigningKey::make(folder_.file("key"), folder_.file("pub")));
        commit("maria", {"ops", 1}, {WatermarkAdvanced{{"fax-1", Instant(10)}}});
        commit("", {"fax-1", 2}, {WatermarkAdvanced{{"fax-1", Instant(20)}}, WatermarkAdvanced{{"fax-2", Instant(5)}}});
        sign_head();
        commit("", {"clock", 0}, {WatermarkAdvanced{{"fax-2", Instant(7)}}});
    }

    void commit(const std::string& person, const Identity& cause, const std::vector<Event>& events) {
        store::Batch batch;
        batch.log = kDesk;
        store::Item item;
        for (const Event& event : events) {
            Record record{"intake", Instant(1'000), cause, "", "", person, static_cast<std::uint32_t>(item.events.size()), static_cast<std::uint32_t>(events.size()), event};
            if (cause.source != "clock") {
                record.payload_hash = base::sha256_hex("message");
                record.principal = cause.source;
            }
            item.events.push_back({wire::encode_record(record, nullptr)});
        }
        batch.items.push_back(std::move(item));
        ASSERT_TRUE(store_.commit(batch));
    }
    void sign_head() {
        const auto head = store_.head(kDesk);
        heads::SignedHead signed_head{kDesk, head->epoch, head->sequence, head->link, "2002-06-28T21:00:00Z", ""};
        heads::SigningKey::load(folder_.file("key"))->sign(signed_head);
        heads_.push_back(signed_head);
    }

    [[nodiscard]] std::string trail() {
        std::ostringstream out;
        const auto size = tools::write_trail(store_, kDesk, heads_, *heads::SigningKey::load(folder_.file("key")), "2002-06-29T00:00:00Z", out);
        EXPECT_TRUE(size) << size.error().message;
        return out.str();
    }
    [[nodiscard]] std::vector<std::string> lines() {
        std::vector<std::string> all;
        std::istringstream in(trail());
        for (std::string line; std::getline(in, line);) all.push_back(line);
        return all;
    }
    [[nodiscard]] tools::TrailCheck check(const std::string& text, const std::string& key = "pub") const {
        std::istringstream in(text);
        return tools::check_trail(in, *heads::VerifyingKey::load(folder_.file(key)));
    }
    static std::string text_of(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines) text += line + "\n";
        return text;
    }

    Folder folder_;
    store::MemoryStore store_;
    std::vector<heads::SignedHead> heads_;
};

TEST_F(AuditTrail, tells_each_decision_with_its_person_and_what_it_changed) {
    std::vector<runtime::Json> all;
    for (const std::string& line : lines()) all.push_back(runtime::Json::parse(line));
    ASSERT_EQ(all.size(), 7U);
    EXPECT_EQ(all[1]["person"], "maria");
    EXPECT_EQ(all[1]["changes"][0]["before"], nullptr);
    EXPECT_EQ(all[2]["kind"], "command");
    EXPECT_EQ(all[2]["principal"], "fax-1");
    EXPECT_EQ(all[2]["events"].size(), 2U);
    EXPECT_EQ(all[2]["changes"][0]["before"]["through"], "1970-01-01T00:00:00.000000010Z");
    EXPECT_EQ(all[2]["changes"][0]["after"]["through"], "1970-01-01T00:00:00.000000020Z");
    EXPECT_EQ(all[3]["kind"], "signed_head");
    EXPECT_EQ(all[4]["kind"], "time");
    EXPECT_EQ(all[5]["kind"], "end");
}

TEST_F(AuditTrail, is_good_as_it_was_written) {
    const auto checked = check(trail());
    EXPECT_EQ(checked.problem, "");
    EXPECT_EQ(checked.log, kDesk);
    EXPECT_EQ(checked.decisions, 3U);
    EXPECT_EQ(checked.sequence, 4U);
    EXPECT_EQ(checked.signed_heads, 1U);
}

TEST_F(AuditTrail, any_octet_that_was_changed_is_found) {
    const std::string good = trail();
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        EXPECT_NE(check(bad).problem, "") << "octet " << at;
    }
}

TEST_F(AuditTrail, a_line_that_is_missing_twice_or_elsewhere_is_found) {
    const auto good = lines();
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto without = good;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_NE(check(text_of(without)).problem, "") << "without line " << at;
        auto twice = good;
        twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(at), good[at]);
        EXPECT_NE(check(text_of(twice)).problem, "") << "line " << at << " twice";
    }
}

TEST_F(AuditTrail, one_that_another_wrote_is_found_though_it_agrees_with_itself) {
    ASSERT_TRUE(heads::SigningKey::make(folder_.file("other"), folder_.file("other-pub")));
    heads_.clear();
    EXPECT_EQ(check(trail(), "other-pub").problem, "line 6: the signature is not of this trail by the holder of this key");
}

TEST_F(AuditTrail, records_that_the_auditor_signed_otherwise_are_found) {
    heads_.front().link = std::string(40, 'a');
    heads::SigningKey::load(folder_.file("key"))->sign(heads_.front());
    EXPECT_EQ(check(trail()).problem, "line 4: the auditor signed other records than these");
}

}  // namespace
}  // namespace rightsdesk::support
