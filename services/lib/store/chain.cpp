#include "store/chain.h"

#include "base/hash.h"
#include "base/sha1.h"

namespace rightsdesk::store {

std::string chain_link(std::string_view previous_link, Sequence sequence, std::string_view digest) {
    std::string text(previous_link);
    text.append(":").append(std::to_string(sequence)).append(":").append(digest);
    return base::sha1_hex(text);
}

std::string cursor_check(std::string_view field, Sequence sequence) {
    return base::sha1_hex(std::string(field).append(":").append(std::to_string(sequence)));
}

std::optional<ChainBreak> verify_chain(const std::vector<LogRecord>& records, const Head& from) {
    Head at = from;
    for (const LogRecord& record : records) {
        if (record.sequence != at.sequence + 1) {
            return ChainBreak{at.sequence + 1, "record " + std::to_string(at.sequence + 1) + " is missing: " + std::to_string(record.sequence) + " follows"};
        }
        if (record.epoch == 0 || record.epoch < at.epoch) {
            return ChainBreak{record.sequence, "its epoch is " + std::to_string(record.epoch) + ", that of the record before " + std::to_string(at.epoch)};
        }
        if (base::sha256_hex(record.record.view()) != record.digest) return ChainBreak{record.sequence, "its bytes do not have its digest"};
        if (chain_link(at.link, record.sequence, record.digest) != record.link) {
            return ChainBreak{record.sequence, "its link does not follow from the link before, its number and its digest"};
        }
        at = Head{record.sequence, record.link, record.epoch};
    }
    return std::nullopt;
}

}  // namespace rightsdesk::store
