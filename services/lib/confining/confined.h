// A program run in confinement: what strangers sent (a fax, an attachment) is taken apart in a child that can do little
// harm when a library has a hole, and none to its caller when it crashes, hangs or eats all memory.
//
// The child has its input as standard input, and its answer on standard output. It has no network and no further process, changes
// no file, and reads files below `readable` alone. seccomp and resource limits see to it, and Landlock to what is read; on
// a kernel without Landlock the child may read what its caller may. Nothing of the caller's environment or open files reaches it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rightsdesk::confining {

struct Confinement {
    std::uint64_t memory_octets = 1'536ULL << 20;     // of address space
    std::chrono::seconds processor_time{120};
    std::chrono::milliseconds elapsed{180'000};       // by the wall: then it is killed
    std::uint64_t output_octets = 4ULL << 20;         // of standard output; more is a failure
    std::uint64_t open_files = 64;
    std::vector<std::string> readable = {};           // files and folders beside the system's libraries and the program itself
    std::vector<std::string> environment = {};        // "NAME=value"; else only PATH, LANG and OMP_THREAD_LIMIT=1
};

// Runs argv[0], a path, and waits for its end. What it wrote to standard output, when it ended with 0. Waits at most
// `elapsed`; nothing of it is left running. Any thread may call.
//
// kInvalid: it ended otherwise, by a signal or a limit: the same input would do it again; the message has what it wrote to standard error
// last. kUnavailable: it could not be started or fed now. kNotFound: there is no such program.
base::Result<std::string> run_confined(const Confinement& confinement, const std::vector<std::string>& argv, std::string_view input);

}  // namespace rightsdesk::confining
