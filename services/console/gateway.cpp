#include "console/gateway.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/texts.h"
#include "domain/civil.h"
#include "runtime/log_line.h"

namespace rightsdesk::console {

namespace {

constexpr const char* kCookie = "rightsdesk";
constexpr const char* kVersion = "1";

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    std::size_t from = 1;
    while (from <= path.size()) {
        const auto slash = std::min(path.find('/', from), path.size());
        parts.push_back(path.substr(from, slash - from));
        from = slash + 1;
    }
    return parts;
}

HttpAnswer not_found() { return error_answer(404, "not_found", "there is no such address"); }
HttpAnswer wrong_method() { return error_answer(405, "method", "this address does not take that method"); }
HttpAnswer signed_out() { return error_answer(401, "signed_out", "sign in first"); }

}  // namespace

Gateway::Gateway(GatewaySettings settings, GatewayParts parts, runtime::Operators operators)
    : settings_(std::move(settings)), parts_(parts), operators_(std::move(operators)), drawn_pages_(settings_.read_page),
      records_(std::make_shared<Reading>(Reading{parts_.make_store(), runtime::KeyRing(settings_.offering_keys)})),
      logs_(std::make_shared<Reading>(Reading{parts_.make_store(), runtime::KeyRing(settings_.offering_keys)})) {}

