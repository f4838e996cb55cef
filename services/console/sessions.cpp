#include "console/sessions.h"

#include <algorithm>

#include <sodium.h>

#include "base/check.h"

namespace rightsdesk::console {

std::string random_token() {
    CHECK(sodium_init() >= 0);
    unsigned char octets[32];
    randombytes_buf(octets, sizeof octets);
    char text[sodium_base64_ENCODED_LEN(sizeof octets, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    sodium_bin2base64(text, sizeof text, octets, sizeof octets, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text;
}

bool same_token(const std::string& left, const std::string& right) {
    return left.size() == right.size() && !left.empty() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

Monotonic end_of(const SignedIn& session) { return std::min<Monotonic>(session.began + kAbsoluteEnd, session.last_used + kIdleEnd); }

void Sessions::drop_ended(Monotonic now) {
    std::erase_if(by_cookie_, [&](const auto& one) { return end_of(one.second) <= now; });
}

std::string Sessions::begin(const std::string& operator_name, Monotonic now) {
    drop_ended(now);
    std::size_t own = 0;
    auto oldest = by_cookie_.end();
    for (auto at = by_cookie_.begin(); at != by_cookie_.end(); ++at) {
        if (at->second.operator_name != operator_name) continue;
        ++own;
        if (oldest == by_cookie_.end() || at->second.last_used < oldest->second.last_used) oldest = at;
    }
    if (own >= kMostSessionsOfOne) by_cookie_.erase(oldest);
    if (by_cookie_.size() >= kMostSessions) return {};
    std::string cookie = random_token();
    by_cookie_[cookie] = {operator_name, random_token(), now, now, 0};
    return cookie;
}

// Looked up by a map: what its time tells of 256 random bits helps nobody.
SignedIn* Sessions::find(const std::string& cookie, Monotonic now, bool use) {
    const auto found = by_cookie_.find(cookie);
    if (found == by_cookie_.end()) return nullptr;
    if (end_of(found->second) <= now) {
        by_cookie_.erase(found);
        return nullptr;
    }
    if (use) found->second.last_used = now;
    return &found->second;
}

void Sessions::end(const std::string& cookie) { by_cookie_.erase(cookie); }

void Sessions::end_all_of(const std::string& operator_name) {
    std::erase_if(by_cookie_, [&](const auto& one) { return one.second.operator_name == operator_name; });
}

}  // namespace rightsdesk::console
