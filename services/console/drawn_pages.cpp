#include "console/drawn_pages.h"

#include <algorithm>
#include <charconv>

#include "runtime/json.h"

namespace rightsdesk::console {

namespace {

constexpr std::uint64_t kMemoryOctets = 1ULL << 30U;
constexpr std::uint64_t kPictureOctets = 8ULL << 20U;
constexpr std::chrono::seconds kProcessorTime{20};
constexpr std::chrono::milliseconds kElapsed{30'000};
constexpr std::string_view kRefused = "ended with 2: ";  // by the drawing program, which says why

// What the program said of the document, without the program; else how it ended.
std::string reason_in(const std::string& message) {
    const auto at = message.find(kRefused);
    return at == std::string::npos ? "drawing it was ended: " + message.substr(message.rfind('/') + 1) : message.substr(at + kRefused.size());
}

HttpAnswer not_drawn(const base::Error& error) {
    if (error.kind == base::ErrorKind::kInvalid) return error_answer(422, "not_drawn", reason_in(error.message));
    return error_answer(503, "unavailable", error.message, 2);
}

std::uint32_t page_of(const std::string& number) {
    std::uint32_t page = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), page);
    return error == std::errc() && end == number.data() + number.size() ? page : 0;
}

}  // namespace

confining::Confinement confinement_of_drawing() {
    confining::Confinement confinement;
    confinement.memory_octets = kMemoryOctets;
    confinement.processor_time = kProcessorTime;
    confinement.elapsed = kElapsed;
    confinement.output_octets = kPictureOctets;
    return confinement;
}

DrawnPages::DrawnPages(std::string program, confining::Confinement confinement) : program_(std::move(program)), confinement_(std::move(confinement)) {}

HttpAnswer DrawnPages::count(std::string_view pdf) const {
    const auto answer = confining::run_confined(confinement_, {program_, "--count"}, pdf);
    if (!answer) return not_drawn(answer.error());
    const auto told = nlohmann::json::parse(*answer, nullptr, false);
    if (!told.is_object() || !told.contains("pages") || !told["pages"].is_number_unsigned()) return error_answer(503, "unavailable", program_ + " does not say how many pages there are", 2);
    const auto pages = told["pages"].get<std::uint32_t>();
    return json_answer(nlohmann::json{{"pages", pages}, {"shown", std::min(pages, kMostPagesDrawn)}}.dump());
}

HttpAnswer DrawnPages::draw(std::string_view pdf, const std::string& number) const {
    const std::uint32_t page = page_of(number);
    if (page < 1 || page > kMostPagesDrawn) return error_answer(404, "not_found", "pages 1 to " + std::to_string(kMostPagesDrawn) + " are drawn; the document can be downloaded");
    auto picture = confining::run_confined(confinement_, {program_, "--draw", std::to_string(page)}, pdf);
    if (!picture) return not_drawn(picture.error());
    return {200, "image/png", std::move(*picture), {{"Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'self'"}}};
}

}  // namespace rightsdesk::console
