// Bytes that are no message, or not quite one: an Error or a value, never a crash, a hang or much memory.
#include <gtest/gtest.h>

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/serialize.h>

#include "commands.capnp.h"
#include "states.capnp.h"
#include "events.capnp.h"
#include "receipts.capnp.h"
#include "wire/messages.h"

namespace rightsdesk::wire {
namespace {

using base::ErrorKind;

Bytes bytes_of(capnp::MessageBuilder& message) {
    const auto words = capnp::messageToFlatArray(message);
    const auto octets = words.asBytes();
    return Bytes(std::string(reinterpret_cast<const char*>(octets.begin()), octets.size()));
}

template <class Message>
void expect_refused_or_sound(const Bytes& bytes, const std::string& name) {
    const auto decoded = Codec<Message>::decode(bytes);
    if (!decoded) {
        EXPECT_FALSE(decoded.error().message.empty()) << name;
        return;
    }
    const auto again = Codec<Message>::decode(encoded(*decoded));
    ASSERT_TRUE(again) << name << " was taken but cannot be passed on: " << again.error().message;
    EXPECT_TRUE(*again == *decoded) << name;
}

TEST(Garbled, a_message_that_was_cut_off_anywhere_is_refused) {
    Values values(3);
    each_message(values, []<class Message>(const std::string& name, const Message& message) {
        const Bytes whole = encoded(message);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto decoded = Codec<Message>::decode(Bytes(whole.view().substr(0, length)));
            ASSERT_FALSE(decoded) << name << " cut to " << length << " of " << whole.size();
            EXPECT_EQ(decoded.error().kind, ErrorKind::kInvalid) << name;
        }
    });
}

TEST(Garbled, a_message_with_any_octet_changed_is_refused_or_another_sound_one) {
    Values values(4);
    each_message(values, [&]<class Message>(const std::string& name, const Message& message) {
        const Bytes whole = encoded(message);
        for (std::size_t at = 0; at < whole.size(); ++at) {
            Bytes garbled = whole;
            garbled.value[at] = static_cast<char>(garbled.value[at] ^ static_cast<char>(1 + values.below(255)));
            expect_refused_or_sound<Message>(garbled, name + " garbled at " + std::to_string(at));
        }
    });
}

TEST(Garbled, random_octets_are_refused_or_a_sound_message) {
    Values values(5);
    for (int round = 0; round < 5'000; ++round) {
        Bytes noise(std::string(8 * (1 + values.below(40)), '\0'));
        // Zeros between: whole words of noise hardly ever get past the first pointer.
        for (char& octet : noise.value) octet = values.below(3) == 0 ? static_cast<char>(values.below(256)) : '\0';
        expect_refused_or_sound<domain::Envelope>(noise, "noise");
        expect_refused_or_sound<domain::Reply>(noise, "noise");
        expect_refused_or_sound<domain::Record>(noise, "noise");
        expect_refused_or_sound<domain::Entity>(noise, "noise");
    }
}

TEST(Garbled, what_is_longer_than_the_bound_is_refused_before_it_is_read) {
    const auto message = decode_envelope(Bytes(std::string(kMaxFrameOctets + 8, '\0')));
    ASSERT_FALSE(message);
    EXPECT_NE(message.error().message.find("more than " + std::to_string(kMaxFrameOctets)), std::string::npos) << message.error().message;
    const auto state = decode_state(Bytes(std::string(kMaxStateOctets + 8, '\0')));
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().kind, ErrorKind::kInvalid);
}

