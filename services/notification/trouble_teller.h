// The thread in which the desk's own troubles are heard and told (telling_troubles.h): it hears the feeds itself, asks no store, and goes on while the
// service waits for one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "bus/bus.h"
#include "notification/telling_troubles.h"
#include "runtime/clock.h"

namespace rightsdesk::notification {

struct TellerSettings {
    std::map<std::string, bus::Remote> feeds;  // of every process of the four services, by its name: "intake", "intake-2", this one among them
    bus::KeyPair key;
    std::string own;                           // this process' name
};

class TroubleTeller {
public:
    // Begins at once. `makes_bus` is called in the thread; the clock may be read by two.
    TroubleTeller(TellerSettings settings, std::function<std::unique_ptr<bus::Bus>()> makes_bus, const runtime::Clock& clock, TellingTroubles telling);
    TroubleTeller(const TroubleTeller&) = delete;
    TroubleTeller& operator=(const TroubleTeller&) = delete;
    // What is under way may end, for some seconds.
    ~TroubleTeller();

    // A trouble of this process, of a kind of the table, which it cannot publish itself: its service does not run. Told until the process ends.
    void says(const std::string& kind, const std::string& what, const std::string& next);

    [[nodiscard]] CountsByWay counts() const;

private:
    class Thread;
    std::unique_ptr<Thread> thread_;
};

}  // namespace rightsdesk::notification
