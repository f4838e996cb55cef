// What a fax server or a mail room puts down: SPOOL/arrived/NAME and NAME.json, each written under another name and renamed, the sidecar last. A
// picture is read there, then both go on to in/, the sidecar with what was read, and the gateway takes them as it takes anything.
//
// The sidecar is that of rightsdesk/spool_sidecar.h. A document that has none after a while gets one with the hour at which it was
// first seen; nobody knows when it came, and so a person keys it. Three steps, each taken up after a crash at the next start: the document
// into in/, its sidecar beside it, the one it came with into taken/. Nothing is deleted or written over.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "feeds/page_reader.h"
#include "rightsdesk/gateway_work.h"

namespace rightsdesk::feeds {

struct ArrivalSettings {
    std::string spool;                                // has arrived/, taken/ and seen/ beside the gateway's own folders
    std::string source;                               // the gateway's name
    std::string address;                              // of what has no sidecar: empty gives it to nobody's offering, visibly
    std::chrono::seconds without_sidecar{60};         // so long a document waits for its sidecar
    std::chrono::milliseconds rescan{500};            // of arrived/, when there was nothing
    std::size_t most_ahead = 64;                      // in in/ and not taken: then it waits
    int attempts = 3;                                 // while the reader cannot be started
};

class Arrivals final : public tools::Feeder {
public:
    // `now`: the desk's time, nothing when it is not known. `trouble` hears what a person should know, each once until it changes.
    Arrivals(PageReader& reader, ArrivalSettings settings, std::function<std::optional<domain::Instant>()> now, std::function<void(const std::string&)> trouble);

    base::Result<> recover() override;
    base::Result<std::size_t> step() override;
    [[nodiscard]] bool is_idle() const override;
    [[nodiscard]] std::optional<domain::Instant> earliest() const override;

private:
    using Clock = std::chrono::steady_clock;

    base::Result<> look();
    base::Result<> look_at_lone(const std::string& name);
    base::Result<bool> bring_in(const std::string& name);
    base::Result<> finish(const std::string& name, const std::string& sidecar);
    base::Result<std::optional<std::string>> sidecar_with_reading(const std::string& name, const std::string& sidecar, const std::string& document);
    base::Result<reading::PageReading> read(const std::string& name, const std::string& document);
    [[nodiscard]] std::string at(const char* folder, const std::string& name) const { return settings_.spool + "/" + folder + "/" + name; }
    [[nodiscard]] bool has_room() const;
    void trouble(const std::string& text);

    PageReader& reader_;
    ArrivalSettings settings_;
    std::function<std::optional<domain::Instant>()> now_;
    std::function<void(const std::string&)> trouble_;
    std::set<std::string> ready_;                             // of the last look
    std::map<std::string, domain::Instant> stamps_;           // of what is in arrived/, where its sidecar tells it
    std::map<std::string, Clock::time_point> lone_since_;
    std::map<std::string, int> attempts_;
    std::size_t lone_ = 0;
    bool idle_ = false;                                       // the last look found nothing, and nothing was brought in since
    Clock::time_point next_look_{};
    std::string last_trouble_;
};

}  // namespace rightsdesk::feeds
