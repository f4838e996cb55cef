// A Statement as its reader puts it together: bounded, with its findings. Inside this room.
#pragma once

#include <string>

#include "bank/amounts.h"
#include "bank/profile.h"
#include "bank/statement.h"

namespace rightsdesk::bank {

class Building {
public:
    // `profile` must live as long.
    Building(std::string format, const Profile& profile) : profile_(profile) { statement_.format = std::move(format); }

    [[nodiscard]] const Profile& profile() const { return profile_; }
    [[nodiscard]] Statement& statement() { return statement_; }
    [[nodiscard]] AccountReport& report() { return statement_.statements.back(); }

    // Begins what one message says of one account. Invalid when there are too many.
    base::Result<> begin(AccountReport report);
    // An entry of the account begun last. Invalid when there are too many.
    base::Result<> add(Entry entry);
    void find(FindingKind kind, const std::string& place, const std::string& what);
    // Opening balance and entries against the closing balance of the account begun last, where both are there.
    void check_balance(const std::string& place, const std::vector<std::string>& statuses_counted = {kBooked});

    // The statement, its head taken from the first account.
    Statement finish();

private:
    const Profile& profile_;
    Statement statement_;
};

// "USD 83,259.82 " is for people; this is for findings: the number of smallest units, as it is compared.
inline std::string minor_text(std::int64_t minor) { return std::to_string(minor); }

// `text` at most kMaxTextOctets long, cut between letters.
std::string bounded_text(std::string text);

// `further` behind `text`, a blank between the two where both say something.
void append_words(std::string& text, const std::string& further, char between = ' ');

}  // namespace rightsdesk::bank
