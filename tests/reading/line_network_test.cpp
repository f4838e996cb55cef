// The second recogniser of lines: what it reads, and which weights it refuses.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reading/line_network.h"
#include "support/faxed_lines.h"
#include "support/files.h"

namespace rightsdesk::reading {

namespace {

std::string weights_as_shipped() { return support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/reading/line_network.weights"); }

std::string refusal_of(const std::string& weights) {
    const auto network = LineNetwork::from(std::as_bytes(std::span(weights)));
    if (network) return "(taken)";
    EXPECT_EQ(network.error().kind, base::ErrorKind::kCorrupt);
    return network.error().message;
}

// With a sum that is right: what is wrong then is what they say.
std::string with_sum(std::string weights) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (std::size_t at = 20; at < weights.size(); ++at) sum = (sum ^ static_cast<unsigned char>(weights[at])) * 0x100000001b3ULL;
    std::memcpy(weights.data() + 12, &sum, sizeof sum);
    return weights;
}

// A line of full ink from one side to the other: no letters.
LinePicture bar_of(int width) { return {width, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * kLineRows, 255)}; }

}  // namespace

TEST(LineNetwork, ReadsFaxedLinesOfEveryQuality) {
    const auto network = LineNetwork::built_in();
    ASSERT_TRUE(network) << network.error().message;
    const support::LineTexts texts({"harbor", "lantern", "meadow", "quarry", "sixty", "vessel", "Juniper", "Oxbow", "willing", "fjord"});
    std::vector<std::size_t> lines(3);
    std::vector<std::size_t> right(3);
    std::size_t sure = 0;
    std::size_t sure_and_wrong = 0;
    std::string which;
    // Seeds that it was not trained on.
    for (std::uint64_t seed = 70'001; seed <= 70'008; ++seed) {
        for (const support::FaxedLine& line : support::fax_lines(seed, texts)) {
            // Signs that no form has are not read at all.
            if (line.text.find_first_of("_`^~|\\<>{}") != std::string::npos) continue;
            const LineReading reading = network->read(line.picture);
            ++lines[line.quality];
            right[line.quality] += reading.text() == line.text ? 1 : 0;
            sure += reading.certainty() > 0.95 ? 1 : 0;
            if (reading.certainty() <= 0.95 || reading.text() == line.text) continue;
            ++sure_and_wrong;
            which += line.text + " as " + reading.text() + "\n";
        }
    }
    for (const std::size_t quality : {0U, 1U, 2U}) {
        ASSERT_GT(lines[quality], 0U) << quality;
        EXPECT_GT(right[quality] * 100, lines[quality] * (quality == 2 ? 70 : 85)) << right[quality] << " of " << lines[quality] << ", quality " << quality;
    }
    EXPECT_GT(sure * 2, lines[0] + lines[1] + lines[2]);
    // A point that was cleaned away as a speck is not there to be read.
    EXPECT_LT(sure_and_wrong * 50, sure) << "it is sure of what it reads wrong:\n" << which;
}

TEST(LineNetwork, HoldsWhatItReadsForMoreProbableThanAnythingElse) {
    const auto network = LineNetwork::built_in();
    ASSERT_TRUE(network) << network.error().message;
    const support::LineTexts texts({"harbor", "lantern"});
    for (const support::FaxedLine& line : support::fax_lines(70'001, texts)) {
        const LineReading reading = network->read(line.picture);
        EXPECT_NEAR(reading.certainty_of(reading.text()), reading.certainty(), 1e-6);
        EXPECT_LE(reading.certainty_of(reading.text() + "x") + reading.certainty(), 1.0 + 1e-4);
        EXPECT_EQ(reading.certainty_of("\n"), 0);
    }
}

TEST(LineNetwork, OfNoLettersThereIsNoTextAndNoCrash) {
    const auto network = LineNetwork::built_in();
    ASSERT_TRUE(network) << network.error().message;
    EXPECT_EQ(network->read({}).text(), "");
    for (const int width : {1, 2, 3, 5, 17, 400, kWidestLine}) {
        const LineReading reading = network->read(bar_of(width));
        EXPECT_LE(reading.text().size(), static_cast<std::size_t>(width)) << width;
        EXPECT_LE(reading.certainty(), 1) << width;
    }
}

TEST(LineNetwork, DamagedWeightsAreRefusedWithTheReason) {
    const std::string whole = weights_as_shipped();
    EXPECT_EQ(refusal_of(whole), "(taken)");
    EXPECT_NE(refusal_of("").find("are no such weights"), std::string::npos);
    EXPECT_NE(refusal_of("tesseract").find("are no such weights"), std::string::npos);
    std::string other = whole;
    other[8] = 9;
    EXPECT_NE(refusal_of(other).find("of another version"), std::string::npos);
    for (std::size_t at = 20; at < whole.size(); at += 9'973) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        EXPECT_NE(refusal_of(damaged).find("are damaged"), std::string::npos) << at;
        EXPECT_NE(refusal_of(whole.substr(0, at)).find("are damaged"), std::string::npos) << at;
    }
}

TEST(LineNetwork, WeightsOfShapesThatCannotBeAreRefused) {
    const std::string whole = weights_as_shipped();
    ASSERT_EQ(with_sum(whole), whole);
    const auto with_number = [&](std::size_t at, std::uint32_t number) {
        std::string weights = whole;
        std::memcpy(weights.data() + at, &number, sizeof number);
        return with_sum(std::move(weights));
    };
    EXPECT_NE(refusal_of(with_number(20, 0)).find("no layers"), std::string::npos);
    EXPECT_NE(refusal_of(with_number(20, 1'000'000)).find("too many"), std::string::npos);
    EXPECT_NE(refusal_of(with_number(20, 8)).find("another network"), std::string::npos) << "its last layer is no list of signs";
    EXPECT_NE(refusal_of(with_number(24, 3)).find("does not fit"), std::string::npos);
    EXPECT_NE(refusal_of(with_number(28, 4'000'000'000U)).find("does not fit"), std::string::npos);
    EXPECT_NE(refusal_of(with_number(32, 0)).find("cannot be"), std::string::npos);
    EXPECT_NE(refusal_of(with_number(36, 77)).find("cannot be"), std::string::npos);
    EXPECT_NE(refusal_of(with_sum(whole.substr(0, whole.size() - 1))).find("cut short"), std::string::npos);
    EXPECT_NE(refusal_of(with_sum(whole + "x")).find("another network"), std::string::npos);
}

}  // namespace rightsdesk::reading
