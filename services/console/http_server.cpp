#include "console/http_server.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "runtime/log_line.h"

// Named, for HttpServer::Parts is made of it.
namespace rightsdesk::console::serving {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = net::ip::tcp;
using Ending = boost::system::error_code;

constexpr int kDrainSeconds = 2;
constexpr std::size_t kMostDrained = 4U * 1024U * 1024U;

std::string field_of(const http::request<http::string_body>& request, http::field name) {
    const auto text = request[name];
    return {text.data(), text.size()};
}

std::string field_of(const http::request<http::string_body>& request, const char* name) {
    const auto text = request[name];
    return {text.data(), text.size()};
}

bool take_request(const http::request<http::string_body>& from, HttpRequest& request) {
    request.method = std::string(from.method_string().data(), from.method_string().size());
    request.host = field_of(from, http::field::host);
    request.cookie = field_of(from, http::field::cookie);
    request.csrf = field_of(from, "X-CSRF-Token");
    request.origin = field_of(from, http::field::origin);
    request.fetch_site = field_of(from, "Sec-Fetch-Site");
    request.content_type = field_of(from, http::field::content_type);
    request.if_none_match = field_of(from, http::field::if_none_match);
    request.body = from.body();
    return take_target(std::string_view(from.target().data(), from.target().size()), request);
}

struct Served {
    net::io_context& context;
    const HandleRequest& handle;
    std::size_t connections = 0;  // changed in the server's thread alone: a connection ends there, whoever held it last
    StreamCounts streamed = {};
};

class Connection;

// The peer's end of a stream of events.
class Stream final : public EventStream {
public:
    explicit Stream(std::weak_ptr<Connection> connection) : connection_(std::move(connection)) {}
    void offer(const std::string& name, std::shared_ptr<const std::string> event) override;
    void finish() override;

private:
    std::weak_ptr<Connection> connection_;
};

class Connection final : public Exchange, public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, Served& served) : stream_(std::move(socket)), served_(served) {
        ++served_.connections;
        Ending ignored;
        const auto peer = stream_.socket().remote_endpoint(ignored);
        if (!ignored) address_ = peer.address().to_string();
        stream_.socket().set_option(tcp::no_delay(true), ignored);
    }
    static std::shared_ptr<Connection> make(tcp::socket socket, Served& served) {
        return {new Connection(std::move(socket), served), [&context = served.context](Connection* done) { net::post(context, [held = std::unique_ptr<Connection>(done)] {}); }};
    }
    ~Connection() override {
        --served_.connections;
        if (closed_) closed_();
    }

    void read() {
        parser_.emplace();
        parser_->header_limit(kMostHeaderOctets);
        parser_->body_limit(kMostBodyOctets);
        stream_.expires_after(std::chrono::seconds(buffer_.size() > 0 || first_ ? kHeadSeconds : kIdleSeconds));
        first_ = false;
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Ending ending, std::size_t) { self->have_read(ending); });
    }

    // ---- Exchange ----
    void answer(HttpAnswer answer) override {
        net::post(served_.context, [self = shared_from_this(), answer = std::move(answer)]() mutable { self->write(std::move(answer)); });
    }

    std::shared_ptr<EventStream> stream(std::function<void()> closed) override {
        if (answered_) return nullptr;
        answered_ = true;
        closed_ = std::move(closed);
        auto head = std::make_shared<const std::string>(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            "X-Accel-Buffering: no\r\nConnection: close\r\n\r\nretry: 1000\n\n");
        streaming_ = true;
        waiting_.emplace_back("", std::move(head));
        write_waiting();
        watch_for_end();
        return std::make_shared<Stream>(weak_from_this());
    }

    // ---- a stream ----
    void offer(const std::string& name, std::shared_ptr<const std::string> event) {
        if (!streaming_ || finishing_) return;
        ++served_.streamed.events;
        for (auto& [known, bytes] : waiting_) {
            if (known != name || name.empty()) continue;
            ++served_.streamed.replaced;
            bytes = std::move(event);
            return;
        }
        waiting_.emplace_back(name, std::move(event));
        write_waiting();
    }
    void finish() {
        finishing_ = true;
        if (written_.empty() && waiting_.empty()) close();
    }