base::Result<std::unique_ptr<Gateway>> Gateway::make(GatewaySettings settings, GatewayParts parts) {
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(settings.operators_file, ignored);
    auto operators = runtime::Operators::load(settings.operators_file);
    if (!operators && operators.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(operators.error());
    // Nobody's: whoever tries a name that there is not waits as long as with one that there is.
    auto hash = runtime::hash_password(random_token());
    if (!hash) return tl::unexpected(hash.error());
    if (!operators) runtime::log_warning("#NO_OPERATORS", {{"file", settings.operators_file}});
    std::unique_ptr<Gateway> gateway(new Gateway(std::move(settings), parts, operators ? std::move(*operators) : runtime::Operators()));
    gateway->operators_changed_ = changed;
    gateway->nobodys_hash_ = *hash;
    return gateway;
}

void Gateway::every_second() {
    std::error_code missing;
    const auto changed = std::filesystem::last_write_time(settings_.operators_file, missing);
    if (!missing && changed != operators_changed_) {
        operators_changed_ = changed;
        auto operators = runtime::Operators::load(settings_.operators_file);
        if (!operators) {
            runtime::log_error("#OPERATORS_UNUSABLE", {{"reason", operators.error().message}});
        } else {
            for (const runtime::Operator& before : operators_.all()) {
                const runtime::Operator* now = operators->find(before.name);
                if (now == nullptr || now->password_hash != before.password_hash) sessions_.end_all_of(before.name);
            }
            operators_ = std::move(*operators);
            runtime::log_info("#OPERATORS_READ", {{"operators", operators_.all().size()}});
        }
    }
    const Monotonic now = parts_.clock.monotonic();
    for (auto& [number, listening] : streams_) {
        if (sessions_.find(listening.cookie, now, false) != nullptr) continue;
        listening.stream->offer("signed_out", std::make_shared<const std::string>("event: signed_out\ndata: {}\n\n"));
        listening.stream->finish();
    }
}

void Gateway::tell(runtime::Figures& figures) const {
    figures.add(runtime::MetricKind::kBoardsOpen, static_cast<double>(streams_.size()));
    figures.add(runtime::MetricKind::kPeopleSignedIn, static_cast<double>(sessions_.size()));
}

// ---- who asks ----

std::optional<Gateway::Person> Gateway::person_of(const HttpRequest& request, bool use) {
    const std::string cookie = cookie_value(request.cookie, kCookie);
    const SignedIn* session = sessions_.find(cookie, parts_.clock.monotonic(), use);
    if (session == nullptr) return std::nullopt;
    const runtime::Operator* known = operators_.find(session->operator_name);
    if (known == nullptr) return std::nullopt;
    return Person{known->name, known->roles, cookie, session->csrf};
}

// From another site's page. What says nothing of where it comes from is no browser's of these days; its token still has to be right.
bool Gateway::is_forged(const HttpRequest& request) const {
    if (!request.fetch_site.empty() && request.fetch_site != "same-origin" && request.fetch_site != "none") return true;
    if (request.origin.empty()) return false;
    const auto scheme = request.origin.find("://");
    return scheme == std::string::npos || request.origin.substr(scheme + 3) != request.host;
}

void Gateway::handle(HttpRequest request, const std::shared_ptr<Exchange>& exchange) {
    if (!settings_.hosts.contains(request.host)) return exchange->answer(error_answer(421, "host", "this console does not answer under that name"));
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (!request.path.starts_with("/api/")) {
        if (!reads) return exchange->answer(wrong_method());
        if (request.path == "/") return exchange->answer(parts_.pages.answer("index.html", request.if_none_match));
        if (request.path == "/favicon.ico") return exchange->answer(parts_.pages.answer("favicon.ico", request.if_none_match));
        if (!request.path.starts_with("/page/")) return exchange->answer(not_found());
        return exchange->answer(parts_.pages.answer(request.path.substr(6), request.if_none_match));
    }
    if (!reads && is_forged(request)) return exchange->answer(error_answer(403, "no_csrf", "the request comes from another site's page"));
    answer_api(std::move(request), exchange);
}

void Gateway::answer_api(HttpRequest request, const Way& way) {
    const std::vector<std::string> parts = parts_of(request.path);
    if (parts.size() == 2 && parts[1] == "session") return answer_session(request, way);
    const bool is_stream = parts.size() == 4 && parts[3] == "events";
    const auto person = person_of(request, !is_stream);
    if (!person) return way->answer(signed_out());
    if (parts[1] == "commands" && parts.size() == 3) {
        if (request.method != "POST") return way->answer(wrong_method());
        return answer_command(request, parts[2], *person, way);
    }
    if (request.method != "GET") return way->answer(wrong_method());
    if (parts[1] == "documents" && parts.size() >= 3) return answer_document(parts, way);
    if (parts[1] == "alert-kinds" && parts.size() == 2) {
        return way->answer(alert_kinds_answer());
    }
    if (parts[1] != "offerings") return way->answer(not_found());
    if (parts.size() == 2) {
        const bool asked = parts_.follower.ask([way](const Follower& follower) {
            way->answer(json_answer(runtime::json_line({{"offerings", follower.offering_lines()}, {"desk", {{"sequence", follower.desk().head().sequence}}}})));
        });
        if (!asked) way->answer(error_answer(503, "unavailable", "too many questions wait", 1));
        return;
    }
    if (is_stream) return open_stream(parts[2], *person, way);
    answer_offering(request, parts, *person, way);
}

// ---- sessions ----

HttpAnswer Gateway::session_answer(const SignedIn& session) {
    const runtime::Operator* person = operators_.find(session.operator_name);
    runtime::Json roles = runtime::Json::array();
    if (person != nullptr) {
        for (const runtime::OperatorRole role : person->roles) roles.push_back(base::to_text(role));
    }
    const Monotonic now = parts_.clock.monotonic();
    const domain::Instant ends(parts_.clock.now().value + (session.began + kAbsoluteEnd - now).count());
    return json_answer(runtime::json_line({{"operator", session.operator_name}, {"roles", roles}, {"csrf", session.csrf}, {"idle_s", std::chrono::seconds(kIdleEnd).count()},
                                           {"ends_at", domain::instant_text(ends)}, {"clock", base::to_text(settings_.clock)}, {"version", kVersion}}));
}

void Gateway::answer_session(HttpRequest& request, const Way& way) {
    if (request.method == "POST") return sign_in(request, way);
    const auto person = person_of(request, true);
    if (!person) return way->answer(signed_out());
    if (request.method == "GET") return way->answer(session_answer(*sessions_.find(person->cookie, parts_.clock.monotonic(), true)));
    if (request.method != "DELETE") return way->answer(wrong_method());
    if (!same_token(request.csrf, person->csrf)) return way->answer(error_answer(403, "no_csrf", "the X-CSRF-Token header is missing or not this session's"));
    sessions_.end(person->cookie);
    runtime::log_info("#SIGNED_OUT", {{"operator", person->name}});
    HttpAnswer answer{204, "", {}, {{"Set-Cookie", std::string(kCookie) + "=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"}}};
    way->answer(std::move(answer));
}

void Gateway::sign_in(HttpRequest& request, const Way& way) {
    if (!request.content_type.starts_with("application/json")) return way->answer(error_answer(400, "unusable", "Content-Type must be application/json"));
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("name") || !body["name"].is_string() || !body.contains("password") || !body["password"].is_string()) {
        return way->answer(error_answer(400, "unusable", "the body must be {\"name\": ..., \"password\": ...}"));
    }
    const auto name = body["name"].get<std::string>();
    if (name.size() > 100) return way->answer(error_answer(400, "unusable", "name is too long"));
    const Monotonic now = parts_.clock.monotonic();
    if (const auto wait = limits_.wait_of(name, request.address, now)) {
        parts_.measured.signed_in(SignIn::kDelayed);
        runtime::log_warning("#SIGN_IN_DELAYED", {{"operator", operators_.find(name) == nullptr ? "(none of ours)" : name}, {"address", request.address}, {"seconds", wait->count()}});
        return way->answer(error_answer(429, "too_many", "too many sign-ins have failed; wait", static_cast<long>(wait->count())));
    }
    // Counted at once, taken back when it was right: many at the same time are many tries.
    limits_.failed(name, request.address, now);
    const runtime::Operator* person = operators_.find(name);
    const std::string hash = person == nullptr ? nobodys_hash_ : person->password_hash;
    const bool known = person != nullptr;
    const auto post = parts_.post;
    const std::weak_ptr<bool> alive = alive_;
    const bool taken = passwords_.take([this, post, alive, known, hash, name, address = request.address, password = body["password"].get<std::string>(), way] {
        const bool right = runtime::is_password(hash, password) && known;
        post([this, alive, right, name, address, way] {
            if (alive.lock()) signed_in(right, name, address, way);
        });
    });
    if (!taken) way->answer(error_answer(503, "unavailable", "too many sign in at the moment", 2));
}

