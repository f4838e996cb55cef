#include "base/either.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rightsdesk::base {
namespace {

struct Said {
    std::string text;
    bool operator==(const Said&) const = default;
};
struct Counted {
    int number = 0;
    bool operator==(const Counted&) const = default;
};
struct SaidOrCounted : std::variant<Said, Counted> {
    RIGHTSDESK_EITHER(SaidOrCounted)
};
RIGHTSDESK_EITHER_MEMBERS(SaidOrCounted)

constexpr const char* kLong = "longer than what a string holds within itself";

TEST(Either, IsMadeFromEachOfItsAlternativesAndFromNothingElse) {
    EXPECT_EQ(std::get<Said>(SaidOrCounted()).text, "");
    EXPECT_EQ(std::get<Counted>(SaidOrCounted(Counted{7})).number, 7);
    EXPECT_EQ(std::get<Said>(SaidOrCounted(Said{kLong})).text, kLong);
    EXPECT_FALSE((std::is_constructible_v<SaidOrCounted, int>));
    EXPECT_FALSE((std::is_constructible_v<SaidOrCounted, std::string>));
}

TEST(Either, ACopyIsItsOwnAndWhatIsMovedArrivesWhole) {
    SaidOrCounted first = Said{kLong};
    SaidOrCounted second = first;
    std::get<Said>(second).text = "other";
    EXPECT_EQ(std::get<Said>(first).text, kLong);
    const SaidOrCounted third = std::move(first);
    EXPECT_EQ(std::get<Said>(third).text, kLong);
    second = third;
    EXPECT_EQ(second, third);
    second = Counted{3};  // another alternative in its place
    EXPECT_EQ(std::get<Counted>(second).number, 3);
    SaidOrCounted fourth;
    fourth = std::move(second);
    EXPECT_EQ(std::get<Counted>(fourth).number, 3);
}

TEST(Either, IsTheVariantInEverythingElse) {
    std::vector<SaidOrCounted> both;
    for (int number = 0; number < 20; ++number) both.emplace_back(Counted{number});  // moved as the list grows
    both.emplace_back(Said{kLong});
    int sum = 0;
    for (const SaidOrCounted& one : both) {
        sum += std::visit([](const auto& held) {
            if constexpr (std::is_same_v<decltype(held), const Counted&>) return held.number;
            else return static_cast<int>(held.text.size());
        }, one);
    }
    EXPECT_EQ(sum, 190 + static_cast<int>(std::string(kLong).size()));
    EXPECT_TRUE(std::holds_alternative<Said>(both.back()));
    EXPECT_EQ(std::get_if<Counted>(&both.back()), nullptr);
    EXPECT_EQ(both.back().index(), 0U);
    both.back().emplace<1>().number = 4;
    EXPECT_EQ(both.back(), SaidOrCounted(Counted{4}));
    EXPECT_NE(both.back(), SaidOrCounted(Counted{5}));
}

TEST(Either, SaysWhatItIsMadeOf) {
    EXPECT_TRUE(IsVariant<SaidOrCounted>::value);
    EXPECT_TRUE((IsVariant<std::variant<int, char>>::value));
    EXPECT_FALSE(IsVariant<Said>::value);
    EXPECT_EQ(std::variant_size_v<AlternativesOf<SaidOrCounted>>, 2U);
    EXPECT_TRUE((std::is_same_v<AlternativesOf<std::variant<int, char>>, std::variant<int, char>>));
}

}  // namespace
}  // namespace rightsdesk::base
