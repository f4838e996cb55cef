// Result: the outcome of an operation that may fail for reasons outside the program. A business outcome is not an
// Error but a value of the domain; a bug is a CHECK.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace rightsdesk::base {

enum class ErrorKind {
    kUnavailable,  // store, peer or disk does not answer now: try the same again later
    kInvalid,      // the input is not usable: trying again gives the same
    kNotFound,     // what was asked for does not exist
    kConflict,     // somebody else changed it first: read again, then decide again
    kCorrupt,      // stored bytes are not what was stored: stop and tell a person
};

struct Error {
    ErrorKind kind;
    std::string message;  // what was wrong, where, and what to do; for a person

    [[nodiscard]] bool worth_retrying() const { return kind == ErrorKind::kUnavailable || kind == ErrorKind::kConflict; }
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorKind kind, std::string message) {
    return tl::unexpected<Error>(Error{kind, std::move(message)});
}
inline tl::unexpected<Error> unavailable(std::string message) { return failure(ErrorKind::kUnavailable, std::move(message)); }
inline tl::unexpected<Error> invalid(std::string message) { return failure(ErrorKind::kInvalid, std::move(message)); }

}  // namespace rightsdesk::base
