// DirectoryDocuments: one file a document, <directory>/<2 digits>/<64 digits>, folders 0700, files 0600. 256 folders are
// enough for some hundred thousand documents, and soon there; a folder for nearly each would cost as much as the document.
//
// A document appears whole or not at all: all of a call are written beside their places, renamed, and the file system is
// synchronised. So many cost one wait for the disk, as one does; what else was written to the same file system waits with
// them. Only a power cut before that may leave torn bytes under a name, which nobody was told of and which keeping the
// document again mends. Several threads and several processes may share a directory; what a dead one
// left beside is harmless.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

#include "documents/documents.h"

namespace rightsdesk::documents {

class DirectoryDocuments final : public Documents {
public:
    // Makes `directory` when first kept in; its parent must exist.
    explicit DirectoryDocuments(std::filesystem::path directory) : directory_(std::move(directory)) {}

    std::vector<base::Result<std::string>> keep_all(const std::vector<const base::Bytes*>& documents) override;
    base::Result<base::Bytes> fetch(const std::string& sha256_hex) override;

    // The names of all that is kept, sorted. kUnavailable when a folder cannot be read.
    [[nodiscard]] base::Result<std::vector<std::string>> names() const;

    // Where the document of this name lies, whether or not it is kept.
    [[nodiscard]] std::filesystem::path path_of(const std::string& sha256_hex) const;

private:
    // A document on its way to its place; `beside` is empty once it is there.
    struct Placing {
        std::string name;
        std::filesystem::path beside;
    };
    bool has_on_disk(const std::string& name, const base::Bytes& bytes);
    base::Result<Placing> write_beside(const base::Bytes& bytes);
    [[nodiscard]] base::Result<Placing> put_in_place(Placing placing) const;

    std::filesystem::path directory_;
    std::mutex last_mutex_;
    std::string last_;  // the last that is on the disk: a broker's list comes again with each of its notices
};

}  // namespace rightsdesk::documents
