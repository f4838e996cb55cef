// rightsdesk-mail-gateway as it runs beside a suite of a test's own, and as a mail server meets it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "mail_gateway/lmtp_client.h"
#include "support/suite_processes.h"

namespace rightsdesk::support {

class MailGatewayProcess {
public:
    explicit MailGatewayProcess(SuiteProcesses& suite) : suite_(suite) { std::filesystem::create_directories(log().parent_path()); }

    void start(const std::vector<std::string>& more = {}) { process_.emplace(words(more), log().string(), log().string()); }
    // Until it listens; false when it ended or does not within half a minute.
    [[nodiscard]] bool listens() {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (std::chrono::steady_clock::now() < until && process_->runs()) {
            try {
                mail_gateway::LmtpClient(socket().string()).answer();
                return true;
            } catch (const std::runtime_error&) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        }
        return false;
    }
    void kill() { process_->kill(); }
    [[nodiscard]] int stop() { return process_->stop(); }
    [[nodiscard]] int wait() { return process_->wait(); }
    [[nodiscard]] bool runs() { return process_ && process_->runs(); }

    [[nodiscard]] std::filesystem::path folder() const { return suite_.folder() / "mail-1"; }
    [[nodiscard]] std::filesystem::path socket() const { return suite_.folder() / "run/lmtp"; }
    [[nodiscard]] std::filesystem::path log() const { return suite_.folder() / "log/mail-gateway"; }
    [[nodiscard]] std::size_t files_in(const std::string& part, const std::string& ending) const {
        std::size_t count = 0;
        std::error_code none;
        for (std::filesystem::directory_iterator file(folder() / part, none), end; !none && file != end; file.increment(none)) count += file->path().string().ends_with(ending) ? 1 : 0;
        return count;
    }

private:
    [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& more) const {
        std::vector<std::string> all{std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-mail-gateway", "--config", suite_.config(), "--as", "mail-1", "--folder", folder().string()};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    SuiteProcesses& suite_;
    std::optional<ChildProcess> process_;
};

}  // namespace rightsdesk::support
