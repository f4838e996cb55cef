// The wire: domain values to Cap'n Proto bytes and back. The only room that sees Cap'n Proto.
//
// Encoding the same value gives the same bytes (but for what is sealed, whose nonce is random). Decoding takes bytes as
// they came: kInvalid, with what is wrong, for bytes that are no such message, exceed the bounds, or were made by a newer
// version. Pure; any thread may call.
#pragma once

#include "domain/receipts.h"
#include "wire/seal.h"

namespace rightsdesk::wire {

using base::Bytes;
using base::Result;

inline constexpr std::size_t kMaxFrameOctets = 4U * 1024U * 1024U;   // of one message
inline constexpr std::size_t kMaxStateOctets = 1U * 1024U * 1024U;
inline constexpr int kNesting = 32;

// ---- doors ----
Bytes encode(const domain::Envelope& envelope);
Bytes encode(const domain::Reply& reply);
Result<domain::Envelope> decode_envelope(const Bytes& bytes);
Result<domain::Reply> decode_reply(const Bytes& bytes);

// ---- feeds ----
Bytes encode(const domain::PublishedRecords& published);
Bytes encode(const domain::PublishedHead& head);
Bytes encode(const domain::Idle& idle);
Bytes encode(const domain::PublishedAlert& alert);
Bytes encode(const domain::AlertHead& head);
Result<domain::PublishedRecords> decode_published_records(const Bytes& bytes);
Result<domain::PublishedHead> decode_published_head(const Bytes& bytes);
Result<domain::Idle> decode_idle(const Bytes& bytes);
Result<domain::PublishedAlert> decode_published_alert(const Bytes& bytes);
Result<domain::AlertHead> decode_alert_head(const Bytes& bytes);

// ---- the store ----
// The personal part is sealed with `key`; a record that has one cannot be encoded without a key.
Bytes encode_record(const domain::Record& record, const SealKey* key);
// Without a key the personal part stays closed (`opened` is false). kCorrupt: sealed with another key.
Result<domain::Record> decode_record(const Bytes& bytes, const SealKey* key);
Bytes encode_state(const domain::Entity& entity);
Result<domain::Entity> decode_state(const Bytes& bytes);

}  // namespace rightsdesk::wire