private:
    void have_read(Ending ending) {
        if (ending == http::error::body_limit || ending == http::error::header_limit) {
            close_after_ = drain_ = true;
            return write(error_answer(413, "too_large", "a request has at most 16 KiB of headers and 256 KiB of body"));
        }
        if (ending) return close();
        HttpRequest request;
        request.address = address_;
        answered_ = false;
        const bool whole = take_request(parser_->get(), request);
        head_only_ = request.method == "HEAD";
        close_after_ = !parser_->keep_alive();
        version_ = parser_->get().version();
        if (!whole) return write(error_answer(400, "unusable", "the address of the request cannot be read"));
        stream_.expires_after(std::chrono::seconds(kAnswerSeconds));
        served_.handle(std::move(request), shared_from_this());
    }

    void write(HttpAnswer answer) {
        if (answered_) return;
        answered_ = true;
        add_standard_headers(answer);
        answer_.emplace();
        answer_->version(version_);
        answer_->result(static_cast<unsigned>(answer.status));
        if (!answer.content_type.empty()) answer_->set(http::field::content_type, answer.content_type);
        for (const auto& [name, value] : answer.headers) answer_->insert(name, value);
        answer_->keep_alive(!close_after_);
        answer_->body() = std::move(answer.body);
        answer_->prepare_payload();
        if (head_only_) answer_->body().clear();
        stream_.expires_after(std::chrono::seconds(kAnswerSeconds));
        http::async_write(stream_, *answer_, [self = shared_from_this()](Ending ending, std::size_t) {
            if (ending) return self->close();
            if (self->drain_) return self->drain();
            if (self->close_after_) return self->close();
            self->answer_.reset();
            self->read();
        });
    }

    // What the peer still sends is taken for a moment: closed on it, it would not read the answer.
    void drain() {
        if (drained_ == 0) {
            Ending ignored;
            stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
            stream_.expires_after(std::chrono::seconds(kDrainSeconds));
            scratch_.resize(kMostHeaderOctets);
        }
        stream_.async_read_some(net::buffer(scratch_), [self = shared_from_this()](Ending ending, std::size_t octets) {
            self->drained_ += octets;
            if (ending || self->drained_ > kMostDrained) return self->close();
            self->drain();
        });
    }

    // At most one write at a time; all that waits goes out by it.
    void write_waiting() {
        if (!written_.empty() || waiting_.empty()) return;
        written_.reserve(waiting_.size());
        for (auto& [name, bytes] : waiting_) written_.push_back(std::move(bytes));
        waiting_.clear();
        buffers_.clear();
        buffers_.reserve(written_.size());
        for (const auto& bytes : written_) buffers_.emplace_back(bytes->data(), bytes->size());
        stream_.expires_after(std::chrono::seconds(kStreamSeconds));
        net::async_write(stream_, buffers_, [self = shared_from_this()](Ending ending, std::size_t octets) {
            self->served_.streamed.octets += octets;
            self->written_.clear();
            if (ending) return self->close();
            self->stream_.expires_never();
            if (self->finishing_ && self->waiting_.empty()) return self->close();
            self->write_waiting();
        });
    }

    // A board sends nothing more: whatever comes is its end. It waits on the socket itself, for the stream's limit of time is of what is written.
    void watch_for_end() {
        stream_.socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](Ending) { self->close(); });
    }

    void close() {
        Ending ignored;
        streaming_ = false;
        waiting_.clear();
        stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
        stream_.close();
        if (auto closed = std::exchange(closed_, nullptr)) closed();
    }

    beast::tcp_stream stream_;
    Served& served_;
    std::string address_;
    beast::flat_buffer buffer_{kMostHeaderOctets + kMostBodyOctets};
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::string_body>> answer_;
    unsigned version_ = 11;
    bool first_ = true, answered_ = false, close_after_ = false, head_only_ = false;
    bool streaming_ = false, finishing_ = false, drain_ = false;
    std::size_t drained_ = 0;
    std::string scratch_;
    std::function<void()> closed_;
    std::vector<std::pair<std::string, std::shared_ptr<const std::string>>> waiting_;
    std::vector<std::shared_ptr<const std::string>> written_;
    std::vector<net::const_buffer> buffers_;
};

void Stream::offer(const std::string& name, std::shared_ptr<const std::string> event) {
    if (const auto connection = connection_.lock()) connection->offer(name, std::move(event));
}

void Stream::finish() {
    if (const auto connection = connection_.lock()) connection->finish();
}

}  // namespace rightsdesk::console::serving

namespace rightsdesk::console {

using namespace serving;

struct HttpServer::Parts {
    explicit Parts(HandleRequest handler) : handle(std::move(handler)) {}

    void accept() {
        acceptor.async_accept([this](Ending ending, tcp::socket socket) {
            if (ending == net::error::operation_aborted) return;
            if (ending) runtime::log_warning("#NOT_ACCEPTED", {{"reason", ending.message()}});
            else if (served.connections < kMostConnections) Connection::make(std::move(socket), served)->read();
            if (!ending) return accept();
            // Out of descriptors, say: not again at once.
            pause.expires_after(std::chrono::milliseconds(200));
            pause.async_wait([this](Ending stopped) {
                if (!stopped) accept();
            });
        });
    }

    void tick(const std::function<void()>& every_second) {
        seconds.expires_after(std::chrono::seconds(1));
        seconds.async_wait([this, &every_second](Ending stopped) {
            if (stopped) return;
            every_second();
            tick(every_second);
        });
    }

    HandleRequest handle;
    Served served{context, handle};  // before the context, whose connections speak of it to their end
    net::io_context context{1};
    tcp::acceptor acceptor{context};
    net::steady_timer pause{context}, seconds{context};
};

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HttpServer::~HttpServer() = default;

base::Result<std::unique_ptr<HttpServer>> HttpServer::listen(const std::string& address, std::uint16_t port, HandleRequest handle) {
    auto parts = std::make_unique<Parts>(std::move(handle));
    Ending ending;
    const auto ip = net::ip::make_address(address, ending);
    if (ending) return base::invalid("'" + address + "' is no address to listen on: an IP address of this host, 127.0.0.1 by default");
    const tcp::endpoint place(ip, port);
    parts->acceptor.open(place.protocol(), ending);
    if (!ending) parts->acceptor.set_option(net::socket_base::reuse_address(true), ending);
    if (!ending) parts->acceptor.bind(place, ending);
    if (!ending) parts->acceptor.listen(net::socket_base::max_listen_connections, ending);
    if (ending) return base::unavailable("cannot listen on " + address + ", port " + std::to_string(port) + ": " + ending.message());
    parts->accept();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

std::uint16_t HttpServer::port() const { return parts_->acceptor.local_endpoint().port(); }

StreamCounts HttpServer::streamed() const { return parts_->served.streamed; }

void HttpServer::run(const std::function<void()>& every_second) {
    parts_->tick(every_second);
    parts_->context.run();
}

void HttpServer::stop() { parts_->context.stop(); }

void HttpServer::post(std::function<void()> work) { net::post(parts_->context, std::move(work)); }

}  // namespace rightsdesk::console