void Gateway::signed_in(bool right, const std::string& name, const std::string& address, const Way& way) {
    const runtime::Operator* person = operators_.find(name);
    if (!right || person == nullptr) {
        parts_.measured.signed_in(SignIn::kFailed);
        runtime::log_warning("#SIGN_IN_FAILED", {{"operator", person == nullptr ? "(none of ours)" : name}, {"address", address}});
        return way->answer(error_answer(401, "wrong_credentials", "name and password are not right"));
    }
    limits_.succeeded(name, address);
    const std::string cookie = sessions_.begin(name, parts_.clock.monotonic());
    if (cookie.empty()) return way->answer(error_answer(503, "unavailable", "as many are signed in as may be", 60));
    parts_.measured.signed_in(SignIn::kGood);
    runtime::log_info("#SIGNED_IN", {{"operator", name}, {"address", address}});
    HttpAnswer answer = session_answer(*sessions_.find(cookie, parts_.clock.monotonic(), true));
    answer.headers.emplace_back("Set-Cookie", std::string(kCookie) + "=" + cookie + "; HttpOnly; SameSite=Strict; Path=/" + (settings_.secure ? "; Secure" : ""));
    way->answer(std::move(answer));
}

// ---- commands ----

void Gateway::answer_command(HttpRequest& request, const std::string& name, const Person& person, const Way& way) {
    if (!same_token(request.csrf, person.csrf)) return way->answer(error_answer(403, "no_csrf", "the X-CSRF-Token header is missing or not this session's"));
    if (!request.content_type.starts_with("application/json")) return way->answer(error_answer(400, "unusable", "Content-Type must be application/json"));
    const auto role = role_for(name);
    if (!role) return way->answer(error_answer(404, "not_found", "there is no such command"));
    if (!person.has(*role)) {
        parts_.measured.command_ended(name, base::to_text(NoReceipt::kNotPermitted));
        runtime::log_warning("#COMMAND_NOT_PERMITTED", {{"operator", person.name}, {"command", name}});
        return way->answer(error_answer(403, "role", "this needs the role " + base::to_text(*role)));
    }
    auto command = read_command(name, request.body, parts_.follower.now());
    if (!command) {
        parts_.measured.command_ended(name, base::to_text(NoReceipt::kUnusable));
        return way->answer(error_answer(400, "unusable", command.error().message));
    }
    const auto ended = [&measured = parts_.measured, &clock = parts_.clock, name, came = parts_.clock.monotonic()](const base::Result<domain::Receipt>& receipt) {
        if (receipt) measured.command_answered(name, base::to_text(receipt->kind), clock.monotonic() - came);
        else measured.command_ended(name, base::to_text(receipt.error().kind == base::ErrorKind::kConflict ? NoReceipt::kIdReused : NoReceipt::kUnanswered));
    };
    parts_.doors.send(person.name, *command, name + "\n" + request.body, [way, name, ended, person = person.name](const base::Result<domain::Receipt>& receipt) {
        ended(receipt);
        if (!receipt) {
            runtime::log_warning("#COMMAND_UNANSWERED", {{"operator", person}, {"command", name}, {"reason", receipt.error().message}});
            if (receipt.error().kind == base::ErrorKind::kConflict) return way->answer(error_answer(409, "id_reused", receipt.error().message));
            return way->answer(error_answer(503, "unavailable", "the desk has not answered in time: send it again with the same id", 1));
        }
        using domain::ReceiptKind;
        runtime::log_info("#COMMAND", {{"operator", person}, {"command", name}, {"kind", base::to_text(receipt->kind)}, {"log", receipt->log}, {"sequence", receipt->sequence}});
        runtime::Json document = runtime::to_json(*receipt);
        document.erase("identity");
        way->answer(json_answer(runtime::json_line({{"receipt", document}, {"done", receipt->kind == ReceiptKind::kAccepted || receipt->kind == ReceiptKind::kDuplicate}})));
    });
}

