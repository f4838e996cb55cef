// A PDF's pages as pictures. They are drawn by a confined child (rightsdesk-read-page), a page each, so that nothing in the console takes apart what
// anybody could have sent. Any thread may call; each call waits for its child.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "confining/confined.h"
#include "console/http.h"

namespace rightsdesk::console {

inline constexpr std::uint32_t kMostPagesDrawn = 12;  // of a document; it can be downloaded whole

// What one page may take of this host.
confining::Confinement confinement_of_drawing();

class DrawnPages {
public:
    explicit DrawnPages(std::string program, confining::Confinement confinement = confinement_of_drawing());

    // {"pages", "shown"}: how many it has, and how many of them are drawn.
    [[nodiscard]] HttpAnswer count(std::string_view pdf) const;
    // `number` from 1, as it stands in the address.
    [[nodiscard]] HttpAnswer draw(std::string_view pdf, const std::string& number) const;

private:
    std::string program_;
    confining::Confinement confinement_;
};

}  // namespace rightsdesk::console
