#include "store/chain_walk.h"

#include "base/hash.h"
#include "store/chain.h"

namespace rightsdesk::store {
namespace {

tl::unexpected<base::Error> not_as_committed(const std::string& log, Sequence sequence, const std::string& what) {
    return base::failure(base::ErrorKind::kCorrupt, "log " + log + ", record " + std::to_string(sequence) + ": " + what);
}

}  // namespace

Result<std::size_t> ChainWalk::step(std::size_t limit) {
    const auto records = store_.read_log(log_, at_.sequence, limit);
    if (!records) return tl::unexpected(records.error());
    if (const auto broken = verify_chain(*records, at_)) return not_as_committed(log_, broken->sequence, broken->reason);
    if (!records->empty()) at_ = Head{records->back().sequence, records->back().link, records->back().epoch};
    return records->size();
}

Result<> must_contain(Store& store, const std::string& log, const Head& known) {
    if (known.sequence == 0) return {};
    const auto records = store.read_log(log, known.sequence - 1, 1);
    if (!records) return tl::unexpected(records.error());
    if (records->empty()) return not_as_committed(log, known.sequence, "it is gone: the log ends before it");
    const LogRecord& record = records->front();
    if (base::sha256_hex(record.record.view()) != record.digest) return not_as_committed(log, record.sequence, "its bytes do not have its digest");
    if (record.link != known.link) return not_as_committed(log, record.sequence, "it is another than was there before: its link is " + record.link + " and was " + known.link);
    return {};
}

}  // namespace rightsdesk::store
