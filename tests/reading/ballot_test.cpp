// When what the looks said is enough.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reading/ballot.h"
#include "reading/misreadings.h"

namespace rightsdesk::reading {

namespace {

Ballot of_looks(const std::string& field, const std::vector<std::string>& looks) {
    Ballot ballot;
    for (const std::string& look : looks) {
        ballot.looks.push_back(look);
        const auto meaning = meaning_of(field, look);
        if (meaning && is_well_formed(field, look)) {
            ++ballot.votes[*meaning];
            ballot.texts.emplace(*meaning, look);
        } else {
            ++ballot.unclear;
        }
    }
    return ballot;
}

std::string certain_of(const std::string& field, const Ballot& ballot, bool known = true) {
    const Judgement judgement = judge(field, ballot, [known](const std::string&) { return known; });
    return judgement.certain ? judgement.text : "(not certain)";
}

}  // namespace

TEST(Ballot, LettersThatHardlyOneLookHasAllOfAreCertain) {
    struct Row {
        std::string field;
        std::vector<std::string> looks;
        std::string certain;
    };
    const std::vector<Row> rows = {
        {"guarantor_name", {"Lakeshore Credit Union", "Lakeshare Credit Union", "Lakeshore Crcdit Union", "Lakeshore Credit Umion", "Lakeshore Credit Union"}, "Lakeshore Credit Union"},
        {"maker", {"Hugo van der Berg", "Huqo van der Berg", "Hugo van der Berq", "Hugo van der Bera", "Hugo van der Berg"}, "Hugo van der Berg"},
        {"guarantor_name", {"Acme Corp", "Acme Corp.", "Acme Corp", "Acme Corp."}, "(not certain)"},
        {"confirmation_number", {"20020626H1QHVS1R000008", "20020626H1QHVS1R000008", "20020626H1OHVS1R000008", "20020626H1QHVS1R000008"}, "20020626H1QHVS1R000008"},
        {"confirmation_number", {"20020626H1OHVS1R000008", "20020626H1OHVS1R000008", "20020626H1QHVS1R000008", "20020626H1OHVS1R000008"}, "(not certain)"},
        {"certificate_numbers", {"RC 1001,RC 1002", "RC1001,RC1002", "RC 1001,RC 1002", "RC 1001,RC 1002", "RC1001,RC1002", "RC 1001,RC 1002"}, "(not certain)"},
        {"certificate_numbers", {"Nos. 1007 & 1002", "Nos. 1007 ? 1002", "Nos. 1007 & 1002", "Nos. 1001 ? 1002", "Nos. 1001 ~? 1002", "Nos. 1007 & 1002"}, "(not certain)"},
        {"certificate_numbers", {"1001 and 1002", "1007 and 1002", "1001 and 1002", "1001 and 1002", "1001 and 1002"}, "(not certain)"},
    };
    for (const Row& row : rows) EXPECT_EQ(certain_of(row.field, of_looks(row.field, row.looks)), row.certain) << row.looks.front();
}

TEST(Ballot, OnStandardPagesASignIsNoOtherFigure) {
    Ballot ballot = of_looks("prospectus_date", {"04/28/02", "(4/28/02", "04/28/02", "04/28/02", "04/28/02"});
    ballot.standard = true;
    EXPECT_EQ(certain_of("prospectus_date", ballot), "04/28/02");
    Ballot other = of_looks("prospectus_date", {"04/28/02", "04/26/02", "04/28/02", "04/28/02", "04/28/02"});
    other.standard = true;
    EXPECT_EQ(certain_of("prospectus_date", other), "(not certain)");
}

TEST(Ballot, AMonthsCapitalIsNoOtherLetter) {
    Ballot ballot = of_looks("transfer_date", {"Apr. 8, 2002", "apr. 8, 2002", "Apr. 8, 2002", "Apr. 8; 2002", "Apr. 8, 2002"});
    ballot.standard = true;
    EXPECT_EQ(certain_of("transfer_date", ballot), "apr. 8, 2002");
}

TEST(Ballot, ANameThatLooksDisputeMustBeKnown) {
    const Ballot ballot = of_looks("names", {"Ruth Kessler", "Ruth Kesslcr", "Ruth Kessler", "Ruth Kessler", "Ruth Kessler"});
    EXPECT_EQ(certain_of("names", ballot), "Ruth Kessler");
    EXPECT_EQ(certain_of("names", ballot, false), "(not certain)");
}

TEST(Ballot, ACommaThatOneLookSawIsNotPassedOver) {
    const std::string without = "1 Elm Rd. Apt. 4B\nSalem, MA 01970";
    EXPECT_EQ(certain_of("address", of_looks("address", {without, without, without, without})), without);
    EXPECT_EQ(certain_of("address", of_looks("address", {without, "1 Elm Rd., Apt. 4B\nSalem, MA 01970", without, without, without, without})), "(not certain)");
    // A point behind a whole word is a speck, and no reading.
    const std::string speck = "100 Wall Street\nNew. York, NY 10005";
    const std::string right = "100 Wall Street\nNew York, NY 10005";
    EXPECT_EQ(certain_of("address", of_looks("address", {right, speck, right, right, right, right})), right);
}

TEST(Ballot, OfNoLooksNothingIsCertain) { EXPECT_EQ(certain_of("names", {}), "(not certain)"); }

}  // namespace rightsdesk::reading
