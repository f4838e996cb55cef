#include "base/texts.h"

#include <gtest/gtest.h>

namespace rightsdesk::base {
namespace {

TEST(Texts, are_shortened_between_two_letters) {
    EXPECT_EQ(shortened("five!", 5), "five!");
    EXPECT_EQ(shortened("five!", 4), "five");
    EXPECT_EQ(shortened("Z\xC3\xBCrich", 2), "Z") << "its umlaut is two octets";
    EXPECT_EQ(shortened("Z\xC3\xBCrich", 3), "Z\xC3\xBC");
    EXPECT_EQ(shortened("\xBC\xBC\xBC", 2), "") << "octets of no letter's beginning";
}

}  // namespace
}  // namespace rightsdesk::base
