// The gateway: what each address answers, who may ask, and the boards that listen. Decisions are the doors'; this only lets in, passes on and shows.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "console/asked_pages.h"
#include "console/doors.h"
#include "console/drawn_pages.h"
#include "console/follower.h"
#include "console/http.h"
#include "console/measured.h"
#include "console/page_files.h"
#include "console/sessions.h"
#include "console/sign_in_limits.h"
#include "console/worker.h"
#include "documents/documents.h"
#include "runtime/key_ring.h"
#include "runtime/operators.h"

namespace rightsdesk::console {

inline constexpr std::size_t kMostStreams = 400;
inline constexpr std::size_t kMostStreamsOfOne = 16;    // of one session
inline constexpr std::size_t kMostPasswordsWaiting = 16;
inline constexpr std::size_t kMostReadsWaiting = 64;
inline constexpr std::size_t kMostDrawingsWaiting = 32;

struct GatewaySettings {
    std::string operators_file;
    std::set<std::string> hosts;          // that the Host header may name, with the port where it is not the scheme's own
    bool secure = false;                  // TLS is in front: cookies travel by it alone
    domain::ClockMode clock = domain::ClockMode::kReal;
    std::string offering_keys;            // folder
    std::string read_page = {};           // the program that draws a PDF's pages
};

// What the gateway works with; all of it outlives it.
struct GatewayParts {
    Follower& follower;
    Doors& doors;
    documents::Documents& documents;
    const PageFiles& pages;
    const runtime::Clock& clock;
    Measured& measured;
    // A store of its own for each of the two that read: what is looked up, and whole logs.
    std::function<std::unique_ptr<store::Store>()> make_store;
    // Done soon, in the server's thread.
    std::function<void(std::function<void()>)> post;
};

// Belongs to the server's thread but for what its workers do.
class Gateway {
public:
    // kInvalid, kNotFound: the operators' file.
    static base::Result<std::unique_ptr<Gateway>> make(GatewaySettings settings, GatewayParts parts);

    void handle(HttpRequest request, const std::shared_ptr<Exchange>& exchange);
    // To the boards of an offering; in the server's thread.
    void publish(const domain::OfferingId& offering, const std::vector<SentSection>& sections);
    // Operators read again where their file has changed; streams of ended sessions ended.
    void every_second();
    // In the server's thread.
    void tell(runtime::Figures& figures) const;

private:
    using Way = std::shared_ptr<Exchange>;
    struct Person {
        std::string name;
        std::vector<runtime::OperatorRole> roles;
        std::string cookie;
        std::string csrf;
        [[nodiscard]] bool has(runtime::OperatorRole role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }
    };
    struct Listening {
        std::string cookie;
        domain::OfferingId offering;
        std::shared_ptr<EventStream> stream;
    };
    // Its own store, for a worker alone.
    struct Reading {
        std::unique_ptr<store::Store> store;
        runtime::KeyRing keys;
    };

    Gateway(GatewaySettings settings, GatewayParts parts, runtime::Operators operators);
    [[nodiscard]] std::optional<Person> person_of(const HttpRequest& request, bool use);
    [[nodiscard]] bool is_forged(const HttpRequest& request) const;
    void answer_api(HttpRequest request, const Way& way);
    void answer_session(HttpRequest& request, const Way& way);
    void sign_in(HttpRequest& request, const Way& way);
    void signed_in(bool right, const std::string& name, const std::string& address, const Way& way);
    [[nodiscard]] HttpAnswer session_answer(const SignedIn& session);
    void answer_offering(HttpRequest& request, const std::vector<std::string>& parts, const Person& person, const Way& way);
    void answer_command(HttpRequest& request, const std::string& name, const Person& person, const Way& way);
    void answer_document(const std::vector<std::string>& parts, const Way& way);
    void answer_pages(const std::string& digest, const std::optional<std::string>& number, const Way& way);
    void answer_report(const HttpRequest& request, const domain::OfferingId& offering, const std::string& kind, const Way& way);
    void answer_derivation(const HttpRequest& request, const domain::OfferingId& offering, const domain::NoticeId& notice, const Way& way);
    void open_stream(const domain::OfferingId& offering, const Person& person, const Way& way);
    void close_stream(std::uint64_t number);

    // Answers with what `look` finds on the board of an offering, in the follower's thread.
    void look(const domain::OfferingId& offering, const Way& way, std::function<HttpAnswer(const Follower&, const Board&)> look);
    // The same with the records of a history, read afterwards.
    void look_with_records(const domain::OfferingId& offering, const Way& way, std::function<base::Result<PageWithRecords>(const Follower&, const Board&)> look,
                           std::function<void(Json&, const std::vector<FoldedRecord>&, const std::string& zone)> add);

    GatewaySettings settings_;
    GatewayParts parts_;
    runtime::Operators operators_;
    DrawnPages drawn_pages_;
    std::filesystem::file_time_type operators_changed_{};
    std::string nobodys_hash_;                // what is tried where there is no such person
    Sessions sessions_;
    SignInLimits limits_;
    std::map<std::uint64_t, Listening> streams_;
    std::uint64_t last_stream_ = 0;
    std::shared_ptr<Reading> records_, logs_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for what comes back to the server's thread
    Worker passwords_{kMostPasswordsWaiting}, reads_{kMostReadsWaiting}, whole_logs_{kMostPasswordsWaiting}, drawings_{kMostDrawingsWaiting};
};

// GET /api/alert-kinds.
HttpAnswer alert_kinds_answer();

}  // namespace rightsdesk::console
