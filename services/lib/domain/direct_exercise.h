// Direct exercises: a rights certificate delivered with its election filled in, beside the notices of guaranteed delivery that stand in
// for certificates which are not there yet (form: "if a holder of Rights cannot deliver the certificate(s)"). It becomes a notice of
// its own form and is funded, allotted and reported as every other.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// NoticeDecided, with the certificates received with it. What of certificates, signature guarantee or documents is missing may follow
// until the expiration: its cover (covers.h). A certificate that another notice names is a possible duplicate: a person's question.
// Refused: quantities below 0 or beyond kMaxShares, and a channel that carries no paper. Asks to be retried while the offering is
// being opened.
Decision exercise_directly(const Book& book, const ExerciseDirectly& command, const Context& context);

}  // namespace rightsdesk::domain
