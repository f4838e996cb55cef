// What is decoded is what was encoded, for every message and many values of each.
#include <gtest/gtest.h>

#include <cstring>

#include <capnp/message.h>
#include <capnp/serialize.h>

#include "commands.capnp.h"
#include "wire/messages.h"

namespace rightsdesk::wire {
namespace {

constexpr std::uint64_t kSeeds = 100;

TEST(RoundTrip, every_message_comes_back_as_it_went) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Values values(seed);
        each_message(values, [&]<class Message>(const std::string& name, const Message& message) {
            const auto decoded = Codec<Message>::decode(encoded(message));
            ASSERT_TRUE(decoded) << name << ", seed " << seed << ": " << decoded.error().message;
            EXPECT_EQ(support::difference(*decoded, message), "") << name << ", seed " << seed;
        });
    }
}

// Others read our messages by the schema, with what Cap'n Proto makes of it.
TEST(RoundTrip, the_accessors_made_from_the_schema_read_what_was_written) {
    domain::SubmitNotice command;
    command.document = Bytes(std::string("paper"));
    command.media_type = "image/tiff";
    command.stamp = domain::Instant(-1'234'567'890'123);
    command.channel = domain::Channel::kCourier;
    command.pages = 7;
    command.complete = true;
    command.keyed.emplace();
    command.keyed->rights_held = domain::Rights(9'007'199'254'740'993);
    command.keyed->dated = domain::Date(-3);
    command.keyed->payment_method = domain::PaymentMethod::kBankDraft;
    command.keyed->certificate_numbers = {"RC-1", "RC-2"};
    const Bytes bytes = encode(domain::Envelope{{"fax-1", 17}, "alice", domain::Command(command)});

    std::vector<capnp::word> words(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.data(), bytes.value.data(), bytes.size());
    capnp::FlatArrayMessageReader message(kj::arrayPtr(words.data(), words.size()));
    const auto envelope = message.getRoot<schema::Envelope>();
    EXPECT_EQ(envelope.getIdentity().getSource(), "fax-1");
    EXPECT_EQ(envelope.getIdentity().getSequence(), 17U);
    EXPECT_EQ(envelope.getOperatorName(), "alice");
    ASSERT_TRUE(envelope.getBody().isCommand());
    ASSERT_TRUE(envelope.getBody().getCommand().isSubmitNotice());
    const auto notice = envelope.getBody().getCommand().getSubmitNotice();
    EXPECT_EQ(notice.getDocument().size(), 5U);
    EXPECT_EQ(notice.getMediaType(), "image/tiff");
    EXPECT_EQ(notice.getStamp(), -1'234'567'890'123);
    EXPECT_EQ(static_cast<int>(notice.getChannel()), static_cast<int>(domain::Channel::kCourier));
    EXPECT_EQ(notice.getPages(), 7);
    EXPECT_TRUE(notice.getComplete());
    const auto keyed = notice.getKeyed();
    EXPECT_EQ(keyed.getRightsHeld().getValue(), 9'007'199'254'740'993);
    EXPECT_EQ(keyed.getDated().getValue(), -3);
    EXPECT_EQ(static_cast<int>(keyed.getPaymentMethod().getValue()), static_cast<int>(domain::PaymentMethod::kBankDraft));
    EXPECT_FALSE(keyed.hasBasicShares());
    ASSERT_EQ(keyed.getCertificateNumbers().size(), 2U);
    EXPECT_EQ(keyed.getCertificateNumbers()[1], "RC-2");
}

TEST(RoundTrip, terms_come_back_whole_within_the_event_that_opens_their_offering) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Values values(seed);
        const auto terms = values.any<domain::Terms>();
        domain::Record record;
        record.event = domain::OfferingOpened{terms, "as given"};
        const auto decoded = decode_record(encode_record(record, nullptr), nullptr);
        ASSERT_TRUE(decoded) << decoded.error().message;
        EXPECT_EQ(support::difference(std::get<domain::OfferingOpened>(decoded->event).terms, terms), "") << "seed " << seed;
    }
}

// States are compared by their bytes, and a repeat of a message must have those of the first.
TEST(RoundTrip, the_same_value_gives_the_same_bytes_also_after_it_was_read) {
    Values values(11);
    each_message(values, []<class Message>(const std::string& name, const Message& message) {
        if constexpr (!std::is_same_v<Message, domain::Record>) {
            const Bytes bytes = encoded(message);
            EXPECT_EQ(encoded(message), bytes) << name;
            EXPECT_EQ(encoded(*Codec<Message>::decode(bytes)), bytes) << name;
        }
    });
}

