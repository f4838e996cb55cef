#include "domain/feed_files.h"

namespace rightsdesk::domain {

namespace {

// Why a file is none that can be named; empty where it can.
std::string objection_to_file(const std::string& file, const std::string& sha256) {
    constexpr std::size_t kHexOfSha256 = 64;
    if (file.empty() || file.size() > kMaxFileNameOctets) return "a file's name has 1 to " + std::to_string(kMaxFileNameOctets) + " octets";
    if (file.find('/') != std::string::npos) return "a file's name has no folder in it";
    const bool hex = sha256.size() == kHexOfSha256 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    return hex ? std::string() : "a SHA-256 is 64 digits of 0 to 9 and a to f";
}

}  // namespace

std::string file_subject(const std::string& source, const std::string& file) { return "file/" + source + "/" + file; }

Decision report_file_set_aside(const ReportFileSetAside& command, const Context& context) {
    const auto refused = [&](const std::string& why) { return refuse("ReportFileSetAside", file_subject(context.principal, command.file), Refusal::kValueUnusable, why); };
    if (const std::string against = objection_to_file(command.file, command.sha256); !against.empty()) return refused(against);
    if (command.why.empty() || command.why.size() > kMaxFileReasonOctets) return refused("a reason has 1 to " + std::to_string(kMaxFileReasonOctets) + " octets");
    Decision decision;
    return decision.add(FileSetAside{context.principal, command.file, command.sha256, command.why});
}

Decision report_file_taken(const ReportFileTaken& command, const Context& context) {
    if (const std::string against = objection_to_file(command.file, command.sha256); !against.empty()) {
        return refuse("ReportFileTaken", file_subject(context.principal, command.file), Refusal::kValueUnusable, against);
    }
    Decision decision;
    return decision.add(FileTaken{context.principal, command.file, command.sha256});
}

}  // namespace rightsdesk::domain
