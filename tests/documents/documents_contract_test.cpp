// What every implementation of documents.h promises.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "base/hash.h"
#include "documents/directory_documents.h"
#include "documents/memory_documents.h"
#include "documents/mirrored_documents.h"

namespace rightsdesk::documents {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ErrorKind;

// An implementation with a hand that damages what it keeps.
struct Kept {
    virtual ~Kept() = default;
    virtual Documents& documents() = 0;
    virtual void damage(const std::string& name, const std::string& octets) = 0;
};

struct InMemory final : Kept {
    MemoryDocuments memory;
    Documents& documents() override { return memory; }
    void damage(const std::string& name, const std::string& octets) override { memory.damage(name, Bytes(octets)); }
};

fs::path private_folder() {
    std::string name = (fs::temp_directory_path() / "rightsdesk-documents-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test: " + name);
    return name;
}

struct InDirectory final : Kept {
    fs::path folder = private_folder();
    DirectoryDocuments directory{folder / "documents"};
    ~InDirectory() override { fs::remove_all(folder); }
    Documents& documents() override { return directory; }
    void damage(const std::string& name, const std::string& octets) override {
        std::ofstream(directory.path_of(name), std::ios::binary | std::ios::trunc) << octets;
    }
};

// Both places damaged alike: what one of them has is another story, below.
struct OnTwoHosts final : Kept {
    InDirectory own, other;
    MirroredDocuments mirrored{own.directory, other.directory};
    Documents& documents() override { return mirrored; }
    void damage(const std::string& name, const std::string& octets) override {
        own.damage(name, octets);
        other.damage(name, octets);
    }
};

template <class Implementation>
struct DocumentsContract : testing::Test {
    Implementation kept;
    Documents& documents = kept.documents();
};
struct Names {
    template <class T>
    static std::string GetName(int) { return std::is_same_v<T, InMemory> ? "memory" : std::is_same_v<T, InDirectory> ? "directory" : "two_hosts"; }
};
using Implementations = testing::Types<InMemory, InDirectory, OnTwoHosts>;
TYPED_TEST_SUITE(DocumentsContract, Implementations, Names);

TYPED_TEST(DocumentsContract, what_is_kept_is_fetched_by_its_sha256) {
    const Bytes fax(std::string("NOTICE OF GUARANTEED DELIVERY\0\xff\n", 32));
    const auto name = this->documents.keep(fax);
    ASSERT_TRUE(name) << name.error().message;
    EXPECT_EQ(*name, base::sha256_hex(fax.view()));
    EXPECT_EQ(*this->documents.fetch(*name), fax);
}

TYPED_TEST(DocumentsContract, keeping_the_same_again_changes_nothing) {
    const Bytes fax(std::string("page 1"));
    EXPECT_EQ(*this->documents.keep(fax), *this->documents.keep(fax));
    EXPECT_EQ(*this->documents.fetch(base::sha256_hex("page 1")), fax);
}

TYPED_TEST(DocumentsContract, several_are_kept_at_once_and_each_has_its_answer) {
    const Bytes fax(std::string("page 1"));
    const Bytes letter(std::string("a letter"));
    const Bytes too_large(std::string(kMaxDocumentOctets + 1, 'x'));
    ASSERT_TRUE(this->documents.keep(letter));
    const auto names = this->documents.keep_all({&fax, &too_large, &letter, &fax});
    ASSERT_EQ(names.size(), 4U);
    EXPECT_EQ(*names[0], base::sha256_hex("page 1"));
    EXPECT_EQ(names[1].error().kind, ErrorKind::kInvalid) << "and the others are kept";
    EXPECT_EQ(*names[2], base::sha256_hex("a letter"));
    EXPECT_EQ(*names[3], *names[0]);
    EXPECT_EQ(*this->documents.fetch(*names[0]), fax);
    EXPECT_EQ(*this->documents.fetch(*names[2]), letter);
    EXPECT_TRUE(this->documents.keep_all({}).empty());
    const Bytes list(std::string("twenty holders"));
    for (const auto& name : this->documents.keep_all({&list, &list, &list})) EXPECT_EQ(*name, base::sha256_hex("twenty holders"));
    EXPECT_EQ(*this->documents.fetch(base::sha256_hex("twenty holders")), list);
}

TYPED_TEST(DocumentsContract, an_empty_document_and_the_largest_one_are_kept) {
    for (const std::size_t octets : {std::size_t{0}, kMaxDocumentOctets}) {
        const Bytes document(std::string(octets, 'x'));
        const auto name = this->documents.keep(document);
        ASSERT_TRUE(name) << octets;
        EXPECT_EQ(*this->documents.fetch(*name), document) << octets;
    }
}

TYPED_TEST(DocumentsContract, a_larger_one_is_refused) {
    EXPECT_EQ(this->documents.keep(Bytes(std::string(kMaxDocumentOctets + 1, 'x'))).error().kind, ErrorKind::kInvalid);
}

TYPED_TEST(DocumentsContract, what_was_never_kept_is_not_found) {
    EXPECT_EQ(this->documents.fetch(base::sha256_hex("never kept")).error().kind, ErrorKind::kNotFound);
}

TYPED_TEST(DocumentsContract, only_a_sha256_is_a_name) {
    const std::string name = base::sha256_hex("x");
    for (const std::string& wrong : {std::string(), std::string("../../etc/passwd"), name.substr(1), name + "0", "../" + name.substr(3), std::string(64, 'A')}) {
        EXPECT_EQ(this->documents.fetch(wrong).error().kind, ErrorKind::kInvalid) << wrong;
    }
}

TYPED_TEST(DocumentsContract, damage_is_noticed_and_keeping_the_paper_again_mends_it) {
    const Bytes fax(std::string("for 1,000 shares"));
    const std::string name = *this->documents.keep(fax);
    for (const std::string& damaged : {std::string("for 9,000 shares"), std::string("for 1,000"), std::string(), std::string(kMaxDocumentOctets + 9, 'x')}) {
        this->kept.damage(name, damaged);
        EXPECT_EQ(this->documents.fetch(name).error().kind, ErrorKind::kCorrupt) << damaged.substr(0, 20);
    }
    EXPECT_EQ(*this->documents.keep(fax), name);
    EXPECT_EQ(*this->documents.fetch(name), fax);
}

TYPED_TEST(DocumentsContract, many_threads_keep_the_same_and_different_documents) {
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([this, number] {
            for (int page = 0; page < 20; ++page) {
                EXPECT_TRUE(this->documents.keep(Bytes("shared " + std::to_string(page))));
                EXPECT_TRUE(this->documents.keep(Bytes("own " + std::to_string(number) + "." + std::to_string(page))));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    for (int page = 0; page < 20; ++page) {
        EXPECT_TRUE(this->documents.fetch(base::sha256_hex("shared " + std::to_string(page))));
        EXPECT_TRUE(this->documents.fetch(base::sha256_hex("own 3." + std::to_string(page))));
    }
}

TEST(MirroredDocuments, one_counts_as_kept_only_when_both_hosts_have_it) {
    OnTwoHosts kept;
    const Bytes fax(std::string("abc"));
    const std::string name = *kept.documents().keep(fax);
    EXPECT_TRUE(kept.own.directory.fetch(name));
    EXPECT_TRUE(kept.other.directory.fetch(name));

    fs::remove_all(kept.other.folder);  // as a mount that went away
    const Bytes letter(std::string("a letter"));
    const auto refused = kept.documents().keep_all({&letter, &letter});
    for (const auto& answer : refused) {
        EXPECT_EQ(answer.error().kind, ErrorKind::kUnavailable);
        EXPECT_NE(answer.error().message.find("on the other host"), std::string::npos) << answer.error().message;
    }
    kept.documents().go_without_replica(true);
    EXPECT_TRUE(kept.documents().keep(letter));
    kept.documents().go_without_replica(false);
    EXPECT_FALSE(kept.documents().keep(letter));
    fs::create_directories(kept.other.folder);
    EXPECT_TRUE(kept.documents().keep(letter)) << "what the mirror missed it gets with the same paper again";
    EXPECT_TRUE(kept.other.directory.fetch(base::sha256_hex("a letter")));
}

TEST(MirroredDocuments, what_one_host_lost_or_damaged_is_read_from_the_other_and_mended) {
    OnTwoHosts kept;
    const Bytes fax(std::string("for 1,000 shares"));
    const std::string name = *kept.documents().keep(fax);
    kept.own.damage(name, "for 9,000 shares");
    EXPECT_EQ(*kept.documents().fetch(name), fax);
    EXPECT_EQ(*kept.own.directory.fetch(name), fax) << "mended";
    fs::remove(kept.own.directory.path_of(name));
    EXPECT_EQ(*kept.documents().fetch(name), fax);
    EXPECT_EQ(*kept.own.directory.fetch(name), fax) << "brought back";
    fs::remove(kept.own.directory.path_of(name));
    kept.other.damage(name, "for 9,000 shares");
    EXPECT_EQ(kept.documents().fetch(name).error().kind, ErrorKind::kCorrupt) << "not 'never kept': the other host has it, damaged";
}

TEST(DirectoryDocuments, tells_the_names_of_all_that_it_keeps) {
    InDirectory kept;
    EXPECT_TRUE(kept.directory.names()->empty());
    std::vector<std::string> names;
    for (const char* text : {"a", "b", "c"}) names.push_back(*kept.documents().keep(Bytes(std::string(text))));
    std::sort(names.begin(), names.end());
    std::ofstream(kept.directory.path_of(names[0]).string() + ".AbCdEf") << "left by a process that died";
    EXPECT_EQ(*kept.directory.names(), names);
}

unsigned mode_of(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

TEST(DirectoryDocuments, folders_are_0700_and_files_0600_in_a_fan_out) {
    InDirectory kept;
    const std::string name = *kept.documents().keep(Bytes(std::string("abc")));
    ASSERT_EQ(name.substr(0, 8), "ba7816bf");
    const fs::path place = kept.folder / "documents" / "ba" / name;
    EXPECT_EQ(kept.directory.path_of(name), place);
    EXPECT_EQ(mode_of(place), 0600U);
    for (fs::path folder = place.parent_path(); folder != kept.folder; folder = folder.parent_path()) EXPECT_EQ(mode_of(folder), 0700U) << folder;
    EXPECT_EQ(std::distance(fs::directory_iterator(place.parent_path()), fs::directory_iterator()), 1) << "nothing is left beside it";
}

// One paper for many notices, which come one by one.
TEST(DirectoryDocuments, the_last_that_was_kept_is_not_written_again) {
    InDirectory kept;
    DirectoryDocuments& documents = kept.directory;
    const Bytes list(std::string("a broker's list"));
    const std::string name = documents.keep(list).value();
    const auto written = [&] {
        struct stat found {};
        EXPECT_EQ(::stat(documents.path_of(name).c_str(), &found), 0);
        return found.st_ino;
    };
    const auto first = written();
    EXPECT_EQ(documents.keep(list).value(), name);
    EXPECT_EQ(written(), first);
    ASSERT_TRUE(documents.keep(Bytes(std::string("another"))));
    EXPECT_EQ(documents.keep(list).value(), name);
    EXPECT_NE(written(), first) << "not the last any more";
    fs::remove(documents.path_of(name));
    EXPECT_EQ(documents.keep(list).value(), name);
    EXPECT_EQ(documents.fetch(name).value(), list);
}

TEST(DirectoryDocuments, another_object_on_the_same_directory_sees_what_was_kept) {
    InDirectory kept;
    const std::string name = *kept.documents().keep(Bytes(std::string("abc")));
    EXPECT_TRUE(DirectoryDocuments(kept.folder / "documents").fetch(name));
}

TEST(DirectoryDocuments, a_disk_that_refuses_is_unavailable_and_leaves_nothing) {
    InDirectory kept;
    std::ofstream(kept.folder / "documents") << "a file where the folder should be";
    EXPECT_EQ(kept.documents().keep(Bytes(std::string("abc"))).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(kept.documents().fetch(base::sha256_hex("abc")).error().kind, ErrorKind::kUnavailable);
}

// A file that may not grow is to the writer what a full disk is.
TEST(DirectoryDocuments, a_document_that_the_disk_has_no_room_for_is_unavailable_and_nothing_of_it_is_left) {
    InDirectory kept;
    ASSERT_TRUE(kept.documents().keep(Bytes(std::string("a small one"))));
    const Bytes large(std::string(100'000, 'x'));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit full{4'096, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
    const auto refused = kept.documents().keep(large);
    const auto small = kept.documents().keep(Bytes(std::string("another small one")));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable) << "to be sent again";
    EXPECT_NE(refused.error().message.find("writing"), std::string::npos) << refused.error().message;
    EXPECT_TRUE(small) << "what has room is kept";
    EXPECT_EQ(kept.documents().fetch(base::sha256_hex(large.view())).error().kind, ErrorKind::kNotFound);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kept.folder)) files += entry.is_regular_file() ? 1 : 0;
    EXPECT_EQ(files, 2U) << "no half of it lies about";
    EXPECT_TRUE(kept.documents().keep(large)) << "and once there is room it is kept";
}

TEST(DirectoryDocuments, one_that_cannot_be_put_in_place_is_refused_and_leaves_nothing_beside) {
    InDirectory kept;
    const std::string name = base::sha256_hex("abc");
    const fs::path place = kept.directory.path_of(name);
    fs::create_directories(place / "a folder where the document should be");
    EXPECT_EQ(kept.documents().keep(Bytes(std::string("abc"))).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(std::distance(fs::directory_iterator(place.parent_path()), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace rightsdesk::documents
