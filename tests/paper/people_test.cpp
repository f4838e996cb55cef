// Names, one or several, and where nobody can tell.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "paper/certificate_numbers.h"
#include "paper/people.h"

namespace rightsdesk::paper {
namespace {

using Names = std::vector<std::string>;

TEST(People, WhoStandsThere) {
    const std::vector<std::pair<std::string, Names>> rows = {
        {"John Smith", {"John Smith"}},
        {"/s/ John Smith", {"John Smith"}},
        {"/s/John Smith", {"John Smith"}},
        {"/S/ John Smith____", {"John Smith"}},
        {"s/ John Smith", {"John Smith"}},
        {"John Smith and Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith & Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith; Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith / Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith\nMary Smith", {"John Smith", "Mary Smith"}},
        {"/s/ John Smith /s/ Mary Smith", {"John Smith", "Mary Smith"}},
        {"/s/ John Smith, /s/ Mary Smith", {"John Smith", "Mary Smith"}},
        {"/s/ John Smith and /s/ Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith and\nMary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith, Mary Smith and Ann Jones", {}},  // two or three? a comma may join a name's own parts
        {"Abel and Ruth Kessler", {"Abel and Ruth Kessler"}},
        {"Granite & Pell", {"Granite & Pell"}},
        {"Cede & Co.", {"Cede & Co."}},
        {"Cede & Harbor, as nominee", {"Cede & Harbor, as nominee"}},
        {"John Smith, Jr.", {"John Smith, Jr."}},
        {"Prudence Field, Trustee", {"Prudence Field, Trustee"}},
        {"Smith Family Trust", {"Smith Family Trust"}},
        {"Jos\xC3\xA9 N\xC3\xBA\xC3\xB1" "ez", {"Jos\xC3\xA9 N\xC3\xBA\xC3\xB1" "ez"}},
    };
    for (const auto& [text, names] : rows) {
        const auto people = people_in(text);
        EXPECT_EQ(people.value_or(Names{}), names) << text;
    }
}

TEST(People, WhereNobodyCanTell) {
    for (const std::string text : {"John Smith, Mary Smith", "John\nSmith", "John Smith 12 Main Street", "First Fund and Second Fund Partners", "John Smith and", "Smith Brokerage / Able Services", "Prudence Field; Trustee"}) EXPECT_EQ(people_in(text), std::nullopt) << text;
    EXPECT_EQ(people_in("____"), Names{});
}

TEST(CertificateNumbers, AsTheyAreListed) {
    const std::vector<std::pair<std::string, Names>> rows = {
        {"RC-1001, RC-1002", {"RC-1001", "RC-1002"}}, {"RC-1001 RC-1002", {"RC-1001", "RC-1002"}},   {"RC-1001;RC-1002", {"RC-1001", "RC-1002"}}, {"RC-1001 and RC-1002", {"RC-1001", "RC-1002"}},
        {"RC-1001 / RC-1002", {"RC-1001", "RC-1002"}}, {"RC-1001/RC-1002", {"RC-1001", "RC-1002"}},  {"#1001, #1002", {"1001", "1002"}},          {"Nos. 1001 & 1002", {"1001", "1002"}},
        {"RM 10231", {"RM 10231"}},                    {"RC-1001, RC-1002 and RC-1003.", {"RC-1001", "RC-1002", "RC-1003"}},                        {"none", {}},
        {"N/A", {}},                                   {"", {}},
    };
    for (const auto& [text, numbers] : rows) EXPECT_EQ(read_certificate_numbers(text), numbers) << text;
}

TEST(CertificateNumbers, ARangeNamesNotItsMembers) {
    for (const std::string text : {"RM-1 through RM-9", "1001 to 1004", "1001-1004", "RM-10 231", "see attached list", "RC-1001 (lost)"}) EXPECT_EQ(read_certificate_numbers(text), std::nullopt) << text;
}

}  // namespace
}  // namespace rightsdesk::paper
