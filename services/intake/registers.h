// The registers of record-date holders that notices are checked against, in memory: read from their documents when an offering's is
// first asked for, and again when another is imported.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "documents/documents.h"
#include "domain/book.h"
#include "domain/holder_register.h"

namespace rightsdesk::intake {

class Registers {
public:
    // `documents` outlives it.
    explicit Registers(documents::Documents& documents) : documents_(documents) {}

    // The register that these parts make, each a document by its SHA-256; null where the book has none. kUnavailable or kNotFound:
    // a document could not be read; kInvalid: they are no register, and why. The index lives until the next call. The first call
    // for a register of a million holders takes some seconds.
    base::Result<const domain::RegisterIndex*> of(const domain::Book& book);
    base::Result<const domain::RegisterIndex*> read(const domain::OfferingId& offering, const std::vector<std::string>& parts);

private:
    struct Loaded {
        std::vector<std::string> parts;
        std::unique_ptr<domain::RegisterIndex> index;
        std::uint64_t asked = 0;   // when last, counted in calls
    };
    void make_room();

    documents::Documents& documents_;
    std::map<domain::OfferingId, Loaded> loaded_;
    std::uint64_t calls_ = 0;
};

}  // namespace rightsdesk::intake
