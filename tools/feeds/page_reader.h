// The port to a reader of pages: a picture's octets in, what stands on it out. The gateways and their tests know this alone; the reader
// itself, with all of its libraries, is a program of its own (tools/read_page) that runs in confinement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "confining/confined.h"
#include "reading/page_reading.h"

namespace rightsdesk::feeds {

// One JSON object, money in whole cents; and back. kInvalid names every mistake.
std::string page_read_text(const reading::PageReading& read);
base::Result<reading::PageReading> page_read_from(const std::string& text);

// What a gateway submits of it: certain where it was read, else for a person to key. To be keyed is what is missing and has something
// standing there, and what no notice does without: how many rights and shares, the day, the guarantor, the names.
domain::NoticeReading reading_for_notice(const reading::PageReading& read);

class PageReader {
public:
    PageReader() = default;
    PageReader(const PageReader&) = delete;
    PageReader& operator=(const PageReader&) = delete;
    virtual ~PageReader() = default;

    // Waits for seconds a page. kInvalid: the document cannot be read, or kills its reader. kUnavailable: try again later. kNotFound:
    // there is no reader.
    virtual base::Result<reading::PageReading> read(std::string_view document) = 0;

    // A notice that came as text, UTF-8, on whatever layout. Failures as above.
    virtual base::Result<reading::PageReading> read_text(std::string_view text) = 0;
};

// Runs `program` for each document, confined; `templates` is the folder that it may read. It answers as page_read_text has it.
class ConfinedPageReader final : public PageReader {
public:
    ConfinedPageReader(std::string program, std::string templates, confining::Confinement confinement = {});
    base::Result<reading::PageReading> read(std::string_view document) override;
    base::Result<reading::PageReading> read_text(std::string_view text) override;

private:
    std::vector<std::string> argv_;
    confining::Confinement confinement_;
};

// rightsdesk-read-page beside the program that runs, and the templates of its installation or checkout: ../share/rightsdesk/templates,
// or deploy/templates above it. Empty where there are none.
std::string read_page_beside_us();
std::string templates_beside_us();

}  // namespace rightsdesk::feeds
