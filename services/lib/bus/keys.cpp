#include "bus/keys.h"

#include <zmq.h>

#include <algorithm>
#include <array>

namespace rightsdesk::bus {

namespace {

using Z85Key = std::array<char, kKeyCharacters + 1>;

std::string text_of(const Z85Key& key) { return {key.data(), kKeyCharacters}; }

}  // namespace

Result<KeyPair> make_key_pair() {
    Z85Key public_key{};
    Z85Key secret_key{};
    if (zmq_curve_keypair(public_key.data(), secret_key.data()) != 0) return base::unavailable("libzmq makes no CURVE keys; was it built with CURVE?");
    return KeyPair{text_of(public_key), text_of(secret_key)};
}

Result<> check_key(const std::string& key) {
    if (key.size() != kKeyCharacters) return base::invalid("a CURVE key has 40 characters of Z85, this one " + std::to_string(key.size()));
    std::array<std::uint8_t, kKeyOctets> octets{};
    if (zmq_z85_decode(octets.data(), key.c_str()) == nullptr) return base::invalid("a CURVE key holds a character that is not Z85");
    return {};
}

Result<> check_key_pair(const KeyPair& pair) {
    if (auto checked = check_key(pair.public_key); !checked) return checked;
    if (auto checked = check_key(pair.secret_key); !checked) return checked;
    Z85Key derived{};
    if (zmq_curve_public(derived.data(), pair.secret_key.c_str()) != 0) return base::invalid("no public key can be derived from the secret key");
    if (text_of(derived) != pair.public_key) return base::invalid("the public key does not belong to the secret key");
    return {};
}

// An empty principal must never get through: libzmq would then take the User-Id that a client states about itself.
bool is_principal(const std::string& principal) {
    static constexpr std::size_t kMaxPrincipalOctets = 255;
    const auto visible = [](char letter) { return letter > ' ' && letter <= '~'; };
    return !principal.empty() && principal.size() <= kMaxPrincipalOctets && std::all_of(principal.begin(), principal.end(), visible);
}

}  // namespace rightsdesk::bus
