// The letters that a log owes: to whom, because of which record, and the facts that its template is filled with. They follow from the log
// alone, so that the queue is never lost and never doubled: a letter's id is its kind, its notice or payment, and the record's number.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "domain/book.h"
#include "store/store.h"
#include "wire/seal.h"

namespace rightsdesk::telling {

// What the agent's duties call for (domain rules, "telling the holders"):
//   receipt          a notice came that is not accepted as it came      to the holder
//   acknowledgement  a notice is accepted                               to the holder
//   defect           it is not, why, and until when that can be cured   to the guarantor; of a direct exercise, which has none, to the holder
//   cover_reminder   its certificates are due, or some are missing      to the guarantor
//   allotment        the final allocation was approved                  to the holder
//   refund           money went back                                    to the holder
RIGHTSDESK_ENUM(LetterKind, kReceipt, kAcknowledgement, kDefect, kCoverReminder, kAllotment, kRefund)

struct Letter {
    std::string id;                            // "defect-fax-1.8-17"
    LetterKind kind = LetterKind::kReceipt;
    domain::NoticeId notice;
    store::Sequence sequence = 0;              // of the record that calls for it
    domain::Instant at;
    std::map<std::string, std::string> facts;  // by the templates' words; what is not known is empty
};

// Tells every letter of an offering's log, in order, until the log's end or false. Names and addresses are in the facts where `key`, the log's
// sealing key, opens them; without it they are empty. kCorrupt when chain or bytes are not what was committed.
base::Result<> each_letter(store::Store& store, const std::string& log, const wire::SealKey* key, const std::function<bool(const Letter&)>& tell);

// The same in pieces, as the log grows: what it has come to owe since, each time. After a false or an error one begins anew.
class OwedLetters {
public:
    explicit OwedLetters(const std::string& log);
    OwedLetters(OwedLetters&&) noexcept;
    OwedLetters& operator=(OwedLetters&&) noexcept;
    ~OwedLetters();

    base::Result<> go_on(store::Store& store, const wire::SealKey* key, const std::function<bool(const Letter&)>& tell);

private:
    struct Following;
    std::unique_ptr<Following> following_;
};

// Every word that a template may use.
const std::vector<std::string>& letter_facts();

}  // namespace rightsdesk::telling
