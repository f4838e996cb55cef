// How fast passwords may be tried: after a few failures a name, and an address, waits, each time twice as long. What is right
// does not get in sooner, or trying would go on meanwhile.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "console/sessions.h"

namespace rightsdesk::console {

inline constexpr int kFreeFailures = 4;                     // of one name, before it waits
inline constexpr int kFreeFailuresOfAddress = 20;           // which a proxy in front may make everybody's
inline constexpr std::chrono::seconds kFirstWait{2};
inline constexpr std::chrono::minutes kLongestWait{15};
inline constexpr std::chrono::hours kForgottenAfter{1};     // since the last failure
inline constexpr std::size_t kMostRemembered = 10'000;      // names and addresses; beyond it nobody unknown may try until some are forgotten

// Belongs to one thread.
class SignInLimits {
public:
    // How long this one has to wait before it may try; nothing: it may.
    std::optional<std::chrono::seconds> wait_of(const std::string& name, const std::string& address, Monotonic now);
    void failed(const std::string& name, const std::string& address, Monotonic now);
    // Forgives the name all, and the address this one try: others' names may be tried from there.
    void succeeded(const std::string& name, const std::string& address);

private:
    struct Failures {
        int count = 0;
        Monotonic last{};
    };
    void forget(Monotonic now);
    std::map<std::string, Failures> failures_;  // "name/alice", "address/127.0.0.1"
};

}  // namespace rightsdesk::console