TEST(Garbled, a_message_may_be_as_long_as_the_bound) {
    domain::SubmitNotice command;
    command.document = Bytes(std::string(kMaxFrameOctets - 4'096, 'x'));
    const auto decoded = decode_envelope(encode(domain::Envelope{{"fax-1", 1}, "", domain::Command(command)}));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(std::get<domain::SubmitNotice>(std::get<domain::Command>(decoded->body)).document.size(), command.document.size());
}

// Elements of no size cost no octets: forty octets could otherwise claim millions of alerts, and take gigabytes.
TEST(Garbled, a_list_claims_no_more_elements_than_the_message_brings) {
    for (const unsigned claimed : {20'000U, 2'000'000U, (1U << 29U) - 1}) {
        capnp::MallocMessageBuilder message;
        auto page = message.initRoot<schema::Reply>().initBody().initAlertPage();
        constexpr unsigned kAlertsPointer = 1;  // after `log`
        capnp::toAny(page).getPointerSection()[kAlertsPointer].initAsListOfAnyStruct(0, 0, claimed);
        const auto decoded = decode_reply(bytes_of(message));
        ASSERT_FALSE(decoded) << claimed << " alerts in " << bytes_of(message).size() << " octets";
        EXPECT_EQ(decoded.error().kind, ErrorKind::kInvalid);
    }
}

// ---- what only a newer version can say ----

struct Unknown {
    const char* what;
    Bytes bytes;
    std::string why;
};

Unknown unknown_channel() {
    capnp::MallocMessageBuilder message;
    message.initRoot<schema::Envelope>().initBody().initCommand().initSubmitNotice().setChannel(static_cast<schema::Channel>(5));
    return {"the first channel beyond the known ones", bytes_of(message), "a value of Channel"};
}

Unknown unknown_optional_method() {
    capnp::MallocMessageBuilder message;
    auto keyed = message.initRoot<schema::Envelope>().initBody().initCommand().initSubmitNotice().initKeyed();
    keyed.initPaymentMethod().setValue(static_cast<schema::PaymentMethod>(0xffff));
    return {"a payment method in an optional field", bytes_of(message), "a value of PaymentMethod"};
}

Unknown unknown_command() {
    capnp::MallocMessageBuilder message;
    auto command = message.initRoot<schema::Envelope>().initBody().initCommand();
    command.initSubmitNotice();
    const auto proto = capnp::Schema::from<schema::Command>().getProto().getStruct();
    auto data = capnp::toAny(command).getDataSection();
    data[proto.getDiscriminantOffset() * 2] = static_cast<kj::byte>(std::variant_size_v<domain::Command::Alternatives>);
    return {"a command after the last known", bytes_of(message), "of a kind that this version does not know"};
}

Unknown unknown_body() {
    capnp::MallocMessageBuilder message;
    auto body = message.initRoot<schema::Envelope>().initBody();
    body.initCommand();
    const auto proto = capnp::Schema::from<schema::EnvelopeBody>().getProto().getStruct();
    capnp::toAny(body).getDataSection()[proto.getDiscriminantOffset() * 2] = 2;
    return {"neither command nor question", bytes_of(message), "of a kind that this version does not know"};
}

TEST(Unknown, commands_of_a_newer_version_are_refused_and_what_is_new_is_named) {
    for (const Unknown& row : {unknown_channel(), unknown_optional_method(), unknown_command(), unknown_body()}) {
        const auto decoded = decode_envelope(row.bytes);
        ASSERT_FALSE(decoded) << row.what;
        EXPECT_EQ(decoded.error().kind, ErrorKind::kInvalid) << row.what;
        EXPECT_NE(decoded.error().message.find(row.why), std::string::npos) << row.what << ": " << decoded.error().message;
    }
}

TEST(Unknown, a_reason_in_a_list_is_refused) {
    capnp::MallocMessageBuilder message;
    message.initRoot<schema::State>().initNotice().initReasons(2).set(1, static_cast<schema::Reason>(std::size(enumerators_of(domain::Reason{}))));
    const auto decoded = decode_state(bytes_of(message));
    ASSERT_FALSE(decoded);
    EXPECT_NE(decoded.error().message.find("a value of Reason"), std::string::npos) << decoded.error().message;
}

TEST(Unknown, an_event_of_a_newer_version_is_refused) {
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Record>().initEvent();
    event.initCommandRefused();
    const auto proto = capnp::Schema::from<schema::Event>().getProto().getStruct();
    capnp::toAny(event).getDataSection()[proto.getDiscriminantOffset() * 2] = 0xfe;
    const auto decoded = decode_record(bytes_of(message), nullptr);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().kind, ErrorKind::kInvalid);
}

}  // namespace
}  // namespace rightsdesk::wire