TEST(RoundTrip, absent_empty_and_zero_are_three_things) {
    domain::SubmitNotice command;
    command.keyed.emplace();
    command.keyed->issuer = "";
    command.keyed->rights_held = domain::Rights(0);
    command.keyed->payment_method = domain::PaymentMethod::kWire;  // ordinal 0
    const domain::Envelope envelope{{"fax-1", 1}, "", domain::Command(command)};
    const auto decoded = decode_envelope(encode(envelope));
    ASSERT_TRUE(decoded) << decoded.error().message;
    const auto& keyed = std::get<domain::SubmitNotice>(std::get<domain::Command>(decoded->body)).keyed;
    ASSERT_TRUE(keyed);
    EXPECT_EQ(keyed->issuer, "");
    EXPECT_EQ(keyed->rights_held, domain::Rights(0));
    EXPECT_EQ(keyed->payment_method, domain::PaymentMethod::kWire);
    EXPECT_EQ(keyed->guarantor_name, std::nullopt);
    EXPECT_EQ(keyed->basic_shares, std::nullopt);
    EXPECT_EQ(keyed->payment_delivery, std::nullopt);
}

// As many owners as a nominee may certify, each as long as it may be: a state is small beside what the store takes of one.
TEST(RoundTrip, the_largest_certification_of_owners_is_a_small_state) {
    domain::Notice notice;
    notice.owners.emplace();
    notice.owners->owners.reserve(domain::kMaxCertifiedOwners);
    for (std::size_t number = 0; number < domain::kMaxCertifiedOwners; ++number) {
        std::string reference = std::to_string(number);
        reference.resize(domain::kMaxReferenceLetters, '-');
        notice.owners->owners.push_back({reference, domain::Rights(domain::kMaxOwnerQuantity), domain::Shares(domain::kMaxOwnerQuantity), domain::Shares(domain::kMaxOwnerQuantity)});
    }
    const Bytes state = encode_state(domain::Entity(notice));
    EXPECT_LT(state.size(), kMaxStateOctets / 8);
    const auto decoded = decode_state(state);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(std::get<domain::Notice>(*decoded), notice);
}

TEST(RoundTrip, text_and_octets_keep_zeros_and_what_is_not_utf_8) {
    domain::SubmitNotice command;
    command.document = Bytes(std::string("\0\xff\x00 end\0", 8));
    command.address = std::string("a\0b\xc3", 4);
    const auto decoded = decode_envelope(encode(domain::Envelope{{"fax-1", 1}, "", domain::Command(command)}));
    ASSERT_TRUE(decoded) << decoded.error().message;
    const auto& notice = std::get<domain::SubmitNotice>(std::get<domain::Command>(decoded->body));
    EXPECT_EQ(notice.document, command.document);
    EXPECT_EQ(notice.address, command.address);
}

// Long lists of structs with texts lie in several segments, and every text in them is reached from another one.
TEST(RoundTrip, long_lists_of_every_length_come_back_whole) {
    domain::AlertPage page;
    page.log = "rare-medium-2002";
    for (std::uint64_t number = 1; number <= 600; ++number) {
        domain::Alert alert;
        alert.number = number;
        alert.kind = "cover_missed";
        alert.subject = "notice/fax-1." + std::to_string(number);
        alert.what = std::string(number % 97, 'x') + " is not covered";
        alert.next = "tell the guarantor";
        page.alerts.push_back(alert);
        if (number > 40 && number % 50 != 0) continue;
        const auto decoded = decode_reply(encode(domain::Reply{{"reader", number}, page}));
        ASSERT_TRUE(decoded) << number << " alerts: " << decoded.error().message;
        EXPECT_EQ(std::get<domain::AlertPage>(decoded->body).alerts, page.alerts);
    }
}

// Bytes on disk today must be readable by every later version: the layout of one message, written down.
TEST(RoundTrip, the_layout_of_a_watermark_is_as_it_always_was) {
    const domain::Envelope envelope{{"fax-1", 17}, "", domain::Command(domain::AdvanceWatermark{domain::Instant(1'025'298'000'000'000'000)})};
    const auto decoded = decode_envelope(encode(envelope));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(base::to_hex(encode(envelope).view()), "000000000c0000000000000000000300080000000100010000000000000000000c00000001000100110000000000000001000000320000006661782d3100000000000000000000000000000001000100030000000000000000000000010000000020eb4619973a0e");
}

}  // namespace
}  // namespace rightsdesk::wire
