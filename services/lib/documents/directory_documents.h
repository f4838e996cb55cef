// DirectoryDocuments: one file a document, <directory>/<2 digits>/<2 digits>/<64 digits>, folders 0700, files 0600.
//
// A document appears whole or not at all: it is written beside its place, synchronised, renamed, and its folder
// synchronised. Several threads and several processes may share a directory; what a dead one left beside is harmless.
#pragma once

#include <filesystem>

#include "documents/documents.h"

namespace rightsdesk::documents {

class DirectoryDocuments final : public Documents {
public:
    // Makes `directory` on the first keep; its parent must exist.
    explicit DirectoryDocuments(std::filesystem::path directory) : directory_(std::move(directory)) {}

    base::Result<std::string> keep(const base::Bytes& bytes) override;
    base::Result<base::Bytes> fetch(const std::string& sha256_hex) override;

    // Where the document of this name lies, whether or not it is kept.
    [[nodiscard]] std::filesystem::path path_of(const std::string& sha256_hex) const;

private:
    base::Result<> make_folders(const std::string& name);

    std::filesystem::path directory_;
};

}  // namespace rightsdesk::documents
