// A signed head: the auditor's word that a log had this record last, with this link, at this time. A link covers every record
// before it, so one line vouches for the whole log up to there, whatever becomes of the store afterwards.
//
// As a line:  <log> <epoch> <sequence> <link> <time> <signature>
//
// The signature (Ed25519, 128 hexadecimal digits) is over "rightsdesk head 1 " and what stands before it in the line.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/describe.h"
#include "base/result.h"

namespace rightsdesk::heads {

struct SignedHead {
    std::string log;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    std::string link;       // 40 hexadecimal digits
    std::string time;       // UTC, ISO 8601, of the auditor's clock
    std::string signature;  // 128 hexadecimal digits
    RIGHTSDESK_DESCRIBE(SignedHead, log, epoch, sequence, link, time, signature)
};

std::string to_line(const SignedHead& head);
// kCorrupt when it is not such a line. Does not look at the signature.
base::Result<SignedHead> from_line(std::string_view line);

// Knows whether a head was signed by the auditor. From a file "public = <64 hexadecimal digits>".
class VerifyingKey {
public:
    static base::Result<VerifyingKey> load(const std::string& path);
    [[nodiscard]] bool has_signed(const SignedHead& head) const;
    // The same of an audit trail, by the SHA-256 of its last line (hexadecimal). False where the signature is none.
    [[nodiscard]] bool has_signed_trail(const std::string& digest, const std::string& signature) const;

private:
    friend class SigningKey;
    [[nodiscard]] bool verifies(const std::string& statement, const std::string& signature) const;
    std::array<unsigned char, 32> public_key_{};
};

// The auditor's own. From a file "secret = <64 hexadecimal digits>" that only its owner may read.
class SigningKey {
public:
    static base::Result<SigningKey> load(const std::string& path);
    // A new pair, in two new files, 0600 and 0644. kConflict when one of them exists: a key is never overwritten.
    static base::Result<> make(const std::string& secret_path, const std::string& public_path);

    void sign(SignedHead& head) const;
    // 128 hexadecimal digits, over "rightsdesk audit 1 " and the digest.
    [[nodiscard]] std::string sign_trail(const std::string& digest) const;
    [[nodiscard]] VerifyingKey verifying() const;

private:
    [[nodiscard]] std::string signature_of(const std::string& statement) const;
    std::array<unsigned char, 64> secret_key_{};
};

}  // namespace rightsdesk::heads
