#include "reading/document.h"

#include <string_view>

namespace rightsdesk::reading {

base::Result<std::unique_ptr<Document>> open_document(std::span<const std::byte> octets, const Limits& limits) {
    if (octets.size() > limits.octets) {
        return base::invalid("the document has " + std::to_string(octets.size()) + " octets; at most " + std::to_string(limits.octets) + " are read");
    }
    const std::string_view begin(reinterpret_cast<const char*>(octets.data()), octets.size());
    using namespace std::string_view_literals;
    if (begin.starts_with("II*\0"sv) || begin.starts_with("MM\0*"sv)) return open_tiff(octets, limits);
    // Some mailers put a line before the header; PDF readers allow it within the first 1024 octets.
    if (begin.substr(0, 1024).find("%PDF-") != std::string_view::npos) return open_pdf(octets, limits);
    return base::invalid("the document is neither TIFF nor PDF: hand over the file that the fax server or the scanner wrote");
}

}  // namespace rightsdesk::reading
