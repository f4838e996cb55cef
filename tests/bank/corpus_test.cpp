// Real banks' files (../shared/corpus/bank): each gives the values that its manifest states, and the malformed ones are refused.
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

#include "bank/amounts.h"
#include "bank/reading.h"
#include "support/files.h"

namespace rightsdesk::bank {
namespace {

using Json = nlohmann::json;

const std::filesystem::path kCorpus = std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / ".." / "shared" / "corpus" / "bank";

std::string text_of(const Json& object, const char* key) { return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string(); }

// What the manifest's makers say must not be read: by upstream's word, or because there is nothing in it.
bool must_be_refused(const Json& row) {
    const std::string asserted = text_of(row, "asserted_by_upstream");
    const std::string exercises = text_of(row, "exercises");
    return asserted == "parse error" || asserted == "IntegrityError" || exercises == "v2.wrong.xml" || exercises == "adversarial: garbled_amount";
}

// The one bank among them that miscounts; its profile (deploy/bank-profiles/gsbi.toml) says so.
Profile profile_for(const std::string& octets) {
    Profile profile = generic_profile();
    if (sender_of(octets) == "GSBI") profile.tolerated = {FindingKind::kTrailer};
    return profile;
}

// "2007-10-18T13:15:00+01:00" and "2007-10-18" are that day.
void expect_day(const Json& stated, const char* key, const std::optional<domain::Date>& read) {
    const std::string day_text = text_of(stated, key);
    EXPECT_EQ(read ? domain::to_text(*read) : "", day_text.substr(0, 10)) << key;
}

void expect_transaction(const Json& stated, const Entry& entry) {
    const auto expect_within = [](const std::string& text, const std::string& wanted) {
        if (!wanted.empty()) {
            EXPECT_NE(text.find(wanted), std::string::npos) << "'" << wanted << "' in '" << text << "'";
        }
    };
    if (const std::string end_to_end = text_of(stated, "e2e"); !end_to_end.empty()) {
        EXPECT_EQ(entry.references.end_to_end, end_to_end);
    }
    if (const std::string instruction = text_of(stated, "instr"); !instruction.empty()) {
        EXPECT_EQ(entry.references.instruction, instruction);
    }
    if (const std::string debtor = text_of(stated, "dbtr"); !debtor.empty()) {
        EXPECT_EQ(entry.debtor, debtor);
    }
    expect_within(entry.remittance, text_of(stated, "ustrd"));
    expect_within(entry.remittance, text_of(stated, "strd_ref"));
    EXPECT_EQ(entry.return_reason, text_of(stated, "rtr"));
}

void expect_entry(const Json& stated, const Entry& entry) {
    const auto size = parse_amount(text_of(stated, "amt"), '.', text_of(stated, "ccy"));
    ASSERT_TRUE(size);
    EXPECT_EQ(entry.amount_minor, text_of(stated, "cd") == "DBIT" ? -*size : *size);
    EXPECT_EQ(entry.currency, text_of(stated, "ccy"));
    EXPECT_EQ(entry.direction, text_of(stated, "cd"));
    EXPECT_EQ(entry.status, text_of(stated, "sts"));
    EXPECT_EQ(entry.reversal, text_of(stated, "rvsl") == "true");
    expect_day(stated, "bookg", entry.booking_date);
    expect_day(stated, "val", entry.value_date);
    EXPECT_EQ(entry.type, text_of(stated, "bktxcd"));
    if (const std::string servicer = text_of(stated, "acct_svcr_ref"); !servicer.empty()) {
        EXPECT_EQ(entry.references.servicer, servicer);
    }
    EXPECT_EQ(entry.transactions.size(), stated.value("txdtls", 0U));
    if (stated.contains("first_tx")) expect_transaction(stated["first_tx"], entry);
}

void expect_asserted(const Json& asserted, const Statement& statement) {
    if (!asserted.is_object()) return;
    if (asserted.contains("msg_id")) {
        EXPECT_EQ(statement.message_id, text_of(asserted, "msg_id"));
    }
    if (asserted.contains("account")) {
        EXPECT_EQ(statement.account, text_of(asserted, "account"));
    }
    if (asserted.contains("ntfctn_id")) {
        EXPECT_EQ(statement.statements.at(0).id, text_of(asserted, "ntfctn_id"));
    }
    if (asserted.contains("amount_minor")) {
        EXPECT_EQ(statement.entries.at(0).amount_minor, asserted["amount_minor"].get<std::int64_t>());
    }
    if (asserted.contains("destination")) {
        EXPECT_EQ(statement.statements.at(0).servicer, text_of(asserted, "originator"));
    }
    if (asserted.contains("tx")) {
        EXPECT_EQ(statement.entries.size(), asserted["tx"].get<std::size_t>());
    }
}

// Of SWIFT's statements the manifest has the first lines as they stand: "1105240524D9,N192NONREF".
void expect_lines(const Json& computed, const Statement& statement) {
    if (!computed.contains("first_61")) return;
    EXPECT_EQ(statement.entries.size(), computed["lines_61"].get<std::size_t>());
    for (std::size_t at = 0; at < computed["first_61"].size() && at < statement.entries.size(); ++at) {
        const std::string line = computed["first_61"][at].get<std::string>();
        const std::size_t mark = line.find_first_of("CD");
        const std::size_t digits = line.find_first_of("0123456789", mark);
        const std::size_t end = line.find_first_not_of("0123456789,", digits);
        const auto size = parse_amount(line.substr(digits, end - digits), ',', statement.entries[at].currency);
        ASSERT_TRUE(size);
        EXPECT_EQ(statement.entries[at].amount_minor, line[mark] == 'D' ? -*size : *size) << line;
        EXPECT_EQ(statement.entries[at].type, line.substr(end, 4)) << line;
    }
}

void expect_transfers(const Json& computed, const Statement& statement) {
    if (!computed.contains("32A")) return;
    ASSERT_EQ(statement.entries.size(), computed["32A"].size());
    for (std::size_t at = 0; at < statement.entries.size(); ++at) {
        const std::string stated = computed["32A"][at].get<std::string>();
        EXPECT_EQ(statement.entries[at].amount_minor, parse_amount(stated.substr(9), ',', stated.substr(6, 3)).value());
        EXPECT_EQ(statement.entries[at].currency, stated.substr(6, 3));
        EXPECT_EQ(statement.entries[at].debtor_agent, computed["52A"][at].get<std::string>());
        EXPECT_EQ(statement.statements.at(at).message_id, computed["20"][at].get<std::string>());
        EXPECT_EQ("/" + statement.statements.at(at).account, computed["59"][at].get<std::string>());
        EXPECT_EQ(statement.entries[at].remittance.find(computed["70"][at].get<std::string>()), 0U);
    }
}

// The manifest counts lines; a file that has several records on a line has more of them.
void expect_records(const Json& computed, const Statement& statement) {
    if (!computed.contains("n16")) return;
    EXPECT_GE(statement.entries.size(), computed["n16"].get<std::size_t>());
    std::set<std::string> types;
    for (const Entry& entry : statement.entries) types.insert(entry.type);
    EXPECT_EQ(types, computed["type_codes"].get<std::set<std::string>>());
}

TEST(Corpus, EveryFileGivesWhatItsManifestStates) {
    if (!std::filesystem::exists(kCorpus / "manifest.json")) GTEST_SKIP() << "no corpus at " << kCorpus;
    const Json manifest = Json::parse(support::text_of_file(kCorpus / "manifest.json"));
    ASSERT_GE(manifest.size(), 26U);
    for (const Json& row : manifest) {
        const std::string file = text_of(row, "file");
        SCOPED_TRACE(file);
        const std::string octets = support::text_of_file(kCorpus / file);
        const Profile profile = profile_for(octets);
        if (must_be_refused(row)) {
            EXPECT_NE(refusal_of(octets, profile), "");
            continue;
        }
        const Statement statement = must_read(octets, profile);
        EXPECT_EQ(statement.format, text_of(row, "format"));
        const Json& computed = row["computed_here"];
        if (computed.contains("msg_id")) {
            EXPECT_EQ(statement.message_id, text_of(computed, "msg_id"));
        }
        if (computed.contains("records") && computed.contains("entries")) {
            EXPECT_EQ(statement.statements.size(), computed["records"].get<std::size_t>());
        }
        if (computed.contains("root_ns")) {
            EXPECT_NE(text_of(computed, "root_ns").find(statement.version), std::string::npos);
        }
        if (computed.contains("entries")) {
            EXPECT_EQ(statement.entries.size(), computed["entries"].get<std::size_t>());
        }
        for (std::size_t at = 0; computed.contains("first_entries") && at < computed["first_entries"].size(); ++at) expect_entry(computed["first_entries"][at], statement.entries.at(at));
        expect_asserted(row.value("asserted_by_upstream", Json()), statement);
        expect_lines(computed, statement);
        expect_transfers(computed, statement);
        expect_records(computed, statement);
    }
}

}  // namespace
}  // namespace rightsdesk::bank
