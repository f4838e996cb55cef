// Personal fields: unreadable without the key of their log, and gone with it.
#include "wire/seal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include <capnp/serialize.h>

#include "base/check.h"
#include "events.capnp.h"
#include "support/folder.h"
#include "wire/messages.h"

namespace rightsdesk::wire {
namespace {

using base::ErrorKind;

// ---- records ----

// The records of events that have a personal part, its text and the rest's marked.
std::vector<domain::Record> records_with_a_personal_part(std::uint64_t seed) {
    Values values(seed);
    values.marked("in-clear-", "personal-");
    std::vector<domain::Record> records;
    each_alternative<domain::Event>([&]<class Held>(std::type_identity<Held>) {
        if constexpr (requires(Held held) { held.sealed; }) {
            auto& record = records.emplace_back(values.any<domain::Record>());
            record.event = values.any<Held>();
        }
    });
    return records;
}

domain::Sealed& sealed_of(domain::Record& record) {
    domain::Sealed* sealed = nullptr;
    std::visit(
        [&](auto& event) {
            if constexpr (requires { event.sealed; }) sealed = &event.sealed;
        },
        record.event);
    CHECK(sealed != nullptr);
    return *sealed;
}

template <class T, class Found>
void each_text(const T& value, Found found) {
    if constexpr (std::is_same_v<T, std::string>) {
        found(value);
    } else if constexpr (support::kIsVector<T>) {
        for (const auto& element : value) each_text(element, found);
    } else if constexpr (support::kIsOptional<T>) {
        if (value) each_text(*value, found);
    } else if constexpr (base::IsVariant<T>::value) {
        std::visit([&](const auto& held) { each_text(held, found); }, value);
    } else if constexpr (base::Described<T>) {
        T::visit_members(value, [&](std::string_view, const auto& member) { each_text(member, found); });
    }
}

TEST(SealedRecord, what_is_personal_is_not_in_the_bytes_and_everything_else_is) {
    const auto records = records_with_a_personal_part(1);
    ASSERT_FALSE(records.empty());
    for (domain::Record record : records) {
        const Bytes bytes = encode_record(record, &test_key());
        EXPECT_EQ(bytes.view().find("personal-"), std::string_view::npos) << base::type_name(record.event);
        std::size_t texts = 0;
        each_text(sealed_of(record).personal, [&](const std::string& text) {
            ++texts;
            EXPECT_TRUE(text.starts_with("personal-"));
        });
        EXPECT_GE(texts, 10U) << "each of the ten members was filled";
        each_text(record, [&](const std::string& text) { EXPECT_NE(bytes.view().find(text), std::string_view::npos) << text; });
    }
}

TEST(SealedRecord, the_key_opens_it) {
    for (const domain::Record& record : records_with_a_personal_part(2)) {
        const auto decoded = decode_record(encode_record(record, &test_key()), &test_key());
        ASSERT_TRUE(decoded) << decoded.error().message;
        EXPECT_TRUE(*decoded == record) << base::type_name(record.event);
    }
}

TEST(SealedRecord, without_the_key_the_personal_part_stays_closed_and_the_rest_is_readable) {
    for (domain::Record record : records_with_a_personal_part(3)) {
        const auto decoded = decode_record(encode_record(record, &test_key()), nullptr);
        ASSERT_TRUE(decoded) << decoded.error().message;
        sealed_of(record) = domain::Sealed{domain::Personal{}, false};
        EXPECT_TRUE(*decoded == record) << base::type_name(record.event);
    }
}

TEST(SealedRecord, another_logs_key_does_not_open_it) {
    const SealKey other = make_seal_key();
    for (const domain::Record& record : records_with_a_personal_part(4)) {
        const auto decoded = decode_record(encode_record(record, &test_key()), &other);
        ASSERT_FALSE(decoded) << base::type_name(record.event);
        EXPECT_EQ(decoded.error().kind, ErrorKind::kCorrupt);
    }
}

TEST(SealedRecord, a_change_to_any_sealed_octet_is_found) {
    domain::Record record;
    domain::NoticeConfirmed event;
    event.sealed.personal.caller = "Ida M. Holder";
    record.event = event;
    const Bytes bytes = encode_record(record, &test_key());
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.value.data(), bytes.size());
    capnp::FlatArrayMessageReader message(words);
    const auto sealed = message.getRoot<schema::Record>().getEvent().getNoticeConfirmed().getSealed();
    const auto from = static_cast<std::size_t>(sealed.begin() - words.asBytes().begin());
    for (std::size_t at = from; at < from + sealed.size(); ++at) {
        Bytes changed = bytes;
        changed.value[at] = static_cast<char>(changed.value[at] ^ 1);
        const auto decoded = decode_record(changed, &test_key());
        ASSERT_FALSE(decoded) << "octet " << at - from << " of " << sealed.size();
        EXPECT_EQ(decoded.error().kind, ErrorKind::kCorrupt);
    }
}

TEST(SealedRecord, the_same_person_is_sealed_differently_each_time) {
    const domain::Record record = records_with_a_personal_part(5).front();
    EXPECT_NE(encode_record(record, &test_key()), encode_record(record, &test_key())) << "equal bytes would tell that two notices are one holder's";
}

TEST(SealedRecordDeathTest, a_personal_part_is_never_written_without_a_key) {
    const domain::Record record = records_with_a_personal_part(6).front();
    EXPECT_DEATH((void)encode_record(record, nullptr), "CHECK_FAILED");
}

// ---- sealing ----

TEST(Seal, what_was_sealed_is_opened_by_its_key_alone) {
    const SealKey key = make_seal_key();
    for (const std::string& plain : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
        const Bytes sealed = seal(key, plain);
        EXPECT_EQ(unseal(key, sealed), plain);
        const auto opened = unseal(make_seal_key(), sealed);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().kind, ErrorKind::kCorrupt);
    }
}

