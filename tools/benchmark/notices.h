// The notices that the benchmark hands in: the sample's form, filled in differently each time, in envelopes of fax-1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "domain/receipts.h"
#include "domain/types.h"

namespace rightsdesk::benchmark {

struct PreparedNotice {
    std::uint64_t sequence = 0;  // of fax-1's, and so its id
    base::Bytes envelope;        // encoded
    domain::ReceiptKind expected = domain::ReceiptKind::kAccepted;
};

// kKeyed: the gateway has read the page, as a fax gateway does; the document is the page's picture, of 800 octets. kText: the
// document is the form's text, and intake reads it.
enum class Reading : unsigned char { kKeyed, kText };

class NoticeMaker {
public:
    // The form is the sample's, as its terms and its last day want it. Throws when it is not what is expected here.
    NoticeMaker(const std::string& source_dir, Reading reading);

    // The next `count`. Each has a holder, rights, shares, money and a confirmation of its own, so that no two are taken for
    // one; one in kOneUndatedIn bears no date, and is defective.
    std::vector<PreparedNotice> next(std::size_t count);
    [[nodiscard]] std::uint64_t made() const { return made_; }

    static constexpr std::uint64_t kOneUndatedIn = 20;

private:
    [[nodiscard]] std::string form(std::uint64_t number) const;
    [[nodiscard]] domain::NoticeFields keyed(std::uint64_t number) const;
    std::string form_;
    Reading reading_;
    domain::NoticeFields fields_;  // of the form as it is
    std::uint64_t made_ = 0;
};

inline constexpr const char* kGateway = "fax-1";
inline constexpr const char* kOffering = "rare-medium-2002";
// The last day's afternoon, when most of the paper comes in.
inline constexpr const char* kTime = "2002-06-28T15:00:00-04:00";

}  // namespace rightsdesk::benchmark
