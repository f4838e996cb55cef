// Who is signed in: a random cookie a session, a token against forged requests, two ends. In memory only: a restart signs everybody out.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace rightsdesk::console {

using Monotonic = std::chrono::nanoseconds;  // of a clock that never goes back

inline constexpr std::chrono::minutes kIdleEnd{30};      // without a request
inline constexpr std::chrono::hours kAbsoluteEnd{12};
inline constexpr std::size_t kMostSessions = 1'000;
inline constexpr std::size_t kMostSessionsOfOne = 16;    // the oldest gives way
inline constexpr std::size_t kTokenLetters = 43;         // 256 random bits, base64url

struct SignedIn {
    std::string operator_name;
    std::string csrf;
    Monotonic began{};
    Monotonic last_used{};
    std::size_t streams = 0;  // event streams that are open on it
};

// 256 random bits as 43 letters of base64url.
std::string random_token();
// Takes as long wherever they differ.
bool same_token(const std::string& left, const std::string& right);

// Belongs to one thread.
class Sessions {
public:
    // The new session's cookie; empty where there are as many as may be.
    std::string begin(const std::string& operator_name, Monotonic now);
    // Nothing where it is none, or has ended. `use`: a person did something, and the idle end moves.
    SignedIn* find(const std::string& cookie, Monotonic now, bool use);
    void end(const std::string& cookie);
    // All of a person who may sign in no more.
    void end_all_of(const std::string& operator_name);
    [[nodiscard]] std::size_t size() const { return by_cookie_.size(); }

private:
    void drop_ended(Monotonic now);
    std::map<std::string, SignedIn> by_cookie_;
};

// When it ends if nothing is done.
Monotonic end_of(const SignedIn& session);

}  // namespace rightsdesk::console
