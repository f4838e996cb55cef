// The register of record-date holders comes in, and what it says of notices: those that come, and those on file. Pure.
#pragma once

#include <functional>

#include "domain/decision.h"
#include "domain/holder_register.h"

namespace rightsdesk::domain {

// How many notices on file are compared in one commit.
inline constexpr std::size_t kNoticesCompared = 500;

// Keeps nothing but that the part is there: RegisterPartKept. Refuses kHashDiffers.
Decision keep_register_part(const Book& book, const KeepRegisterPart& command, const Context& context);

// RegisterImported. `read`: what the parts hold together, or why they are no register. Refuses once the offering is counted, and
// where holders and rights are not those that the sender counted; asks to be sent again when the documents could not be reached.
Decision import_register(const Book& book, const ImportRegister& command, const base::Result<const RegisterIndex*>& read, const Context& context);

// The next notices on file that have not been compared with the register as it is: RegisterCompared, with NoticeRedecided for each
// whose reasons change, a certificate that an earlier notice has among them; `names_of` gives the holders' names on a notice (they are sealed beside the book). Nothing when all have been.
Decision compare_with_register(const Book& book, const std::function<std::vector<std::string>(const NoticeId&)>& names_of, const Context& context);

struct LookedUp {
    std::optional<RegisterFinding> finding;  // absent where there is no register
    std::vector<std::string> keys;           // of the holders found, hashed: business keys of the notice
};

LookedUp look_up(const Book& book, const std::vector<std::string>& certificate_numbers, const std::vector<std::string>& names, const Context& context);

// The same of a holder whose line a person has found; no finding where the register has no such line.
LookedUp look_up_line(const Book& book, std::uint32_t line, const Context& context);

// The same of a notice on file, by what was found of it. Nothing where that was in another register than there is now: it is about to be
// compared with this one.
LookedUp look_up_again(const Book& book, const Notice& notice, const Context& context);

// Whether `rights` of notice `id` and those of the same holders' other notices together are more than the register gives them,
// though none of them is by itself.
bool exceeds_register(const Book& book, const NoticeId& id, Rights rights, const LookedUp& looked_up);

}  // namespace rightsdesk::domain
