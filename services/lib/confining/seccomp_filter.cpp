// libseccomp knows the numbers and arguments of each architecture; a filter written by hand would be for one alone.
#include "confining/seccomp_filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>

#include <cerrno>
#include <memory>

#include "base/file.h"

namespace rightsdesk::confining {

namespace {

// Sockets by io_uring too, and whatever changes files, other processes or what this one may do.
constexpr int kRefusedCalls[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
    SCMP_SYS(io_uring_setup), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_open), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(mount),
    SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(creat), SCMP_SYS(unlink),
    SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir),
    SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(truncate),
    SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr), SCMP_SYS(setsid),
    SCMP_SYS(setpgid), SCMP_SYS(setrlimit), SCMP_SYS(memfd_create), SCMP_SYS(mq_open), SCMP_SYS(shmget), SCMP_SYS(msgget),
};
// The C library does the same by older calls, whose arguments a filter can see.
constexpr int kUnknownCalls[] = {SCMP_SYS(clone3), SCMP_SYS(openat2)};
constexpr unsigned kWriting[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};

struct Releasing {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Releasing>;

// The library's own macros are C alone.
bool refuse_where(scmp_filter_ctx filter, int call, const scmp_arg_cmp& where) {
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &where) == 0;
}
// Where these bits of an argument are so.
scmp_arg_cmp bits_of(unsigned argument, scmp_datum_t mask, scmp_datum_t bits) { return {argument, SCMP_CMP_MASKED_EQ, mask, bits}; }

bool refuse_calls(scmp_filter_ctx filter) {
    for (const int call : kRefusedCalls) {
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) != 0) return false;
    }
    for (const int call : kUnknownCalls) {
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) != 0) return false;
    }
    // A clone that is no thread is another process.
    if (!refuse_where(filter, SCMP_SYS(clone), bits_of(0, CLONE_THREAD, 0))) return false;
    // Limits may be asked for, and not set: a sanitizer asks how large the stack is.
    if (!refuse_where(filter, SCMP_SYS(prlimit64), {2, SCMP_CMP_NE, 0, 0})) return false;
    for (const unsigned flag : kWriting) {
        if (!refuse_where(filter, SCMP_SYS(open), bits_of(1, flag, flag)) || !refuse_where(filter, SCMP_SYS(openat), bits_of(2, flag, flag))) return false;
    }
    return true;
}

}  // namespace

base::Result<std::vector<sock_filter>> confining_filter() {
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    if (!filter || !refuse_calls(filter.get())) return base::unavailable("libseccomp cannot make the filter of a confined program");
    const base::FileDescriptor memory(::memfd_create("seccomp-filter", MFD_CLOEXEC));
    if (!memory || seccomp_export_bpf(filter.get(), memory.number()) != 0) return base::unavailable("libseccomp cannot write the filter of a confined program");
    const off_t octets = ::lseek(memory.number(), 0, SEEK_END);
    if (octets <= 0 || octets % static_cast<off_t>(sizeof(sock_filter)) != 0) return base::unavailable("libseccomp wrote no whole filter");
    std::vector<sock_filter> program(static_cast<std::size_t>(octets) / sizeof(sock_filter));
    if (::pread(memory.number(), program.data(), static_cast<std::size_t>(octets), 0) != octets) return base::unavailable("the filter cannot be read back: " + base::system_reason());
    return program;
}

}  // namespace rightsdesk::confining
