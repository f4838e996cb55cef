// When what the looks said is enough.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reading/ballot.h"
#include "reading/well_formed.h"

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
        {"instrument_number", {"004417", "004417", "Q044.17", "Q04417", "Q04417"}, "(not certain)"},
        {"excess_shares", {"497,", "4975!", "497+!", "497,", "497,", "497,"}, "(not certain)"},
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

// As skewed fine pages were read: three looks alike.
TEST(Ballot, WhatAllLooksTookForOtherLettersIsNotCertain) {
    const auto judged = [](const std::string& field, const std::string& looks, const Witness& witness, bool known) {
        Ballot ballot = of_looks(field, {looks, looks, looks});
        ballot.witnesses = {witness};
        return certain_of(field, ballot, known);
    };
    const std::string albany = "12 Main Street\nAibany, NY 12207";
    EXPECT_EQ(judged("address", albany, {albany, 0.66}, false), "(not certain)") << "no word, and the witness is not sure";
    EXPECT_EQ(judged("address", albany, {albany, 0.95}, false), albany);
    const std::string paix = "12 Rue de Ja Paix\n75002 Paris";
    EXPECT_EQ(judged("guarantor_address", paix, {"12 Rue de la Paix\n75002 Paris", 0.58, {{"12 Rue de Ja Paix, 75002 Paris", 0.2}}}, true), "(not certain)");
    EXPECT_EQ(judged("guarantor_address", paix, {paix, 0.43}, true), "(not certain)") << "no dictionary is asked about a short word";
    Ballot many = of_looks("drawee", {"Bank of the West", "Bank of the West", "Bank of the West", "Bank of the West"});
    many.witnesses = {{"Bank of the Wost", 0.3, {{"Bank of the West", 0.2}}}};
    EXPECT_EQ(certain_of("drawee", many), "Bank of the West") << "a witness that is not sure itself, beside many looks";
    EXPECT_EQ(judged("issuer", "Northern Light-Company", {"Northern Light Company", 0.94, {{"Northern Light-Company", 0.04}}}, true), "(not certain)");
}

