// What a broken transfer, a careless bank or an enemy sends: it is refused, or says less; it never takes the reader down.
#include <chrono>
#include <cstdint>

#include "bank/reading.h"
#include "bank/samples.h"

namespace rightsdesk::bank {
namespace {

const std::string kOpen = "<Document><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>DE1</IBAN></Id></Acct>";

TEST(Hostile, NoDocumentTypeNoEntitiesNothingExternal) {
    std::string laughs = "<!DOCTYPE d [<!ENTITY a \"ha\">";
    for (char name = 'b'; name <= 'z'; ++name) {
        std::string ten;
        for (int time = 0; time < 10; ++time) ten += std::string("&") + static_cast<char>(name - 1) + ";";
        laughs += std::string("<!ENTITY ") + name + " \"" + ten + "\">";
    }
    EXPECT_NE(refusal_of(laughs + "]>" + kOpen + "<Ntry>&z;</Ntry></Stmt></BkToCstmrStmt></Document>"), "");
    EXPECT_NE(refusal_of("<!DOCTYPE d [<!ENTITY a \"ha\">]>" + kOpen + "<Ntry>&a;</Ntry></Stmt></BkToCstmrStmt></Document>").find("DOCTYPE"), std::string::npos);
    EXPECT_EQ(refusal_of("<!DOCTYPE d [<!ENTITY a \"ha\">]>" + kOpen).substr(0, 8), "line 1: ");
    EXPECT_NE(refusal_of("<!DOCTYPE d SYSTEM \"http://127.0.0.1:9/x.dtd\">" + kOpen), "");
    EXPECT_NE(refusal_of("<!DOCTYPE d [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>" + kOpen), "");
    EXPECT_NE(refusal_of("<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" + kOpen + "<Id>&f;</Id></Stmt></BkToCstmrStmt></Document>"), "");
    EXPECT_NE(refusal_of(kOpen + "<Id>&undefined;</Id></Stmt></BkToCstmrStmt></Document>"), "");
}

TEST(Hostile, DepthIsBounded) {
    std::string deep = kOpen;
    for (int level = 0; level < 100'000; ++level) deep += "<a>";
    EXPECT_NE(refusal_of(deep).find("nested deeper"), std::string::npos);
    std::string blocks;
    for (int level = 0; level < 100'000; ++level) blocks += "{1:";
    EXPECT_NE(refusal_of(blocks), "");
}

TEST(Hostile, CountsAreBounded) {
    std::string many = "01,A,B,020628,1700,7,80,1,2/\n02,B,C,1,020628,,USD,2/\n03,1,USD,,,,/\n";
    for (std::size_t entry = 0; entry <= kMaxEntries; ++entry) many += "16,195,1,,,,/\n";
    EXPECT_NE(refusal_of(many).find("more than"), std::string::npos);
    std::string statements = "<Document><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>";
    for (std::size_t statement = 0; statement <= kMaxStatements; ++statement) statements += "<Stmt><Acct><Id><IBAN>DE1</IBAN></Id></Acct></Stmt>";
    EXPECT_NE(refusal_of(statements + "</BkToCstmrStmt></Document>").find("more than"), std::string::npos);
    EXPECT_NE(refusal_of(std::string(kMaxFileOctets + 1, '<')), "");
}

TEST(Hostile, OctetsThatAreNoFile) {
    for (const std::string& text : {std::string(), std::string(" \r\n\t"), std::string(1'000, '\0'), std::string("%PDF-1.4\n"), std::string("PK\x03\x04"), std::string("<"), std::string("<html><body>404</body></html>"),
                                    std::string("{"), std::string("{}"), std::string("{1:"), std::string(":20:"), std::string("$"), std::string("$$$$"), std::string("01,"), std::string("88,text/\n"),
                                    std::string("{\"account\": 1}"), std::string("\xFF\xFE<\0", 4)}) {
        EXPECT_NE(refusal_of(text), "") << "'" << text << "'";
    }
}

// A transfer that breaks off: any prefix is refused, or says no more than the whole.
TEST(Hostile, APrefixSaysLessOrNothing) {
    for (const std::string& whole : every_sample()) {
        const Statement all = must_read(whole);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto part = read_statement(whole.substr(0, length));
            if (!part) continue;
            ASSERT_LE(part->entries.size(), all.entries.size());
            std::size_t same = 0;
            for (const Entry& entry : part->entries) same += entry.amount_minor == all.entries.at(&entry - part->entries.data()).amount_minor ? 1U : 0U;
            // The last value of a text message may be cut within its digits only where nothing marks its end: bare MT942, whose sums then lack.
            EXPECT_GE(same + (all.format == "mt942" ? 1U : 0U), part->entries.size()) << all.format << " cut at " << length;
        }
    }
}

// Any octet may be another: the reader answers, whatever it answers.
TEST(Hostile, AFlippedOctetIsAnswered) {
    std::uint32_t seed = 4711;
    const auto next = [&seed] { return seed = seed * 1'664'525U + 1'013'904'223U; };
    int refused = 0;
    int read = 0;
    for (const std::string& whole : every_sample()) {
        for (int time = 0; time < 2'000; ++time) {
            std::string spoiled = whole;
            for (int flips = 1 + static_cast<int>(next() >> 30U); flips > 0; --flips) spoiled[(next() >> 8U) % spoiled.size()] = static_cast<char>(next() >> 24U);
            ++(read_statement(spoiled) ? read : refused);
        }
    }
    EXPECT_GT(refused, 0);
    EXPECT_GT(read, 0);
}

TEST(Hostile, TimeIsLinear) {
    // A text of half a megabyte without an end, and 100,000 slashes: seconds would be a mistake.
    const auto begun = std::chrono::steady_clock::now();
    std::string slashes = "01,A,B,020628,1700,7,80,1,2/\n02,B,C,1,020628,,USD,2/\n03,1,USD,,,,/\n16,195,1,,,,";
    for (int time = 0; time < 100'000; ++time) slashes += "/ 1";
    EXPECT_NE(refusal_of(slashes), "");
    EXPECT_NE(refusal_of(":20:1\n:25:1\n:34F:USD0,\n:61:" + std::string(500'000, '2')), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

}  // namespace
}  // namespace rightsdesk::bank
