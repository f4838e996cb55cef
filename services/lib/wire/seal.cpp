#include "wire/seal.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/check.h"
#include "base/file.h"

namespace rightsdesk::wire {

namespace {

constexpr std::uint64_t kHashSubkey = 1;
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "rdbizkey";
static_assert(sizeof(SealKey::octets) == crypto_secretbox_KEYBYTES && sizeof(SealKey::octets) == crypto_kdf_KEYBYTES);

void start_sodium() {
    static const int started = sodium_init();
    CHECK(started >= 0);
}

const unsigned char* octets_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string_view text_of(const SealKey& key) { return {reinterpret_cast<const char*>(key.octets.data()), key.octets.size()}; }

base::Result<> write_new_file(const std::string& path, const SealKey& key) {
    const base::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return base::unavailable(path + ": " + base::system_reason());
    if (base::write_whole(file, text_of(key)) && ::fsync(file.number()) == 0) return {};
    const auto refused = base::unavailable(path + ": " + base::system_reason());
    ::unlink(path.c_str());
    return refused;
}

}  // namespace

SealKey make_seal_key() {
    start_sodium();
    SealKey key;
    randombytes_buf(key.octets.data(), key.octets.size());
    return key;
}

base::Result<SealKey> load_seal_key(const std::string& path) {
    const base::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return base::failure(errno == ENOENT ? base::ErrorKind::kNotFound : base::ErrorKind::kUnavailable, path + ": " + base::system_reason());
    struct stat status {};
    SealKey key;
    const bool read_whole = ::fstat(file.number(), &status) == 0 && status.st_size == static_cast<off_t>(key.octets.size()) &&
                            ::read(file.number(), key.octets.data(), key.octets.size()) == static_cast<ssize_t>(key.octets.size());
    if (!read_whole) return base::invalid(path + ": is no sealing key (32 octets)");
    if ((status.st_mode & 077U) != 0) return base::invalid(path + ": others may read it; chmod 600");
    return key;
}

// Written beside and linked: of several that make the key at once one wins, and nobody sees half a key.
base::Result<> save_seal_key(const std::string& path, const SealKey& key) {
    const std::string part = path + "." + std::to_string(::getpid()) + ".part";
    ::unlink(part.c_str());
    if (const auto written = write_new_file(part, key); !written) return written;
    const int linked = ::link(part.c_str(), path.c_str());
    const int why = errno;
    ::unlink(part.c_str());
    if (linked != 0) {
        return base::failure(why == EEXIST ? base::ErrorKind::kConflict : base::ErrorKind::kUnavailable, path + ": " + std::strerror(why));
    }
    return base::sync_folder(base::folder_of(path));
}

base::Bytes seal(const SealKey& key, std::string_view plain) {
    start_sodium();
    std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
    auto* out = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(out, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, octets_of(plain), plain.size(), out, key.octets.data());
    return base::Bytes(std::move(sealed));
}

base::Result<std::string> unseal(const SealKey& key, const base::Bytes& sealed) {
    start_sodium();
    constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size() < kOverhead) return base::failure(base::ErrorKind::kCorrupt, "a sealed part is too short");
    std::string plain(sealed.size() - kOverhead, '\0');
    const unsigned char* octets = octets_of(sealed.view());
    const int opened = crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), octets + crypto_secretbox_NONCEBYTES,
                                                  sealed.size() - crypto_secretbox_NONCEBYTES, octets, key.octets.data());
    if (opened != 0) return base::failure(base::ErrorKind::kCorrupt, "a sealed part cannot be opened with this key");
    return plain;
}

std::string keyed_hash(const SealKey& key, std::string_view text) {
    start_sodium();
    // Deriving the key costs as much as hashing with it, and most calls are for the log of the one before.
    thread_local SealKey derived_from;
    thread_local std::optional<std::array<unsigned char, crypto_generichash_KEYBYTES>> derived;
    if (!derived || derived_from.octets != key.octets) {
        derived.emplace();
        crypto_kdf_derive_from_key(derived->data(), derived->size(), kHashSubkey, kContext, key.octets.data());
        derived_from = key;
    }
    const auto& subkey = *derived;
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), octets_of(text), text.size(), subkey.data(), subkey.size());
    return base::to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

}  // namespace rightsdesk::wire
