// The letters of numbers, by their shape alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "reading/figures.h"

namespace rightsdesk::reading {

namespace {

constexpr int kDigitHeight = 30;
constexpr int kDigitWidth = 18;
constexpr int kLine = 40;  // where digits stand
constexpr int kStarSide = 16;

// A line of boxes in the places of letters.
class DrawnNumber {
public:
    DrawnNumber() : letters_(pixCreate(400, 50, 1)) {}

    DrawnNumber& digit(int left) { return ink(left, kLine - kDigitHeight, kDigitWidth, kDigitHeight); }
    DrawnNumber& star(int left) { return ink(left, kLine - kDigitHeight, kStarSide, kStarSide); }
    DrawnNumber& point(int left) { return ink(left, kLine - 5, 5, 5); }
    DrawnNumber& upper_half(int left) { return ink(left, kLine - kDigitHeight, 7, 17).ink(left + 10, kLine - kDigitHeight, 8, 17).ink(left, kLine - 4, kDigitWidth, 4); }
    DrawnNumber& semicolon(int left) { return ink(left, kLine - kDigitHeight + 5, 9, kDigitHeight); }
    DrawnNumber& remains_of_rule(int left) { return ink(left, kLine, 12, 3); }

    [[nodiscard]] Figures figures() const {
        const Picture grey(pixConvert1To8(nullptr, letters_.get(), 255, 0));
        return figures_of(grey.get(), letters_.get());
    }

private:
    DrawnNumber& ink(int left, int top, int width, int height) {
        pixRasterop(letters_.get(), left, top, width, height, PIX_SET, nullptr, 0, 0);
        return *this;
    }

    Picture letters_;
};

bool is_white(Pix* picture, int column) {
    for (int row = 0; row < pixGetHeight(picture); ++row) {
        l_uint32 shade = 255;
        pixGetPixel(picture, column, row, &shade);
        if (shade < 128) return false;
    }
    return true;
}

}  // namespace

TEST(Figures, DigitsAreCountedAndStarsAreTakenAway) {
    const Figures figures = DrawnNumber().star(10).star(30).digit(50).digit(74).point(96).digit(105).digit(129).digit(153).star(175).star(195).figures();
    EXPECT_EQ(figures.tall, 5);
    EXPECT_EQ(figures.low, 1);
    for (const int star : {18, 38, 183, 203}) EXPECT_TRUE(is_white(figures.whole.get(), star)) << star;
    for (const int digit : {59, 83, 162}) EXPECT_FALSE(is_white(figures.whole.get(), digit)) << digit;
    EXPECT_TRUE(is_white(figures.digits.get(), 98)) << "the point";
}

TEST(Figures, MoreStarsThanDigitsAreStarsAllTheSame) {
    const Figures figures = DrawnNumber().star(10).star(30).digit(50).digit(74).digit(98).star(120).star(140).figures();
    EXPECT_EQ(figures.tall, 3);
    for (const int star : {18, 38, 128, 148}) EXPECT_TRUE(is_white(figures.whole.get(), star)) << star;
}

TEST(Figures, AStarThatTouchesADigitIsCutOff) {
    const Figures figures = DrawnNumber().star(10).star(30).digit(46).digit(70).digit(94).star(112).star(132).figures();
    EXPECT_EQ(figures.tall, 3);
    for (const int star : {18, 38, 120, 140}) EXPECT_TRUE(is_white(figures.whole.get(), star)) << star;
    for (const int digit : {55, 79, 103}) EXPECT_FALSE(is_white(figures.whole.get(), digit)) << digit;
}

TEST(Figures, WhatIsLeftOfARuleDoesNotEndTheNumber) {
    const Figures figures = DrawnNumber().remains_of_rule(2).star(20).star(40).digit(60).digit(84).star(106).star(126).remains_of_rule(180).figures();
    EXPECT_EQ(figures.tall, 2);
    for (const int star : {28, 48, 114, 134}) EXPECT_TRUE(is_white(figures.whole.get(), star)) << star;
}

TEST(Figures, ATornDigitsUpperHalfIsNoStar) {
    // A 2 of which the fax lost the row over its foot, in two pieces.
    const Figures figures = DrawnNumber().upper_half(10).digit(34).digit(58).digit(82).figures();
    EXPECT_FALSE(is_white(figures.whole.get(), 14));
    EXPECT_FALSE(is_white(figures.whole.get(), 24));
    EXPECT_EQ(figures.tall, 4);
}

TEST(Figures, ASemicolonIsNoDigit) {
    const Figures figures = DrawnNumber().digit(10).digit(34).semicolon(58).digit(90).digit(114).figures();
    EXPECT_EQ(figures.tall, 4);
    EXPECT_EQ(figures.low, 1);
}

TEST(Figures, DigitsThatTouchAreAsManyAsTheyAreWide) {
    EXPECT_EQ(DrawnNumber().digit(10).digit(28).digit(60).digit(84).figures().tall, 4);
}

}  // namespace rightsdesk::reading
