#include "bus/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "bus/keys.h"

namespace rightsdesk::bus {

namespace {

constexpr std::size_t kMaxFileOctets = 1'024;
constexpr mode_t kOthers = 077;

struct KeyFile {
    mode_t mode = 0;
    std::optional<std::string> public_key;
    std::optional<std::string> secret_key;
};

Result<std::string> read_all(int file, const std::string& path) {
    std::string text;
    std::array<char, kMaxFileOctets> chunk{};
    for (;;) {
        const ssize_t octets = ::read(file, chunk.data(), chunk.size());
        if (octets < 0 && errno == EINTR) continue;
        if (octets < 0) return base::unavailable("cannot read key file " + path + ": " + base::system_reason());
        if (octets == 0) return text;
        text.append(chunk.data(), static_cast<std::size_t>(octets));
        if (text.size() > kMaxFileOctets) return base::invalid("key file " + path + " is too long to be one");
    }
}

// Z85 has '=' and '#' among its characters: a line is a fixed beginning and the key, nothing cleverer.
Result<> take_line(std::string_view line, const std::string& path, KeyFile& keys) {
    static constexpr std::string_view kPublic = "public = ";
    static constexpr std::string_view kSecret = "secret = ";
    auto* key = line.starts_with(kPublic) ? &keys.public_key : line.starts_with(kSecret) ? &keys.secret_key : nullptr;
    if (key == nullptr || key->has_value()) return base::invalid("key file " + path + " has a line that is not its one 'public = ' or 'secret = '");
    *key = std::string(line.substr(kPublic.size()));
    if (auto checked = check_key(**key); !checked) return base::invalid("key file " + path + ": " + checked.error().message);
    return {};
}

Result<KeyFile> read_key_file(const std::string& path) {
    const base::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
        const auto kind = errno == ENOENT ? base::ErrorKind::kNotFound : base::ErrorKind::kInvalid;
        return base::failure(kind, "cannot open key file " + path + ": " + base::system_reason());
    }
    struct stat status{};
    if (::fstat(file.number(), &status) != 0) return base::unavailable("cannot examine key file " + path + ": " + base::system_reason());
    if (!S_ISREG(status.st_mode)) return base::invalid("key file " + path + " is not a regular file");
    auto text = read_all(file.number(), path);
    if (!text) return tl::unexpected(text.error());
    KeyFile keys;
    keys.mode = status.st_mode;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        if (auto taken = take_line(rest.substr(0, end), path, keys); !taken) return tl::unexpected(taken.error());
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (!keys.public_key) return base::invalid("key file " + path + " has no line 'public = '");
    if (keys.secret_key && (keys.mode & kOthers) != 0) {
        return base::invalid("key file " + path + " holds a secret key that others than its owner may use; chmod 600 it, or make a new key");
    }
    return keys;
}

Result<> write_key_file(const std::string& path, mode_t mode, const std::string& text) {
    const base::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file && errno == EEXIST) return base::failure(base::ErrorKind::kConflict, "key file " + path + " exists; a key is never overwritten");
    if (!file) return base::unavailable("cannot create key file " + path + ": " + base::system_reason());
    // The mode exactly, whatever the umask of the moment.
    const bool written = ::fchmod(file.number(), mode) == 0 && base::write_whole(file, text) && ::fsync(file.number()) == 0;
    const auto kept = written ? base::sync_folder(base::folder_of(path)) : Result<>(base::unavailable(base::system_reason()));
    if (kept) return {};
    ::unlink(path.c_str());
    return base::unavailable("cannot write key file " + path + ": " + kept.error().message);
}

}  // namespace

Result<KeyPair> load_key_pair(const std::string& path) {
    const auto keys = read_key_file(path);
    if (!keys) return tl::unexpected(keys.error());
    if (!keys->secret_key) return base::invalid("key file " + path + " has no line 'secret = '");
    KeyPair pair{*keys->public_key, *keys->secret_key};
    if (auto checked = check_key_pair(pair); !checked) return base::invalid("key file " + path + ": " + checked.error().message);
    return pair;
}

Result<> save_key_pair(const std::string& path, const KeyPair& pair) {
    if (auto checked = check_key_pair(pair); !checked) return checked;
    return write_key_file(path, 0600, "public = " + pair.public_key + "\nsecret = " + pair.secret_key + "\n");
}

Result<std::string> load_public_key(const std::string& path) {
    const auto keys = read_key_file(path);
    if (!keys) return tl::unexpected(keys.error());
    return *keys->public_key;
}

Result<> save_public_key(const std::string& path, const std::string& public_key) {
    if (auto checked = check_key(public_key); !checked) return checked;
    return write_key_file(path, 0644, "public = " + public_key + "\n");
}

}  // namespace rightsdesk::bus
