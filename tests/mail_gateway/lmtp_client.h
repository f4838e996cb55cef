// A mail server's part of LMTP for tests, as plain as can be: it says octets and reads lines.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/file.h"

namespace rightsdesk::mail_gateway {

class LmtpClient {
public:
    // To 127.0.0.1. Throws when nobody listens.
    explicit LmtpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) throw std::runtime_error("nobody listens at port " + std::to_string(port));
    }
    explicit LmtpClient(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        path.copy(to.sun_path, sizeof(to.sun_path) - 1);
        if (::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) throw std::runtime_error("nobody listens at " + path);
    }

    // False: the peer has hung up.
    bool say(const std::string& octets) {
        std::size_t sent = 0;
        while (sent < octets.size()) {
            const ssize_t more = ::send(socket_.number(), octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL);
            if (more <= 0) return false;
            sent += static_cast<std::size_t>(more);
        }
        return true;
    }
    // The next line without its end; nothing when the peer has hung up, or says nothing for so long.
    std::optional<std::string> hear(std::chrono::seconds patience = std::chrono::seconds(20)) {
        for (;;) {
            const std::size_t end = heard_.find("\r\n");
            if (end != std::string::npos) {
                std::string line = heard_.substr(0, end);
                heard_.erase(0, end + 2);
                return line;
            }
            pollfd watched{socket_.number(), POLLIN, 0};
            if (::poll(&watched, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) <= 0) return std::nullopt;
            char octets[4'096];
            const ssize_t more = ::recv(socket_.number(), octets, sizeof(octets), 0);
            if (more <= 0) return std::nullopt;
            heard_.append(octets, static_cast<std::size_t>(more));
        }
    }
    // Says a command, and hears the last line of its answer; "" when it hung up.
    std::string ask(const std::string& command) {
        if (!say(command + "\r\n")) return "";
        return answer();
    }
    std::string answer() {
        for (;;) {
            const auto line = hear();
            if (!line) return "";
            if (line->size() < 4 || (*line)[3] != '-') return *line;
        }
    }
    // The whole of a delivery; the replies after its data, one for each recipient, or the answer that ended it.
    std::vector<std::string> deliver(const std::string& message, const std::vector<std::string>& recipients, const std::string& sender = "ops@broker.example") {
        if (!greeted_ && (answer().substr(0, 3) != "220" || ask("LHLO test").substr(0, 3) != "250")) return {"no greeting"};
        greeted_ = true;
        if (const std::string said = ask("MAIL FROM:<" + sender + "> BODY=8BITMIME"); said.substr(0, 3) != "250") return {said};
        for (const std::string& recipient : recipients) {
            if (const std::string said = ask("RCPT TO:<" + recipient + ">"); said.substr(0, 3) != "250") return {said};
        }
        if (const std::string said = ask("DATA"); said.substr(0, 3) != "354") return {said};
        say(stuffed(message) + ".\r\n");
        std::vector<std::string> replies;
        for (std::size_t each = 0; each < recipients.size(); ++each) replies.push_back(answer());
        return replies;
    }

    static std::string stuffed(const std::string& message) {
        std::string made;
        for (std::size_t at = 0; at < message.size(); ++at) {
            if (message[at] == '.' && (at == 0 || message[at - 1] == '\n')) made += '.';
            made += message[at];
        }
        return made.ends_with("\r\n") ? made : made + "\r\n";
    }

private:
    base::FileDescriptor socket_;
    std::string heard_;
    bool greeted_ = false;
};

}  // namespace rightsdesk::mail_gateway
