// A document's pages, cleaned and read: pixels and words together. Inside this room.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "paper/sheet.h"
#include "reading/clean_page.h"
#include "reading/document.h"
#include "reading/page_words.h"

namespace rightsdesk::reading {

struct Pages {
    std::vector<CleanPage> clean;
    std::vector<PageWord> words;  // of all pages
    std::string machine_lines;    // what fax machines printed at the pages' ends: who sent them
    paper::Sheet sheet;           // the same words, each naming its `source` among them; pages from 1
};

// kInvalid: a page that cannot be decoded or worked on.
base::Result<Pages> read_pages(Document& document, Recogniser& recogniser, const LineNetwork& network, Timings& timings);

}  // namespace rightsdesk::reading
