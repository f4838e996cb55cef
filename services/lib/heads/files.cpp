#include "heads/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace rightsdesk::heads {
namespace {

using base::FileDescriptor;
using base::Result;

tl::unexpected<base::Error> refused(const std::string& path) { return base::unavailable(path + ": " + base::system_reason()); }

}  // namespace

Result<> create_file(const std::string& path, mode_t mode, std::string_view text) {
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file && errno == EEXIST) return base::failure(base::ErrorKind::kConflict, path + " exists; it is never overwritten");
    if (!file || ::fchmod(file.number(), mode) != 0 || !base::write_whole(file, text) || ::fsync(file.number()) != 0) return refused(path);
    return base::sync_folder(base::folder_of(path));
}

Result<> append_line(const std::string& path, std::string_view line) {
    const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) return refused(path);
    char last = '\n';
    if (status.st_size > 0 && ::pread(file.number(), &last, 1, status.st_size - 1) != 1) return refused(path);
    std::string text = last == '\n' ? "" : "\n";
    text.append(line).append("\n");
    if (!base::write_whole(file, text) || ::fdatasync(file.number()) != 0) return refused(path);
    return status.st_size == 0 ? base::sync_folder(base::folder_of(path)) : Result<>();
}

}  // namespace rightsdesk::heads
