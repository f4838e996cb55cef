#include "store/whole_log.h"

namespace rightsdesk::store {
namespace {

constexpr std::size_t kRecordsAtOnce = 1'024;

}  // namespace

Result<Sequence> read_to_end(Store& store, const std::string& log, Sequence after, const VisitRecord& visit) {
    for (;;) {
        const auto records = store.read_log(log, after, kRecordsAtOnce);
        if (!records) return tl::unexpected(records.error());
        if (records->empty()) return after;
        for (const LogRecord& record : *records) {
            after = record.sequence;
            const auto more = visit(record);
            if (!more) return tl::unexpected(more.error());
            if (!*more) return after;
        }
    }
}

}  // namespace rightsdesk::store
