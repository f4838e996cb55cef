// What rightsdesk-mail-gateway is told on its command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "mail_gateway/lmtp_listener.h"
#include "mail_gateway/maildir.h"

namespace rightsdesk::mail_gateway {

// Exit codes; those of rightsdesk gateway run.
enum class GatewayExit : int {
    kStopped = 0,       // by SIGTERM or SIGINT; with --once: all is accepted
    kLeftBehind = 1,    // something lies aside, or the journal is damaged: a person must look
    kUnusable = 2,      // options, configuration, keys
    kUnavailable = 3,   // no answer, no disk, or another process has the folder: all is kept; run it again
    kRefused = 4,       // with --once: the desk refused an item or found it defective
};

struct MailOptions {
    std::string config = "var/etc/suite.toml";
    std::string source = "mail-1";
    std::string folder;
    std::string log_file;
    std::string read_page;      // the program that reads pages, and its layouts
    std::string templates;
    std::vector<ListenAt> listen;
    std::vector<MaildirSettings> maildirs;
    std::uint32_t message_octets = 32U * 1024U * 1024U;
    std::uint32_t watermark_every = 0;
    std::uint32_t watermark_behind = 60;
    std::uint32_t patience = 60;
    std::uint64_t first_number = 1;
    bool once = false;
};

// The options, or the exit code when the process is to end at once; what is wrong goes to standard error.
tl::expected<MailOptions, int> read_options(int count, char** values);

}  // namespace rightsdesk::mail_gateway
