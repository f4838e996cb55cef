// The pieces that SWIFT's messages share. Inside this room.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "bank/fin.h"

namespace rightsdesk::bank {

std::string trimmed(std::string_view text);
base::Error at_field(const FinField& field, const base::Error& error);

// Refuses a message that has twice what may be in it once: which of two amounts is meant, nobody knows.
base::Result<> hold_once(const FinMessage& message, std::initializer_list<std::string_view> tags);

// The field's lines, as they stand below one another; and without what breaks them, for references that a line's end cuts in two.
std::string text_of(const FinField& field);
std::string joined_lines(const FinField& field);

// What :86: says where it is structured: "?20...?32NAME" (German banks) or "/EREF/.../NAME/..." (Dutch ones, and MT103's :70:).
struct Structured {
    std::string name;
    std::string agent;
    std::string end_to_end;
    std::string batch;
    std::string return_reason;
};
Structured structured(const FinField& field);

// A reference in MT103's :70:, behind "/ROC/" or the like: to the next "//" or its line's end. A line of all 35 characters goes on in the next.
std::string payment_reference(const FinField& field, std::string_view code);

// A party of 50a, 59a, 52a: its account (behind "/"), and its first other line: a name, or a BIC. Of option F, all lines of the name.
struct Party {
    std::string account;
    std::string name;
};
Party party_of(const FinField* field);

}  // namespace rightsdesk::bank
