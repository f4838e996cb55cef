// The sealing keys, one a log, each in a file outside the store; erasing the file is the purge of what it sealed. Business keys are hashed
// with it too: with another key in its place the same wire or notice would not be recognised, and count twice.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "wire/seal.h"

namespace rightsdesk::runtime {

class KeyRing {
public:
    // `folder`: "<log>.key" files, mode 0600. Made when missing.
    explicit KeyRing(std::string folder) : folder_(std::move(folder)) {}

    // The log's key; made, durably, when there is none and `make` is set. Several processes may make it at once: one
    // wins, all get the same. kNotFound when there is none; kUnavailable when the disk refuses. The pointer holds for
    // the ring's life.
    base::Result<const wire::SealKey*> key_of(const std::string& log, bool make);

    // Of a log that has records: that its key is here, or was erased with intent, which the file "<log>.erased" says. Else kUnavailable,
    // with what to do.
    base::Result<> must_have(const std::string& log);

private:
    std::string folder_;
    std::map<std::string, wire::SealKey> keys_;
};

}  // namespace rightsdesk::runtime
