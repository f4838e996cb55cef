// The register of record-date holders: CSV (RFC 4180) with a header, one line a holder.
//
//     holder         the transfer agent's account number; each once
//     name           all names of the account
//     address        may be empty
//     country        empty, "US" or "USA": the United States; a holder is abroad anywhere else. APO, FPO and DPO are read in the address
//     rights         whole rights, from 1 to 1,000,000,000,000
//     certificates   numbers, several with semicolons between them; each on one line of the list; empty for a book entry
//     shares         optional column: shares held on the record date; without it as many as rights
//
// Columns in any order, no others. One list is at most kMaxHoldersOfRecord lines.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/holder_register.h"

namespace rightsdesk::terms {

// Beyond these a list's mistakes are not told one by one.
inline constexpr std::size_t kMaxRegisterMistakes = 20;

// Reads a list in one piece or in the parts that `register_parts` makes of it. Not for several threads.
class RegisterReader {
public:
    // `name`: the file's, for messages. `progress`, where there is one, hears the number of lines read, every 100,000.
    explicit RegisterReader(std::string name, std::function<void(std::uint64_t)> progress = {});
    ~RegisterReader();

    // Takes the next part. kInvalid when it cannot be read as such a list at all: no header, no CSV, too many mistakes or lines.
    base::Result<> read(std::istream& part);

    // The whole list; read nothing after it. kInvalid when it is empty or has mistakes: all of them, a line each, "<name>:<line>: ...".
    base::Result<std::unique_ptr<domain::RegisterIndex>> finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Cuts a list's text between its records into parts of at most `most` octets; a record longer than that is a part by itself. The
// parts are of the text, and live as long.
std::vector<std::string_view> register_parts(std::string_view text, std::size_t most);

}  // namespace rightsdesk::terms
