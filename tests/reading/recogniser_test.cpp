#include "reading/recogniser.h"

#include <gtest/gtest.h>

namespace rightsdesk::reading {

// As tesseract 5.3 told of a line: the label's area ended with the value's second word, which were taken for the label's then.
TEST(SeenWords, AWordEndsBeforeTheNext) {
    std::vector<SeenWord> words = {{"Address", {1'323, 779, 354, 39}, 90}, {"77", {1'482, 774, 74, 49}, 90}, {"Lake", {1'580, 779, 97, 39}, 90}, {"Ave,", {1'706, 781, 95, 33}, 90}};
    part_overlapping(words);
    EXPECT_EQ(words[0].area.right(), 1'482);
    EXPECT_EQ(words[1].area.right(), 1'556);
    EXPECT_EQ(words[2].area.right(), 1'677);

    // A line's last word, and the first of the next.
    std::vector<SeenWord> lines = {{"Smith", {100, 100, 90, 30}, 90}, {"Boston", {120, 150, 100, 30}, 90}};
    part_overlapping(lines);
    EXPECT_EQ(lines[0].area.right(), 190);
}

}  // namespace rightsdesk::reading
