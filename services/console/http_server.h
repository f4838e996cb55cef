// HTTP/1.1 on one socket and in one thread: Boost.Beast behind plain values. TLS is a proxy's or a tunnel's in front.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "console/http.h"

namespace rightsdesk::console {

inline constexpr std::size_t kMostConnections = 1'024;
inline constexpr int kHeadSeconds = 15;      // for a request to come whole
inline constexpr int kIdleSeconds = 60;      // between requests
inline constexpr int kAnswerSeconds = 60;    // for an answer to be made, and to be taken
inline constexpr int kStreamSeconds = 20;    // for what was written to a stream to be taken

// What streams were given to send since the start.
struct StreamCounts {
    std::uint64_t events = 0;
    std::uint64_t replaced = 0;  // of them: by a newer one, before they were taken
    std::uint64_t octets = 0;    // sent
};

// Called from the server's thread; answers then or later.
using HandleRequest = std::function<void(HttpRequest, std::shared_ptr<Exchange>)>;

class HttpServer {
public:
    // Binds and listens. kUnavailable: the address is taken or not this host's; kInvalid: it is none.
    static base::Result<std::unique_ptr<HttpServer>> listen(const std::string& address, std::uint16_t port, HandleRequest handle);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const;
    // In the server's thread.
    [[nodiscard]] StreamCounts streamed() const;
    // Serves until `stop`; `every_second` is called about so often, from this thread.
    void run(const std::function<void()>& every_second);
    // From any thread, at any time.
    void stop();
    // From any thread: done soon, in the server's.
    void post(std::function<void()> work);

private:
    struct Parts;
    explicit HttpServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace rightsdesk::console
