// What looks say together, letter by letter.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reading/letter_votes.h"

namespace rightsdesk::reading {

namespace {

int most_against(const LetterVotes& votes) {
    int most = 0;
    for (const LetterPlace& place : votes.places) most = std::max(most, place.against);
    return most;
}
int most_strange(const LetterVotes& votes) {
    int most = 0;
    for (const LetterPlace& place : votes.places) most = std::max(most, place.strange);
    return most;
}

}  // namespace

TEST(LetterVotes, EachLooksOwnMistakeIsOutvoted) {
    const LetterVotes votes = vote_by_letter({"Lakeshore Credit Umion", "Lakeshore Credit Union", "Lakeshare Credit Union", "Lakeshore Crcdit Union"});
    EXPECT_EQ(votes.text, "Lakeshore Credit Union");
    EXPECT_EQ(most_against(votes), 1);
}

TEST(LetterVotes, WhatOneLookHasTooManyAndAnotherTooFewIsSeen) {
    const LetterVotes votes = vote_by_letter({"4,300", "4,300", "45300", "4,3007", "4,00"});
    EXPECT_EQ(votes.text, "4,300");
    EXPECT_EQ(most_against(votes), 1) << "a figure for the comma, and one behind the last";
    EXPECT_EQ(most_strange(votes), 1) << "a figure that one look has not";
}

TEST(LetterVotes, OtherSignsSpeakLessThanOtherFigures) {
    const LetterVotes votes = vote_by_letter({"04/28/02", "04/28/02", "(4/28/02", "04/28/02"});
    EXPECT_EQ(votes.text, "04/28/02");
    EXPECT_EQ(most_against(votes), 0);
    EXPECT_EQ(most_strange(votes), 1);
}

TEST(LetterVotes, ALookAtSomethingElseIsStrangeEverywhere) {
    const LetterVotes votes = vote_by_letter({"1182", "1182", "1182", "of check, draft"});
    EXPECT_EQ(votes.text, "1182");
    EXPECT_TRUE(std::all_of(votes.places.begin(), votes.places.end(), [](const LetterPlace& place) { return place.strange == 1; }));
}

TEST(LetterVotes, AStrokeIsLostAndNotFound) {
    const LetterVotes lost = vote_by_letter({"H1QHV", "H1QHV", "H1OHV"});
    EXPECT_TRUE(std::any_of(lost.places.begin(), lost.places.end(), [](const LetterPlace& place) { return place.letter == "Q" && place.stroke_lost; }));
    const LetterVotes found = vote_by_letter({"H1OHV", "H1OHV", "H1QHV"});
    EXPECT_TRUE(std::none_of(found.places.begin(), found.places.end(), [](const LetterPlace& place) { return place.stroke_lost; }));
}

TEST(LetterVotes, OfNoLooksOrTooLongOnesThereIsNoText) {
    EXPECT_TRUE(vote_by_letter({}).text.empty());
    EXPECT_TRUE(vote_by_letter({std::string(kLongestVoted + 1, 'a')}).text.empty());
}

}  // namespace rightsdesk::reading
