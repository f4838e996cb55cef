// A confined program: what it may and may not do, each tried for real.
#include "confining/confined.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace rightsdesk::confining {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

base::Result<std::string> in_shell(const std::string& script, std::string_view input = "", Confinement confinement = {}) {
    return run_confined(confinement, {"/bin/sh", "-c", script}, input);
}
base::Result<std::string> in_python(const std::string& script, Confinement confinement = {}) {
    return run_confined(confinement, {"/usr/bin/python3", "-S", "-c", script}, "");
}

struct Folder {
    Folder() : path(std::filesystem::temp_directory_path() / ("rightsdesk-confined-" + std::to_string(::getpid()))) { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

TEST(Confined, answers_what_it_made_of_its_input) {
    const auto answer = run_confined({}, {"/bin/cat"}, "a page");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "a page");
}

TEST(Confined, takes_an_input_larger_than_a_pipe_holds_whether_it_is_read_or_not) {
    const std::string large(3'000'000, 'x');
    const auto read = run_confined({}, {"/bin/cat"}, large);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, large);
    const auto ignored = in_shell("echo done", large);
    ASSERT_TRUE(ignored) << ignored.error().message;
    EXPECT_EQ(*ignored, "done\n");
}

TEST(Confined, an_end_other_than_good_is_told_with_its_last_words) {
    const auto answer = in_shell("echo no such template >&2; exit 3");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, base::ErrorKind::kInvalid);
    EXPECT_NE(answer.error().message.find("ended with 3: no such template"), std::string::npos) << answer.error().message;
}

TEST(Confined, a_crash_is_an_answer) {
    const auto answer = in_python("import ctypes; ctypes.string_at(0)");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, base::ErrorKind::kInvalid);
    EXPECT_NE(answer.error().message.find("SIGSEGV"), std::string::npos) << answer.error().message;
}

TEST(Confined, one_that_hangs_is_ended_in_time) {
    Confinement confinement;
    confinement.elapsed = milliseconds(200);
    const auto began = Clock::now();
    const auto answer = run_confined(confinement, {"/bin/sleep", "30"}, "");
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(10));
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("longer than 200 ms"), std::string::npos) << answer.error().message;
}

TEST(Confined, one_that_closes_its_output_and_goes_on_is_ended_in_time_too) {
    Confinement confinement;
    confinement.elapsed = milliseconds(300);
    const auto answer = in_shell("exec >&- 2>&-; while :; do :; done", "", confinement);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("longer than 300 ms"), std::string::npos) << answer.error().message;
}

TEST(Confined, processor_time_is_bounded) {
    Confinement confinement;
    confinement.processor_time = std::chrono::seconds(1);
    const auto answer = in_shell("while :; do :; done", "", confinement);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, base::ErrorKind::kInvalid);
    EXPECT_NE(answer.error().message.find("ended by SIG"), std::string::npos) << answer.error().message;
}

TEST(Confined, memory_is_bounded) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "a sanitized program's shadow takes terabytes of address space: it is not bounded then";
#endif
    Confinement confinement;
    confinement.memory_octets = 200ULL << 20;
    const auto answer = in_python("x = bytearray(400 << 20); print(len(x))", confinement);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("MemoryError"), std::string::npos) << answer.error().message;
    EXPECT_TRUE(in_python("x = bytearray(20 << 20); print(len(x))", confinement));
}

TEST(Confined, its_limits_may_be_asked_for_and_not_raised) {
    const auto asked = in_python("import resource\n"
                                 "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
                                 "try:\n    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n    print('set')\n"
                                 "except (OSError, ValueError):\n    print('refused')");
    ASSERT_TRUE(asked) << asked.error().message;
    EXPECT_EQ(*asked, "(0, 0)\nrefused\n");
}

TEST(Confined, its_answer_is_bounded) {
    Confinement confinement;
    confinement.output_octets = 1'000;
    const auto answer = in_shell("while :; do echo more and more; done", "", confinement);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("more than 1000 octets"), std::string::npos) << answer.error().message;
}

TEST(Confined, it_has_no_network) {
    const auto answer = in_python("import socket\ntry:\n  socket.socket()\n  print('open')\nexcept OSError as e: print(e.errno)");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "1\n");  // EPERM
}

TEST(Confined, it_starts_no_process_and_signals_none) {
    const auto answer = in_python("import os\nfor f in (os.fork, lambda: os.kill(os.getppid(), 0)):\n  try:\n    f()\n    print('done')\n  except OSError as e: print(e.errno)");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "1\n1\n");
}

TEST(Confined, threads_are_let_be) {
    const auto answer = in_python("import threading\nt = threading.Thread(target=print, args=('hello',))\nt.start()\nt.join()");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "hello\n");
}

TEST(Confined, it_changes_no_file_and_reads_those_that_it_is_given) {
    const Folder folder;
    const std::string file = (folder.path / "secret").string();
    std::ofstream(file) << "kept";
    const std::string script = "import os\nfor f in (lambda: open('" + file + "', 'w'), lambda: os.unlink('" + file + "'), lambda: os.rename('" + file + "', '" + file +
                               "2'), lambda: open('" + file + "')):\n  try:\n    print(f().read())\n  except OSError as e: print(e.errno)";
    const auto without = in_python(script);
    ASSERT_TRUE(without) << without.error().message;
    EXPECT_EQ(*without, "1\n1\n1\n13\n");  // EPERM by seccomp, EACCES by Landlock
    Confinement confinement;
    confinement.readable = {folder.path.string()};
    const auto given = in_python(script, confinement);
    ASSERT_TRUE(given) << given.error().message;
    EXPECT_EQ(*given, "1\n1\n1\nkept\n");
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Confined, nothing_of_our_environment_or_open_files_reaches_it) {
    const Folder folder;
    ::setenv("RIGHTSDESK_SECRET", "key", 1);
    std::ofstream open(folder.path / "open");
    const auto answer = in_python("import os\nprint('RIGHTSDESK_SECRET' in os.environ)\nfor n in range(2, 30):\n  try:\n    os.fstat(n)\n    print(n)\n  except OSError: pass");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer, "False\n2\n");
}

TEST(Confined, a_program_that_is_not_there_is_said_to_be) {
    const auto answer = run_confined({}, {"/nowhere/rightsdesk-read-page"}, "");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, base::ErrorKind::kNotFound);
}

}  // namespace
}  // namespace rightsdesk::confining