TEST(Seal, what_was_cut_off_is_corrupt) {
    const SealKey key = make_seal_key();
    const Bytes sealed = seal(key, "Ida M. Holder");
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        const auto opened = unseal(key, Bytes(sealed.view().substr(0, length)));
        ASSERT_FALSE(opened) << length;
        EXPECT_EQ(opened.error().kind, ErrorKind::kCorrupt);
    }
}

TEST(KeyedHash, depends_on_the_key_and_on_every_letter) {
    const SealKey key = make_seal_key();
    EXPECT_EQ(keyed_hash(key, "imad|20020627"), keyed_hash(key, "imad|20020627"));
    EXPECT_NE(keyed_hash(key, "imad|20020627"), keyed_hash(key, "imad|20020628"));
    EXPECT_NE(keyed_hash(key, "imad|20020627"), keyed_hash(make_seal_key(), "imad|20020627"));
    EXPECT_EQ(keyed_hash(key, "").size(), 64U);
}

// ---- key files ----

class SealKeyFile : public testing::Test {
protected:
    void write(std::size_t octets, mode_t mode) {
        std::ofstream(path_, std::ios::binary) << std::string(octets, 'k');
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    }

    support::Folder folder_{"seal"};
    std::string path_ = folder_.file("rare-medium-2002.key");
};

TEST_F(SealKeyFile, a_saved_key_is_loaded_as_it_was_and_only_its_owner_may_read_it) {
    const SealKey key = make_seal_key();
    ASSERT_TRUE(save_seal_key(path_, key));
    const auto loaded = load_seal_key(path_);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->octets, key.octets);
    EXPECT_EQ(std::filesystem::status(path_).permissions(), std::filesystem::perms(0600));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1) << "nothing is left beside it";
}

TEST_F(SealKeyFile, a_key_is_never_overwritten) {
    const SealKey key = make_seal_key();
    ASSERT_TRUE(save_seal_key(path_, key));
    const auto again = save_seal_key(path_, make_seal_key());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::kConflict);
    EXPECT_EQ(load_seal_key(path_)->octets, key.octets);
}

TEST_F(SealKeyFile, what_cannot_be_loaded_says_why) {
    struct Row {
        const char* what;
        std::size_t octets;
        mode_t mode;
        const char* why;
    };
    for (const Row& row : {Row{"too short", 31, 0600, "is no sealing key"}, Row{"too long", 33, 0600, "is no sealing key"}, Row{"empty", 0, 0600, "is no sealing key"},
                           Row{"others may read it", 32, 0604, "chmod 600"}, Row{"the group may write it", 32, 0620, "chmod 600"}}) {
        write(row.octets, row.mode);
        const auto loaded = load_seal_key(path_);
        ASSERT_FALSE(loaded) << row.what;
        EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalid) << row.what;
        EXPECT_NE(loaded.error().message.find(path_), std::string::npos) << row.what;
        EXPECT_NE(loaded.error().message.find(row.why), std::string::npos) << loaded.error().message;
    }
}

TEST_F(SealKeyFile, an_erased_key_is_not_found) {
    const auto loaded = load_seal_key(path_);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::kNotFound);
}

TEST_F(SealKeyFile, a_folder_that_does_not_exist_is_said) {
    const auto saved = save_seal_key(folder_.file("missing/a.key"), make_seal_key());
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace rightsdesk::wire
