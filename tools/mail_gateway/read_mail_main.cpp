// rightsdesk-read-mail: a message on standard input, its parts on standard output (mail_frame.h). Run by the gateway in
// confinement, for each message anew.
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iostream>
#include <string>

#include "base/file.h"
#include "mail_gateway/mail_frame.h"
#include "mail_gateway/mime_mail.h"

using namespace rightsdesk;

namespace {

constexpr std::size_t kMostOctets = 64U * 1024U * 1024U;
constexpr int kUnusable = 2;

// 0: all of it; else the exit code.
int read_all(std::string& message) {
    std::array<char, 64U * 1024U> piece{};
    for (;;) {
        const ssize_t octets = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (octets == 0) return 0;
        if (octets < 0 && errno == EINTR) continue;
        if (octets < 0 || message.size() + static_cast<std::size_t>(octets) > kMostOctets) return kUnusable;
        message.append(piece.data(), static_cast<std::size_t>(octets));
    }
}

}  // namespace

int main(int count, char**) {
    if (count != 1) {
        std::cerr << "rightsdesk-read-mail < MESSAGE: the parts of a message, for rightsdesk-mail-gateway.\nExit codes: 0 read, 2 no arguments are taken, or more than 64 MiB\n";
        return kUnusable;
    }
    std::string message;
    if (const int failed = read_all(message); failed != 0) {
        std::cerr << "the message cannot be read, or has more than " << kMostOctets << " octets\n";
        return failed;
    }
    std::cout << mail_gateway::frame_of(mail_gateway::read_mime(message)) << std::flush;
    return std::cout ? 0 : 1;
}
