// A gateway that is the product's own: `rightsdesk gateway run` over a spool, one process more under the nemesis's hand. Documents are put into
// in/ as a scanner's software puts them, and what the desk said of each is found in receipts/. Which number a document gets is the
// gateway's choice: what the plan calls "mail-1.7" has its real name when its receipt is there.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "chaos/desk_under_fire.h"
#include "chaos/message.h"

namespace rightsdesk::chaos {

class SpoolGateway {
public:
    SpoolGateway(DeskUnderFire& desk, std::string name, const std::filesystem::path& journals);

    // Puts what is said into in/; a watermark it is asked to tell, until it has.
    void give(const Message& message);
    // Looks for receipts. The number of messages that came further by it.
    int turn();
    // Every document has its receipt, in receipts/ and in the journal, and the watermark is told.
    [[nodiscard]] bool settled() const { return waiting_.empty() && filed_; }
    [[nodiscard]] std::string waits_for() const;
    // kill -9, when the next document has its number and no receipt.
    void kill_at_work() { killed_at_work_ = true; }
    // Its spool and its journal, as they lie there.
    void keep(const std::filesystem::path& into) const;

private:
    void journal(const nlohmann::json& line);
    void run(const std::vector<std::string>& more);
    void put(const Message& message);
    bool take(const std::string& document, std::uint64_t planned);
    void look();
    [[nodiscard]] std::filesystem::path journal_folder() const;

    DeskUnderFire& desk_;
    std::string name_;
    std::filesystem::path spool_;
    std::ofstream journal_;
    std::map<std::string, std::uint64_t> waiting_;    // documents without a receipt, and their numbers in the plan
    std::map<std::string, std::string> real_names_;   // of notices: "mail-1.7" of the plan
    std::optional<domain::Instant> through_;          // a watermark that it has not told
    bool killed_at_work_ = false;                     // to be
    bool filed_ = true;                               // whether its journal has every receipt
    SteadyClock::time_point look_at_;                 // at its journal
};

}  // namespace rightsdesk::chaos