TEST(Ballot, AWitnessOfAnotherKindDecidesWhatLooksDispute) {
    struct Row {
        std::string field;
        std::vector<std::string> looks;
        Witness witness;
        bool known;
        std::string certain;
    };
    const std::vector<Row> rows = {
        {"certificate_numbers", {"1007 and 1002", "1001 and 1002", "1001 and 1002", "1001 and 1002", "10071 and 1002", "1001 and 1002"}, {"1001 and 1002", 0.4}, true, "1001 and 1002"},
        {"guarantor_telephone", {"515-555.4815", "515.555.4815", "515 2555.4815", "515.555.4815"}, {"515.555.4815", 0.6}, true, "515.555.4815"},
        {"guarantor_telephone", {"515-555.4815", "515.555.4815", "515 2555.4815", "515.555.4815"}, {"515.555.4815", 0.3}, true, "(not certain)"},
        // Letters that stand apart are the looks' to say.
        {"certificate_numbers", {"RC1001,RC1002", "RC1001,RC1002", "RO1001,RC1002", "RC1001,RC1002", "RC1001,RC1002"}, {"RC 1001,RC1002", 0.5}, true, "RC1001,RC1002"},
        // As many looks say another number.
        {"instrument_number", {"004417", "004417", "Q04417", "Q04417", "9044.17"}, {"Q04417", 0.95}, true, "(not certain)"},
        // No look has it: of known words it is certain, of others and of a number never.
        {"signatory", {"Luis Orteqa", "Luis Orteqa", "Luis Orteaa", "Luis Orteqa"}, {"Luis Ortega", 0.9}, true, "Luis Ortega"},
        {"signatory", {"Luis Orteqa", "Luis Orteqa", "Luis Orteaa", "Luis Orteqa"}, {"Luis Ortega", 0.9}, false, "(not certain)"},
        {"signatory", {"Luis Orteqa", "Luis Orteqa", "Luis Orteaa", "Luis Orteqa"}, {"Luis Ortega", 0.4}, true, "(not certain)"},
        {"rights_held", {"98,450,0008", "98,450,0008", "298,450,000", "28 450,000"}, {"8,450,000", 0.99}, true, "(not certain)"},
        // As many digits as stand there bear it out.
        {"rights_held", {"98,450,0008", "98,450,0008", "298,450,000", "28 450,000"}, {"8,450,000", 0.99, {}, true}, true, "8,450,000"},
        {"rights_held", {"98,450,0008", "98,450,0008", "298,450,000", "28 450,000"}, {"8,450,000", 0.9, {}, true}, true, "(not certain)"},
        {"aggregate_cents", {"$8.450OO0", "$8;45O.000", "S8 45O OO"}, {"$8,450,000", 0.99, {}, true}, true, "(not certain)"},
        // The looks lost a stroke that the witness saw; never the other way.
        {"confirmation_number", {"20020626H1OHVS1R000002", "20020626H10HVS1R000002", "20020626H1OHVS1R000002"}, {"20020626H1QHVS1R000002", 0.95}, true, "20020626H1QHVS1R000002"},
        {"confirmation_number", {"20020626H1OHVS1R000002", "20020626H10HVS1R000002", "20020626H1OHVS1R000002"}, {"20020626H1QHVS1R000002", 0.6}, true, "(not certain)"},
        {"confirmation_number", {"20020626H1OHVS1R000002", "20020626H10HVS1R000002", "20020626H1OHVS1R000002"}, {"20020626H1OHVS1R000002", 0.95}, true, "(not certain)"},
        {"confirmation_number", {"20020626H1OHVS1R000002", "20020626H1OHVS1R000003", "20020626H1OHVS1R000003"}, {"20020626H1QHVS1R000002", 0.95}, true, "(not certain)"},
        {"drawee", {"Hudson Savings Bank", "Hudson Sayings Bank", "Hudson Savings Bank", "Hudson Savings Bank", "Hudson Savings Bank"}, {"Hudson Sayings Bank", 0.92, {{"Hudson Savings Bank", 0.001}}}, true, "(not certain)"},
        {"names", {"Granite [| Pell Partners", "Granite (l Pe11 Partners", "Granite [) Pell Partners"}, {"Granite Pell Partners", 0.8}, true, "(not certain)"},
        {"drawee", {"Bank ot the West", "Bank of the Wesi", "Bank ot the West", "Bank of tha West"}, {"Bank ot the West", 0.97}, true, "(not certain)"},
        {"drawee", {"Citibank, N.A.", "Citibank, NLA.", "Citibank, N.A,", "Citibank, N.A,"}, {"Citibank, N.A.", 0.95, {{"Citibank, N.A", 0.0001}, {"Citibank, N.A.", 0.95}}}, true, "Citibank, N.A."},
    };
    for (const Row& row : rows) {
        Ballot ballot = of_looks(row.field, row.looks);
        ballot.standard = true;
        ballot.witnesses = {row.witness};
        EXPECT_EQ(certain_of(row.field, ballot, row.known), row.certain) << row.field << ": " << row.witness.text << " " << row.witness.certainty;
    }
}

TEST(Ballot, AMarkIsTheWitnessToTellWhereTheLettersAreAsManyAsStandThere) {
    const std::vector<std::string> dashes = {"561-555-4617", "561-555-4617", "561-555-4617", "561-555-4617"};
    const auto judged = [](const std::string& field, const std::vector<std::string>& looks, const Witness& witness) {
        Ballot ballot = of_looks(field, looks);
        if (field != "certificate_numbers") {  // as the reader counts looks that have two dashes where two points stand
            ballot.votes.clear();
            ballot.unclear = static_cast<int>(looks.size());
        }
        ballot.witnesses = {witness};
        return certain_of(field, ballot);
    };
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561.555.4617", 0.999, {}, true}), "561.555.4617");
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561.555.4617", 0.999, {}, false}), "(not certain)");
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561.555.4617", 0.9, {}, true}), "(not certain)");
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561.555.4677", 0.999, {}, true}), "(not certain)");
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561-555-4617", 0.999, {}, false}), "561-555-4617") << "low pieces of torn figures";
    EXPECT_EQ(judged("guarantor_telephone", dashes, {"561-555-4617", 0.9, {}, false}), "(not certain)");
    const std::vector<std::string> figures = {"10013 1002", "10013 1002", "10013 1002", "10013 1002"};
    EXPECT_EQ(judged("certificate_numbers", figures, {"1001; 1002", 0.99, {}, true}), "1001; 1002");
    EXPECT_EQ(judged("certificate_numbers", figures, {"1001; 1002", 0.99, {}, false}), "(not certain)");
}