// ---- streams ----

void Gateway::open_stream(const domain::OfferingId& offering, const Person& person, const Way& way) {
    SignedIn* session = sessions_.find(person.cookie, parts_.clock.monotonic(), false);
    if (streams_.size() >= kMostStreams || session->streams >= kMostStreamsOfOne) return way->answer(error_answer(429, "too_many", "as many boards are open as may be", 5));
    const std::uint64_t number = ++last_stream_;
    const auto post = parts_.post;
    const std::weak_ptr<bool> alive = alive_;
    const bool asked = parts_.follower.ask([this, post, alive, number, offering, way, cookie = person.cookie](Follower& follower) {
        if (follower.board(offering) == nullptr) return way->answer(error_answer(404, "not_found", "there is no offering '" + base::shortened(offering, 60) + "'"));
        auto sections = follower.open(offering);
        post([this, alive, number, offering, way, cookie, sections = std::move(sections)] {
            if (!alive.lock()) return;
            auto stream = way->stream([this, alive, number] {
                if (alive.lock()) close_stream(number);
            });
            streams_[number] = {cookie, offering, stream};
            if (SignedIn* owner = sessions_.find(cookie, parts_.clock.monotonic(), false)) ++owner->streams;
            if (stream == nullptr) return close_stream(number);
            for (const SentSection& section : sections) stream->offer(base::to_text(section.section), section.event);
        });
    });
    if (!asked) way->answer(error_answer(503, "unavailable", "too many questions wait", 1));
}

void Gateway::close_stream(std::uint64_t number) {
    const auto found = streams_.find(number);
    if (found == streams_.end()) return;
    if (SignedIn* owner = sessions_.find(found->second.cookie, parts_.clock.monotonic(), false); owner != nullptr && owner->streams > 0) --owner->streams;
    const domain::OfferingId offering = found->second.offering;
    streams_.erase(found);
    // Not taken: the follower goes on for nobody, which costs little.
    (void)parts_.follower.ask([offering](Follower& follower) { follower.close(offering); });
}

void Gateway::publish(const domain::OfferingId& offering, const std::vector<SentSection>& sections) {
    for (auto& [number, listening] : streams_) {
        if (listening.offering != offering) continue;
        for (const SentSection& section : sections) listening.stream->offer(base::to_text(section.section), section.event);
    }
}

}  // namespace rightsdesk::console
