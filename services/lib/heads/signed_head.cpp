#include "heads/signed_head.h"

#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "heads/files.h"

namespace rightsdesk::heads {
namespace {

using base::Result;

static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_SEEDBYTES == 32);

void start_sodium() { CHECK(sodium_init() >= 0); }

std::string unsigned_line(const SignedHead& head) {
    return head.log + " " + std::to_string(head.epoch) + " " + std::to_string(head.sequence) + " " + head.link + " " + head.time;
}

// What is signed. The first words keep the signature from being taken for one of something else.
std::string statement_of(const SignedHead& head) { return "rightsdesk head 1 " + unsigned_line(head); }
std::string statement_of_trail(const std::string& digest) { return "rightsdesk audit 1 " + digest; }

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char letter) { return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f'); });
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (;;) {
        const std::size_t end = line.find(' ');
        words.push_back(line.substr(0, end));
        if (end == std::string_view::npos) return words;
        line.remove_prefix(end + 1);
    }
}

bool read_number(std::string_view text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string octets_of(const std::string& hex) {
    std::string octets(hex.size() / 2, '\0');
    CHECK(sodium_hex2bin(reinterpret_cast<unsigned char*>(octets.data()), octets.size(), hex.data(), hex.size(), nullptr, nullptr, nullptr) == 0);
    return octets;
}

// The 32 octets of the line "<what> = <64 hexadecimal digits>".
Result<std::string> key_in(const std::string& path, const std::string& what) {
    std::ifstream file(path);
    if (!file) return base::failure(base::ErrorKind::kNotFound, path + ": there is no key of the auditor here; rightsdesk keys make makes it");
    const std::string start = what + " = ";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(start) && is_hex(std::string_view(line).substr(start.size()), 64)) return octets_of(line.substr(start.size()));
    }
    return base::invalid(path + ": has no line '" + start + "<64 hexadecimal digits>'");
}

}  // namespace

std::string to_line(const SignedHead& head) { return unsigned_line(head) + " " + head.signature; }

Result<SignedHead> from_line(std::string_view line) {
    const auto words = words_of(line);
    SignedHead head;
    if (words.size() != 6 || words[0].empty() || !read_number(words[1], head.epoch) || !read_number(words[2], head.sequence) || !is_hex(words[3], 40) || words[4].empty() ||
        !is_hex(words[5], 128)) {
        return base::failure(base::ErrorKind::kCorrupt, "not a signed head: " + std::string(line.substr(0, 80)));
    }
    head.log = words[0];
    head.link = words[3];
    head.time = words[4];
    head.signature = words[5];
    return head;
}

Result<VerifyingKey> VerifyingKey::load(const std::string& path) {
    start_sodium();
    const auto octets = key_in(path, "public");
    if (!octets) return tl::unexpected(octets.error());
    VerifyingKey key;
    std::copy(octets->begin(), octets->end(), key.public_key_.begin());
    return key;
}

bool VerifyingKey::has_signed(const SignedHead& head) const { return verifies(statement_of(head), head.signature); }

bool VerifyingKey::has_signed_trail(const std::string& digest, const std::string& signature) const { return verifies(statement_of_trail(digest), signature); }

bool VerifyingKey::verifies(const std::string& statement, const std::string& hex) const {
    if (!is_hex(hex, 128)) return false;
    const std::string signature = octets_of(hex);
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()), reinterpret_cast<const unsigned char*>(statement.data()), statement.size(),
                                       public_key_.data()) == 0;
}

Result<SigningKey> SigningKey::load(const std::string& path) {
    start_sodium();
    const auto seed = key_in(path, "secret");
    if (!seed) return tl::unexpected(seed.error());
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return base::invalid(path + ": others than its owner may use the auditor's key; chmod 600 it, or make a new one");
    }
    SigningKey key;
    std::array<unsigned char, 32> public_key{};
    crypto_sign_seed_keypair(public_key.data(), key.secret_key_.data(), reinterpret_cast<const unsigned char*>(seed->data()));
    return key;
}

Result<> SigningKey::make(const std::string& secret_path, const std::string& public_path) {
    start_sodium();
    std::array<unsigned char, 32> public_key{};
    std::array<unsigned char, 64> secret_key{};
    crypto_sign_keypair(public_key.data(), secret_key.data());
    const auto hex = [](const unsigned char* octets) { return base::to_hex({reinterpret_cast<const char*>(octets), 32}); };
    if (auto made = create_file(secret_path, 0600, "secret = " + hex(secret_key.data()) + "\n"); !made) return made;
    return create_file(public_path, 0644, "public = " + hex(public_key.data()) + "\n");
}

void SigningKey::sign(SignedHead& head) const { head.signature = signature_of(statement_of(head)); }

std::string SigningKey::sign_trail(const std::string& digest) const { return signature_of(statement_of_trail(digest)); }

std::string SigningKey::signature_of(const std::string& statement) const {
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(statement.data()), statement.size(), secret_key_.data());
    return base::to_hex({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

VerifyingKey SigningKey::verifying() const {
    VerifyingKey key;
    std::copy(secret_key_.begin() + 32, secret_key_.end(), key.public_key_.begin());  // libsodium keeps it in the second half
    return key;
}

}  // namespace rightsdesk::heads
