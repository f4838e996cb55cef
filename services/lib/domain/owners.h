// What a nominee certifies of the owners that it exercises for (the form's own "Nominee Holder Certification"), and what becomes of it.
// rules.md section 4: the basic privilege is exercised in full, "for a nominee: per beneficial owner".
#pragma once

#include <string>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kMaxCertifiedOwners = 1'000;   // of one notice: its state is written whole, and is some 100 KiB with them
inline constexpr std::size_t kMaxReferenceLetters = 24;     // of the reference of an owner
inline constexpr std::int64_t kMaxOwnerQuantity = 1'000'000'000'000;  // of rights and of shares of one owner

struct CertifiedOwner {
    std::string reference;       // the nominee's own for the beneficial owner, each once: a number of theirs, never a name
    Rights rights;               // that the nominee holds for the owner
    Shares basic;                // subscribed for by the basic privilege
    Shares over;                 // and by the over-subscription privilege
    RIGHTSDESK_DESCRIBE(CertifiedOwner, reference, rights, basic, over)
};

struct OwnersCertification {
    std::vector<CertifiedOwner> owners;  // 1 to kMaxCertifiedOwners, as the nominee lists them
    std::uint32_t in_full = 0;   // of them: whose basic privilege is exercised in full
    Shares over_in_full;         // that these ask for beyond it: what is eligible of the notice's over-subscription
    std::string evidence;
    std::string by;              // the operator who recorded it
    Instant at;                  // when it was received
    std::string void_because;    // not empty: it does not hold any more, and the notice is judged as one holder's
    RIGHTSDESK_DESCRIBE(OwnersCertification, owners, in_full, over_in_full, evidence, by, at, void_because)
};

struct OwnersCertified {         // [intake] an earlier certification of the notice is replaced
    NoticeId notice;
    OwnersCertification certification;
    RIGHTSDESK_DESCRIBE(OwnersCertified, notice, certification)
};

struct CertificationVoided {     // [intake] the notice was amended, and its owners' shares are not its own any more
    NoticeId notice;
    std::string why;
    RIGHTSDESK_DESCRIBE(CertificationVoided, notice, why)
};

}  // namespace rightsdesk::domain
