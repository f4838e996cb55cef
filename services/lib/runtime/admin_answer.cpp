// What the admin port answers: request in, answer out.
#include "runtime/admin_port.h"
#include "runtime/json.h"

namespace rightsdesk::runtime {

namespace {

struct Page {
    const char* status = "200 OK";
    const char* type = "application/json";
    std::string body;
};

constexpr const char* k503 = "503 Service Unavailable";

bool stands_still(const AdminView& view) { return view.turning && view.since_turn > kStandsStill; }

std::vector<NotReady> not_ready(const AdminView& view) {
    std::vector<NotReady> why = view.snapshot->not_ready;
    if (stands_still(view)) why.push_back({"standing_still", "the loop has not turned for " + std::to_string(std::chrono::floor<std::chrono::seconds>(view.since_turn).count()) + " s"});
    return why;
}

Page metrics_page(const AdminView& view) {
    Figures all = view.snapshot->figures;
    all.samples.insert(all.samples.end(), view.process.samples.begin(), view.process.samples.end());
    all.add(MetricKind::kReady, not_ready(view).empty() ? 1 : 0);
    all.add(MetricKind::kSinceTurnSeconds, std::chrono::duration<double>(view.since_turn).count());
    return {"200 OK", "text/plain; version=0.0.4; charset=utf-8", exposition_text(view.service, all)};
}

Page health_page(const AdminView& view) {
    const bool alive = !stands_still(view);
    const Json said{{"service", view.service}, {"instance", view.instance}, {"alive", alive}, {"starting", !view.turning}, {"since_turn_seconds", std::chrono::duration<double>(view.since_turn).count()}};
    return {alive ? "200 OK" : k503, "application/json", json_line(said) + "\n"};
}

Page ready_page(const AdminView& view) {
    const auto why = not_ready(view);
    Json reasons = Json::array();
    for (const NotReady& one : why) reasons.push_back({{"kind", one.kind}, {"what", one.what}});
    return {why.empty() ? "200 OK" : k503, "application/json", json_line({{"service", view.service}, {"instance", view.instance}, {"ready", why.empty()}, {"reasons", reasons}}) + "\n"};
}

Page page_for(std::string path, const AdminView& view) {
    path = path.substr(0, path.find('?'));
    if (path == "/metrics") return metrics_page(view);
    if (path == "/healthz") return health_page(view);
    if (path == "/readyz") return ready_page(view);
    return {"404 Not Found", "text/plain", "there are /metrics, /healthz and /readyz\n"};
}

}  // namespace

std::string admin_answer(const std::string& request, const AdminView& view) {
    const std::string line = request.substr(0, request.find("\r\n"));
    const auto first = line.find(' ');
    const auto second = line.find(' ', first == std::string::npos ? first : first + 1);
    const std::string method = line.substr(0, first);
    Page page;
    if (second == std::string::npos || !line.substr(second + 1).starts_with("HTTP/1.")) page = {"400 Bad Request", "text/plain", "this is no HTTP/1.1 request\n"};
    else if (method != "GET" && method != "HEAD") page = {"405 Method Not Allowed\r\nAllow: GET, HEAD", "text/plain", "GET only\n"};
    else page = page_for(line.substr(first + 1, second - first - 1), view);
    return std::string("HTTP/1.1 ") + page.status + "\r\nContent-Type: " + page.type + "\r\nContent-Length: " + std::to_string(page.body.size()) +
           "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + (method == "HEAD" ? "" : page.body);
}

}  // namespace rightsdesk::runtime
