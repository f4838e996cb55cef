#include "mail_gateway/mail_reader.h"

#include "confining/confined.h"
#include "mail_gateway/mail_frame.h"

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::uint64_t kFrameOctets = 40ULL << 20U;   // the parts of the largest message, and what is said of them
constexpr std::uint64_t kMemoryOctets = 1ULL << 30U;   // of the child: the message, its tree, its parts, the frame
constexpr std::chrono::seconds kProcessorTime{30};
constexpr std::chrono::milliseconds kElapsed{60'000};

}  // namespace

base::Result<MimeMail> ConfinedMailReader::read(const std::string& message) {
    confining::Confinement confinement;
    confinement.memory_octets = kMemoryOctets;
    confinement.processor_time = kProcessorTime;
    confinement.elapsed = kElapsed;
    confinement.output_octets = kFrameOctets;
    const auto frame = confining::run_confined(confinement, {program_}, message);
    if (frame) {
        auto mail = mail_in_frame(*frame);
        if (mail) return mail;
        MimeMail spoiled;
        spoiled.beyond = mail.error().message;
        return spoiled;
    }
    if (frame.error().kind == base::ErrorKind::kUnavailable || frame.error().kind == base::ErrorKind::kNotFound) return base::unavailable(frame.error().message);
    MimeMail unread;
    unread.beyond = "taking it apart failed: " + frame.error().message;
    return unread;
}

}  // namespace rightsdesk::mail_gateway
