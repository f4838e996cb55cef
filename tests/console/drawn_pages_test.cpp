// A PDF's pages, drawn by the real program in its confinement: what comes of it, and what is said where nothing does.
#include "console/drawn_pages.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace rightsdesk::console {
namespace {

const std::string kDrawing = std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-read-page";

// A PDF with so many sheets of 612 by 792 points, nothing on them. Its readers find the objects without a table.
std::string sheets(int number, const std::string& size = "612 792") {
    std::string kids, pages;
    for (int at = 0; at < number; ++at) {
        const std::string id = std::to_string(at + 3);
        kids += id + " 0 R ";
        pages += id + " 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + size + "] >>\nendobj\n";
    }
    return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(number) + " >>\nendobj\n" + pages +
           "trailer << /Size " + std::to_string(number + 3) + " /Root 1 0 R >>\n%%EOF\n";
}

std::string message_of(const HttpAnswer& answer) { return nlohmann::json::parse(answer.body).at("message"); }

// Of a PNG: four octets, the highest first.
std::uint32_t width_of(const std::string& png) {
    std::uint32_t width = 0;
    for (std::size_t at = 16; at < 20; ++at) width = width << 8U | static_cast<unsigned char>(png.at(at));
    return width;
}

TEST(DrawnPages, a_page_is_a_picture_that_no_script_can_be_in) {
    const HttpAnswer page = DrawnPages(kDrawing).draw(sheets(2), "2");
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(page.content_type, "image/png");
    EXPECT_TRUE(page.body.starts_with("\x89PNG\r\n"));
    EXPECT_EQ(width_of(page.body), 1'728U);
    EXPECT_EQ(page.headers.at(0).second, "sandbox; default-src 'none'; frame-ancestors 'self'");
}

TEST(DrawnPages, of_a_long_document_the_first_are_drawn_and_all_are_counted) {
    const DrawnPages pages(kDrawing);
    const std::string thirteen = sheets(13);
    EXPECT_EQ(nlohmann::json::parse(pages.count(thirteen).body), (nlohmann::json{{"pages", 13}, {"shown", kMostPagesDrawn}}));
    EXPECT_EQ(pages.draw(thirteen, "12").status, 200);
    for (const char* beyond : {"13", "0", "-1", "1x", ""}) EXPECT_EQ(pages.draw(thirteen, beyond).status, 404) << beyond;
    const HttpAnswer none = pages.draw(sheets(1), "2");
    EXPECT_EQ(none.status, 422);
    EXPECT_EQ(message_of(none), "there is no page 2: the document has 1");
}

TEST(DrawnPages, what_cannot_be_drawn_says_why) {
    const DrawnPages pages(kDrawing);
    const HttpAnswer damaged = pages.count("%PDF-1.4\nnothing of it");
    EXPECT_EQ(damaged.status, 422);
    EXPECT_EQ(nlohmann::json::parse(damaged.body).at("error"), "not_drawn");
    EXPECT_EQ(message_of(damaged), "the PDF is damaged: it cannot be opened");
    const HttpAnswer large = pages.draw(sheets(1, "14000 14000"), "1");
    EXPECT_EQ(large.status, 422);
    EXPECT_NE(message_of(large).find("more than 40000000 pixels"), std::string::npos) << large.body;
}

// What takes more than it may have harms nobody but itself.
TEST(DrawnPages, a_drawing_that_takes_too_much_is_ended_and_said_to_be) {
    confining::Confinement no_time = confinement_of_drawing();
    no_time.elapsed = std::chrono::milliseconds(1);
    const HttpAnswer late = DrawnPages(kDrawing, no_time).draw(sheets(1), "1");
    EXPECT_EQ(late.status, 422);
    EXPECT_EQ(message_of(late), "drawing it was ended: rightsdesk-read-page took longer than 1 ms and was ended");
    confining::Confinement no_answer = confinement_of_drawing();
    no_answer.output_octets = 100;
    EXPECT_EQ(message_of(DrawnPages(kDrawing, no_answer).draw(sheets(1), "1")), "drawing it was ended: rightsdesk-read-page answered more than 100 octets");
}

TEST(DrawnPages, without_the_program_the_board_is_told_to_try_again) {
    const HttpAnswer answer = DrawnPages("/nowhere/rightsdesk-read-page").count(sheets(1));
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(message_of(answer).find("cannot be run"), std::string::npos) << answer.body;
}

}  // namespace
}  // namespace rightsdesk::console
