#include "store/append_only_tail.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string_view>

#include "base/file.h"

namespace rightsdesk::store {

namespace {

using base::Result;

constexpr std::string_view kFolder = "appendonlydir";
constexpr std::string_view kEndOfTransaction = "*1\r\n$4\r\nEXEC\r\n";
constexpr std::size_t kLongestHead = 32;  // of "*<count>\r\n" or "$<octets>\r\n"

tl::unexpected<base::Error> unreadable(const std::string& path) { return base::unavailable(path + ": " + base::system_reason()); }

// A file's octets, as they lie there. Empty files have none.
class MappedFile {
public:
    explicit MappedFile(const std::string& path) : file_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
        struct stat found {};
        if (!file_ || ::fstat(file_.number(), &found) != 0) return;
        size_ = static_cast<std::size_t>(found.st_size);
        if (size_ > 0) start_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_.number(), 0);
        good_ = start_ != MAP_FAILED;
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile() {
        if (good_ && start_ != nullptr) ::munmap(start_, size_);
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] std::string_view octets() const { return {static_cast<const char*>(start_), size_}; }
    [[nodiscard]] bool cut_at(std::uint64_t size) const { return ::ftruncate(file_.number(), static_cast<off_t>(size)) == 0 && ::fsync(file_.number()) == 0; }

private:
    base::FileDescriptor file_;
    void* start_ = nullptr;
    std::size_t size_ = 0;
    bool good_ = false;
};

enum class Found { kCommand, kEnd, kTorn, kDamage };

// Reads command by command. A command is "*<n>\r\n" and n times "$<octets>\r\n<octets>\r\n"; a line that begins with '#' is a remark.
class Commands {
public:
    explicit Commands(std::string_view octets) : octets_(octets) {}

    // The next command's name into `name`.
    Found next(std::string_view& name) {
        while (at_ < octets_.size() && octets_[at_] == '#') {
            const std::size_t end = octets_.find('\n', at_);
            if (end == std::string_view::npos) return Found::kTorn;
            at_ = end + 1;
        }
        if (at_ == octets_.size()) return Found::kEnd;
        std::uint64_t count = 0;
        if (const Found head = take_head('*', count); head != Found::kCommand) return head;
        for (std::uint64_t part = 0; part < count; ++part) {
            std::uint64_t length = 0;
            if (const Found head = take_head('$', length); head != Found::kCommand) return head;
            if (octets_.size() - at_ < length + 2) return Found::kTorn;
            if (octets_.substr(at_ + length, 2) != "\r\n") return damage();
            if (part == 0) name = octets_.substr(at_, length);
            at_ += length + 2;
        }
        return count > 0 ? Found::kCommand : damage();
    }
    [[nodiscard]] std::size_t at() const { return at_; }

private:
    Found take_head(char kind, std::uint64_t& number) {
        if (at_ == octets_.size()) return Found::kTorn;
        if (octets_[at_] != kind) return damage();
        const std::string_view line = octets_.substr(at_ + 1, kLongestHead);
        const std::size_t end = line.find("\r\n");
        if (end == std::string_view::npos) return line.size() < kLongestHead && line.find('\0') == std::string_view::npos ? Found::kTorn : damage();
        const auto [stopped, error] = std::from_chars(line.data(), line.data() + end, number);
        if (error != std::errc{} || stopped != line.data() + end || number > octets_.size()) return damage_or_torn(number);
        at_ += 1 + end + 2;
        return Found::kCommand;
    }
    // A number beyond the file's size may be whole all the same, of a command that is not.
    Found damage_or_torn(std::uint64_t number) { return number > octets_.size() ? Found::kTorn : damage(); }
    // Octets that a power cut left unwritten read as zero, to the very end.
    [[nodiscard]] Found damage() const {
        const std::size_t zero = octets_.find('\0', at_);
        const bool only_zeros = zero != std::string_view::npos && zero - at_ < kLongestHead && octets_.find_first_not_of('\0', zero) == std::string_view::npos;
        return only_zeros ? Found::kTorn : Found::kDamage;
    }

    std::string_view octets_;
    std::size_t at_ = 0;
};

bool is(std::string_view name, std::string_view word) {
    return name.size() == word.size() && std::equal(name.begin(), name.end(), word.begin(), [](char one, char other) { return (one & ~0x20) == other; });
}

// How many octets end with a whole command or transaction.
Result<std::uint64_t> whole_octets(const std::string& path, std::string_view octets) {
    Commands commands(octets);
    std::uint64_t whole = 0;
    bool open = false;
    for (;;) {
        const std::size_t began = commands.at();
        std::string_view name;
        const Found found = commands.next(name);
        if (found == Found::kDamage) {
            return base::failure(base::ErrorKind::kCorrupt, path + ": no command stands at octet " + std::to_string(began) + " (runbook, \"The store\")");
        }
        if (found != Found::kCommand) return whole;
        if (is(name, "MULTI")) {
            if (open) {
                return base::failure(base::ErrorKind::kCorrupt, path + ": a transaction begins within another at octet " + std::to_string(began) +
                                                                    ": Redis was started on a torn file before (runbook, \"The store\")");
            }
            open = true;
        } else if (is(name, "EXEC")) {
            open = false;
        }
        if (!open) whole = commands.at();
    }
}

// The last file of the manifest that grows: "file <name> seq <n> type i".
Result<std::optional<std::string>> growing_file(const std::string& folder) {
    const auto names = base::names_in(folder);
    if (!names) return tl::unexpected(names.error());
    if (!*names) return std::optional<std::string>();
    const auto manifest = std::find_if((*names)->begin(), (*names)->end(), [](const std::string& name) { return name.ends_with(".manifest"); });
    if (manifest == (*names)->end()) return std::optional<std::string>();
    const auto text = base::read_file(folder + "/" + *manifest);
    if (!text) return tl::unexpected(text.error());
    std::optional<std::string> last;
    std::istringstream lines(text->value_or(""));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word, name, type;
        words >> word >> name >> word >> word >> word >> type;
        if (type == "i") last = folder + "/" + name;
    }
    return last;
}

}  // namespace

Result<AppendOnlyTail> mend_append_only_tail(const std::string& redis_folder) {
    const auto growing = growing_file(redis_folder + "/" + std::string(kFolder));
    if (!growing) return tl::unexpected(growing.error());
    if (!*growing || !std::filesystem::exists(**growing)) return AppendOnlyTail{};
    const std::string& path = **growing;
    const MappedFile file(path);
    if (!file.good()) return unreadable(path);
    const auto whole = whole_octets(path, file.octets());
    if (!whole) return tl::unexpected(whole.error());
    AppendOnlyTail tail{path, *whole, file.octets().size() - *whole};
    if (tail.torn == 0) return tail;
    // A length that is damaged in the middle takes all behind it for its own: a torn end has no end of a transaction in it.
    if (file.octets().find(kEndOfTransaction, tail.whole) != std::string_view::npos) {
        return base::failure(base::ErrorKind::kCorrupt, path + ": it is damaged behind octet " + std::to_string(tail.whole) + ", and whole transactions follow (runbook, \"The store\")");
    }
    tail.kept_as = redis_folder + "/torn-" + path.substr(path.rfind('/') + 1) + "-" + std::to_string(tail.whole);
    if (const auto kept = base::replace_file(tail.kept_as, file.octets().substr(tail.whole)); !kept) return tl::unexpected(kept.error());
    if (const auto named = base::sync_folder(redis_folder); !named) return tl::unexpected(named.error());
    if (!file.cut_at(tail.whole)) return unreadable(path);
    return tail;
}

}  // namespace rightsdesk::store
