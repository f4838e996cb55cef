// The layouts of deploy/templates, and what is said of a mistaken one.
#include <gtest/gtest.h>

#include <string>

#include "reading/reading.h"
#include "reading/templates_folder.h"

namespace rightsdesk::reading {

namespace {

std::string mistake_in(const std::string& text) {
    const auto form = parse_template(text, "new.toml");
    return form ? "" : form.error().message;
}

const std::string kHead = "name = \"new\"\ntitle = \"a new layout\"\nevidence = [\"NOTICE OF GUARANTEED DELIVERY\"]\n";

}  // namespace

TEST(Templates, TheHousesOwnAreAllGood) {
    const auto forms = load_templates(std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/templates");
    ASSERT_TRUE(forms) << forms.error().message;
    EXPECT_GE(forms->size(), 9U);
}

TEST(Templates, AMistakeIsToldWithItsFileAndLine) {
    EXPECT_EQ(mistake_in(kHead + "[[field]]\nfield = \"names\"\nbehind = [\"Name(s)\"]\n"), "");
    EXPECT_NE(mistake_in(kHead + "[[field]]\nfield = \"shoe_size\"\nbehind = [\"Size\"]\n").find("new.toml:4: field must be one of a notice's"), std::string::npos);
    EXPECT_NE(mistake_in(kHead + "[[field]]\nfield = \"names\"\nbehind = [\"a\"]\nabove = [\"b\"]\n").find("exactly one of between, behind, above"), std::string::npos);
    EXPECT_NE(mistake_in(kHead + "[[field]]\nfield = \"names\"\nbehind = [\"a\"]\nsection = \"holder\"\n").find("no [[section]] of the name \"holder\""), std::string::npos);
    EXPECT_NE(mistake_in(kHead + "colour = \"red\"\n").find("colour is no key here"), std::string::npos);
    EXPECT_NE(mistake_in("name = \n").find("new.toml:1:"), std::string::npos);
}

TEST(Templates, AFolderWithoutAnyIsSaidToBeOne) {
    EXPECT_FALSE(load_templates("/nonexistent/templates"));
    EXPECT_FALSE(Reader::open("/nonexistent/templates"));
}

}  // namespace rightsdesk::reading
