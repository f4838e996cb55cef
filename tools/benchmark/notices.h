// The notices that the benchmark hands in: the sample's form, filled in differently each time, in envelopes of fax-1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "domain/receipts.h"
#include "domain/types.h"

namespace rightsdesk::benchmark {

inline constexpr const char* kGateway = "fax-1";
inline constexpr const char* kOffering = "rare-medium-2002";
inline constexpr const char* kFax = "+17185550101";
// The last day's afternoon, when most of the paper comes in.
inline constexpr const char* kTime = "2002-06-28T15:00:00-04:00";

struct PreparedNotice {
    std::uint64_t sequence = 0;  // of fax-1's, and so its id
    base::Bytes envelope;        // encoded
    domain::ReceiptKind expected = domain::ReceiptKind::kAccepted;
    std::string reason;          // that the receipt names where it is defective
    std::string log = kOffering; // that it goes to
};

// kListed: a broker's list, keyed by the gateway: one paper for kOnAList notices. kPictured: each is a page of its own, keyed by
// the gateway as a fax gateway does, of which the document is the picture, of 800 octets. kText: the document is the form's text, and
// intake reads it.
enum class Reading : unsigned char { kListed, kPictured, kText };

// Where notices go: another offering than the sample's has other dates than those that the sample's form prints.
struct Addressed {
    std::string log = kOffering;
    std::string fax = kFax;
    std::optional<domain::Date> dated;  // instead of the form's; the printed dates are left out then
    domain::Instant stamp = {};
};

// What a notice asks for costs, and the confirmation of its wire that it states, by its number.
domain::Money money_of(std::uint64_t number);
std::string confirmation_of(std::uint64_t number);

// The sample's offering, at kTime.
Addressed afternoon();

class NoticeMaker {
public:
    // The form is the sample's, as its terms and its last day want it. Throws when it is not what is expected here.
    NoticeMaker(const std::string& source_dir, Reading reading);

    // The next `count`. Each has a holder, rights, shares, money and a confirmation of its own, so that no two are taken for
    // one; one in kOneUndatedIn bears no date, and is defective.
    std::vector<PreparedNotice> next(std::size_t count, const Addressed& addressed = afternoon());
    // One to where it says, stamped then; it bears a date.
    PreparedNotice next(const Addressed& addressed);
    // The next `count`, none of which bears a date: each is defective, and people are told.
    std::vector<PreparedNotice> next_undated(std::size_t count, const Addressed& addressed = afternoon());
    [[nodiscard]] std::uint64_t made() const { return made_; }

    static constexpr std::uint64_t kOneUndatedIn = 20;
    static constexpr std::uint64_t kOnAList = 256;

private:
    PreparedNotice prepare(const Addressed& addressed, bool undated);
    [[nodiscard]] std::string form(std::uint64_t number) const;
    [[nodiscard]] domain::NoticeFields keyed(std::uint64_t number) const;
    [[nodiscard]] domain::SubmitNotice submission(std::uint64_t number, domain::Instant stamp, const std::string& fax) const;
    std::string form_;
    Reading reading_;
    domain::NoticeFields fields_;  // of the form as it is
    std::uint64_t made_ = 0;
};

}  // namespace rightsdesk::benchmark
