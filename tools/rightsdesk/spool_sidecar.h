// What lies beside a document in a gateway's spool: NAME.json says what NAME is, when and where it came in. Its members are
// those of the command that it becomes (services/lib/domain/commands.h), and `kind`:
//
//     notice         SubmitNotice: the document itself is sent           stamp, address; also channel, media_type, sender_station,
//                                                                        pages, complete, delivery, keyed
//     certificates   DeliverCertificates                                 offering, notice, stamp, address, delivery, rights; also ...
//     exercise       ExerciseDirectly                                    offering, stamp, address, delivery, rights; also ...
//     telephone      ConfirmByTelephone                                  offering, notice, caller, at
//     instrument     ReceiveInstrument, to payment clearing              address, stamp, delivery, method, amount, currency, payee, drawee, number; also ...
//
// `stamp` and `at` are ISO 8601 with an offset, or "file": when the document's file was last written.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "domain/commands.h"
#include "domain/roles.h"

namespace rightsdesk::tools {

inline constexpr std::size_t kMaxSidecarOctets = 256U * 1024U;

struct SpoolItem {
    domain::Command command;
    domain::ServiceName door = domain::ServiceName::kIntake;
    domain::Instant stamp;   // of what came in
};

// `document`: nothing where there is no file beside the sidecar. `source`: the gateway. kInvalid names every mistake.
base::Result<SpoolItem> read_sidecar(const std::string& sidecar, const std::optional<base::Bytes>& document, domain::Instant file_time, const std::string& source);

}  // namespace rightsdesk::tools
