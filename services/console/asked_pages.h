// Pages about one thing, and lists that are looked for: what a board asks for beside its sections (README.md). From a board in the follower's thread;
// what the records say is added later, by who reads them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "console/board.h"
#include "console/sections.h"

namespace rightsdesk::console {

inline constexpr std::size_t kMostRows = 200;         // of one page of a list
inline constexpr std::size_t kMostHistory = 500;      // records of one history, the newest

using Query = std::map<std::string, std::string>;

// kInvalid names the parameter that is none.
base::Result<Json> notices_page(const Board& board, const Query& query);
base::Result<Json> payments_page(const Board& board, const Query& query);
base::Result<Json> alerts_page(const Board& board, const DeskView& desk, const Query& query);
// Those that can still be saved at `now`, in their order.
base::Result<Json> exceptions_page(const Board& board, domain::Instant now, const Query& query);
base::Result<Json> rights_sales_page(const Board& board, const Query& query);
// What stands still of what goes outside: refused, or failed and waiting; of the offering and the desk.
Json sendings_page(const Board& board, const DeskView& desk);
Json keying_page(const Board& board, domain::Instant now);

// A page, and the records that its history is made of, ascending.
struct PageWithRecords {
    Json page;
    std::vector<store::Sequence> records;
    std::string log;
};

// kNotFound: there is none.
base::Result<PageWithRecords> notice_page(const Board& board, const DeskView& desk, const domain::NoticeId& id);
base::Result<PageWithRecords> payment_page(const Board& board, const domain::PaymentId& id);
base::Result<PageWithRecords> alert_page(const Board& board, const FollowedLog& desk, const std::string& log, std::uint64_t number);

// "history" and "history_total" into the page, of records that may have been opened; of a notice "fields" as well. `names` false: without what is personal.
void add_history(Json& page, const std::vector<FoldedRecord>& records, std::size_t total, const std::string& zone);
void add_fields(Json& page, const domain::NoticeId& id, const std::vector<FoldedRecord>& records, bool names);
void add_alert_history(Json& page, const std::vector<FoldedRecord>& records, std::uint64_t number, const std::string& topic, const std::string& zone);

}  // namespace rightsdesk::console