TEST(Ballot, AnIssuerThatIsTheFormsTitleNeedsNoWitness) {
    Ballot ballot = of_looks("issuer", {"Northern Light Company", "Northern Light Company", "Northern Light Company"});
    ballot.witnesses = {{"Northem Light Company", 0.94, {}}};
    EXPECT_EQ(certain_of("issuer", ballot), "(not certain)");
    ballot.title = "Northern Light Company";
    EXPECT_EQ(certain_of("issuer", ballot), "Northern Light Company");
}

TEST(Ballot, PointsThatAllLooksLostAreNotLost) {
    const std::string seen = "By: /s/ J P Dunmore, Vice President";
    Ballot ballot = of_looks("signatory", {seen, seen, seen, seen});
    ballot.witnesses = {{"By: /s/ J. P. Dunmore, Vice President", 0.49, {{*meaning_of("signatory", seen), 0.05}}}};
    EXPECT_EQ(certain_of("signatory", ballot), "(not certain)");
    ballot.witnesses = {{"By: /s/ J P. Dunmore, Vice President", 0.2, {{*meaning_of("signatory", seen), 0.6}}}};
    EXPECT_EQ(certain_of("signatory", ballot), seen);
}

TEST(Ballot, OnStandardPagesAWordCutShortHasItsPointOrASureWitness) {
    const std::string text = "400 W. 12th St\nAustin, TX 78701-1234";
    Ballot ballot = of_looks("address", {text, text, text, text, text, text});
    ballot.witnesses = {{text, 0.56, {{*meaning_of("address", text), 0.56}}}};
    EXPECT_EQ(certain_of("address", ballot), text);
    ballot.standard = true;
    EXPECT_EQ(certain_of("address", ballot), "(not certain)");
    ballot.witnesses.front().certainty = 0.95;
    EXPECT_EQ(certain_of("address", ballot), text);
}

TEST(Ballot, AGapBehindAnInitialIsNotLost) {
    const std::string near = "R.J. Appleby";
    const std::string apart = "R. J. Appleby";
    Ballot ballot = of_looks("names", {near, near, near, apart});
    ballot.witnesses = {{apart, 0.96, {{near, 0.01}, {apart, 0.96}}}};
    EXPECT_EQ(certain_of("names", ballot), apart);
    Ballot lost = of_looks("names", {near, near, near, near});
    lost.witnesses = {{apart, 0.96, {{near, 0.01}}}};
    EXPECT_EQ(certain_of("names", lost), "(not certain)");
    lost.witnesses = {{near, 0.96, {{near, 0.96}}}};
    EXPECT_EQ(certain_of("names", lost), near);
}

TEST(Ballot, NothingIsCertainThatTheWitnessHoldsForImpossible) {
    const std::string seen = "826-555-8334";
    Ballot ballot = of_looks("telephone", {seen, seen, seen, seen, seen, seen});
    ballot.witnesses = {{"836-555-8334", 0.9, {{seen, 0.0001}}}};
    EXPECT_EQ(certain_of("telephone", ballot), "(not certain)");
    ballot.witnesses = {{"836-555-8334", 0.5, {{seen, 0.2}}}};
    EXPECT_EQ(certain_of("telephone", ballot), seen);
}

TEST(Ballot, AWitnessThatLostADatesMarksSaysNoOther) {
    Ballot ballot = of_looks("instrument_date", {"6/2/2002", "6/2/2002", "6/2/2002", "6/2/2002", "6/2/2002", "6/2/2002"});
    ballot.witnesses = {{"622002", 0.73, {{"2002-06-02", 0.0001}}}};
    EXPECT_EQ(certain_of("instrument_date", ballot), "6/2/2002");
    ballot.witnesses = {{"822002", 0.73, {{"2002-06-02", 0.0001}}}};
    EXPECT_EQ(certain_of("instrument_date", ballot), "(not certain)");
}

TEST(Ballot, WitnessesOfAFieldsPlacesThatDifferSayNothing) {
    Ballot ballot = of_looks("subscription_price", {"$2.00", "$2.00", "$200", "$200"});
    ballot.standard = true;
    ballot.witnesses = {{"$2.00", 0.99}, {"$2.00", 0.8}};
    EXPECT_EQ(certain_of("subscription_price", ballot), "$2.00");
    ballot.witnesses = {{"$2.00", 0.99}, {"$200", 0.8}};
    EXPECT_EQ(certain_of("subscription_price", ballot), "(not certain)");
}

TEST(Ballot, OfNoLooksNothingIsCertain) { EXPECT_EQ(certain_of("names", {}), "(not certain)"); }

}  // namespace rightsdesk::reading
