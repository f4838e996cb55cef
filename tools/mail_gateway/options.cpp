#include "mail_gateway/options.h"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "feeds/page_reader.h"

namespace rightsdesk::mail_gateway {

namespace {

struct Said {
    std::vector<std::string> lmtp;
    std::vector<std::string> mail_room_lmtp;
    std::vector<std::string> recipients;
    std::vector<std::string> maildirs;
    std::vector<std::string> mail_room_maildirs;
};

constexpr const char* kHelp =
    "rightsdesk-mail-gateway: notices by mail, from a mail server and the mail room, to the desk.\n"
    "It listens for LMTP (RFC 2033) and reads maildirs. A message is acknowledged once it is on the disk in FOLDER/received; its attachments\n"
    "(PDF, TIFF) and a text that is a form become items, journalled before they are sent; FOLDER/taken/ID.json says what became of each part,\n"
    "FOLDER/receipts what the desk said, FOLDER/aside what a person must look at. Kill it at any moment: nothing is lost, nothing is sent twice.\n"
    "Headers X-Rightsdesk-Channel, -Address, -Received and -Delivery are believed where the mail room's scans come in, and nowhere else.\n"
    "Exit codes: 0 stopped by SIGTERM, or with --once all accepted; 1 something lies aside, or the journal is damaged; 2 unusable options;\n"
    "3 no answer or no disk (all is kept; run it again); 4 with --once: the desk refused an item or found it defective.\n"
    "Example: rightsdesk-mail-gateway --config var/etc/suite.toml --as mail-1 --folder /var/spool/rightsdesk/mail-1 \\\n"
    "             --lmtp unix:/var/spool/postfix/private/rightsdesk --recipient notices@agent.example \\\n"
    "             --mail-room-maildir /var/mail/scans --watermark-every 60";

void add_options(CLI::App& app, MailOptions& options, Said& said) {
    app.add_option("--config", options.config, "the suite's configuration")->envname("RIGHTSDESK_CONFIG")->capture_default_str();
    app.add_option("--as", options.source, "the principal that sends, of the role mail_gateway")->capture_default_str();
    app.add_option("--folder", options.folder, "where messages are kept; made when missing, on a disk that holds what fsync says")->required();
    app.add_option("--lmtp", said.lmtp, "listen there: unix:/PATH, 127.0.0.1:PORT, [::1]:PORT; may be repeated");
    app.add_option("--recipient", said.recipients, "an address that notices are taken for, at --lmtp; may be repeated; else every one that the mail server hands over");
    app.add_option("--mail-room-lmtp", said.mail_room_lmtp, "the same for the mail room's scans alone: whoever may connect there says channel, address and time of receipt");
    app.add_option("--maildir", said.maildirs, "ADDRESS=FOLDER: a maildir and the address that it stands for; may be repeated");
    app.add_option("--mail-room-maildir", said.mail_room_maildirs, "FOLDER: a maildir that the mail room's scans alone come to; may be repeated");
    app.add_option("--message-octets", options.message_octets, "of the largest message that is taken")->capture_default_str()->check(CLI::Range(64U * 1024U, 32U * 1024U * 1024U));
    app.add_flag("--once", options.once, "of maildirs: end when nothing is left to take and everything has its receipt");
    app.add_option("--watermark-every", options.watermark_every, "seconds between watermarks; 0: none. With --once one is told at the end")->capture_default_str();
    app.add_option("--watermark-behind", options.watermark_behind, "seconds that a scan may take from the mail room's stamp to here: watermarks are so much behind the clock")->capture_default_str();
    app.add_option("--patience", options.patience, "with --once: seconds without any progress before it gives up")->capture_default_str()->check(CLI::PositiveNumber);
    app.add_option("--first-number", options.first_number, "no item gets a lower number: after a journal that was lost")->check(CLI::PositiveNumber);
    app.add_option("--read-page", options.read_page, "the program that reads a page")->capture_default_str();
    app.add_option("--templates", options.templates, "the folder of the layouts that it knows")->capture_default_str();
    app.add_option("--log", options.log_file, "log file, a JSON object a line; standard error by default");
}

std::string in_lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
    return text;
}

base::Result<> add_listener(MailOptions& options, const Said& said, const std::string& text, bool mail_room) {
    const auto address = parse_listener_address(text);
    if (!address) return tl::unexpected(address.error());
    ListenAt at{*address, {}};
    at.rules.mail_room = mail_room;
    at.rules.by = mail_room ? "lmtp of the mail room" : "lmtp";
    if (!mail_room) {
        for (const std::string& recipient : said.recipients) at.rules.recipients.insert(in_lower_case(recipient));
    }
    options.listen.push_back(std::move(at));
    return {};
}

base::Result<> combine(MailOptions& options, const Said& said) {
    for (const auto& [list, mail_room] : {std::pair(&said.lmtp, false), std::pair(&said.mail_room_lmtp, true)}) {
        for (const std::string& text : *list) {
            if (const auto added = add_listener(options, said, text, mail_room); !added) return added;
        }
    }
    for (const std::string& text : said.maildirs) {
        const std::size_t sign = text.find('=');
        if (sign == 0 || sign == std::string::npos || sign + 1 == text.size()) return base::invalid("--maildir " + text + ": ADDRESS=FOLDER is wanted");
        options.maildirs.push_back({text.substr(sign + 1), in_lower_case(text.substr(0, sign)), false, options.message_octets});
    }
    for (const std::string& folder : said.mail_room_maildirs) options.maildirs.push_back({folder, "", true, options.message_octets});
    if (options.listen.empty() && options.maildirs.empty()) return base::invalid("say where mail comes in: --lmtp, --mail-room-lmtp, --maildir or --mail-room-maildir");
    if (options.once && !options.listen.empty()) return base::invalid("--once is for maildirs: who listens does so until it is stopped");
    if (!said.recipients.empty() && said.lmtp.empty()) return base::invalid("--recipient is of --lmtp");
    return {};
}

}  // namespace

tl::expected<MailOptions, int> read_options(int count, char** values) {
    MailOptions options;
    options.read_page = feeds::read_page_beside_us();
    options.templates = feeds::templates_beside_us();
    Said said;
    CLI::App app(kHelp);
    add_options(app, options, said);
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? 0 : static_cast<int>(GatewayExit::kUnusable));
    }
    if (const auto combined = combine(options, said); !combined) {
        std::cerr << combined.error().message << "\n";
        return tl::unexpected(static_cast<int>(GatewayExit::kUnusable));
    }
    return options;
}

}  // namespace rightsdesk::mail_gateway
