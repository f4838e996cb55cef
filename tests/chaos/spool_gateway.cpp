#include "chaos/spool_gateway.h"

#include <algorithm>
#include <stdexcept>

#include "base/hash.h"
#include "client/journal.h"
#include "runtime/json.h"
#include "support/files.h"

namespace rightsdesk::chaos {

namespace {

namespace files = std::filesystem;
using nlohmann::json;

constexpr std::chrono::milliseconds kBetweenLooks{50};

// As people write it: dollars, and nothing about what is not there.
std::string dollars(std::int64_t cents) {
    const std::string rest = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

json as_people_write(const json& value) {
    if (!value.is_object()) return value;
    json written = json::object();
    for (const auto& [name, member] : value.items()) {
        if (member.is_null()) continue;
        const bool money = name == "amount" || name == "aggregate_cents";
        written[name] = money ? json(dollars(member.get<std::int64_t>())) : as_people_write(member);
    }
    return written;
}

template <class C>
json sidecar(const char* kind, const C& command) {
    json written = as_people_write(json::parse(runtime::to_json(command).dump()));
    written["kind"] = kind;
    return written;
}

}  // namespace

SpoolGateway::SpoolGateway(DeskUnderFire& desk, std::string name, const files::path& journals)
    : desk_(desk), name_(std::move(name)), spool_(desk.folder() / ("spool-" + name_)), journal_(journals / (name_ + ".jsonl")) {
    files::create_directories(spool_ / "in");
    run({});
}

void SpoolGateway::run(const std::vector<std::string>& more) {
    std::vector<std::string> words{"gateway", "run", "--json", "--spool", spool_.string(), "--as", name_};
    words.insert(words.end(), more.begin(), more.end());
    desk_.run_beside(name_, words);
}

void SpoolGateway::journal(const json& line) {
    journal_ << line.dump() << "\n" << std::flush;
    if (!journal_) throw std::runtime_error("the journal of " + name_ + " cannot be written");
}

void SpoolGateway::give(const Message& message) {
    filed_ = false;
    const auto* watermark = std::get_if<domain::AdvanceWatermark>(&message.command);
    if (watermark == nullptr) return put(message);
    // The plan's watermarks are the present: nothing stamped earlier comes any more.
    journal({{"asked_through", watermark->through.value}, {"source", name_}, {"facts", message.facts}});
    through_ = watermark->through;
    run({"--watermark-every", "1", "--watermark-behind", "0"});
}

// The sidecar last, and each under another name first.
void SpoolGateway::put(const Message& message) {
    Message said = message;
    json beside;
    std::string document;
    if (const auto* notice = std::get_if<domain::SubmitNotice>(&said.command)) {
        beside = sidecar("notice", *notice);
        beside.erase("document");
        document = std::string(notice->document.view());
    } else if (auto* certificates = std::get_if<domain::DeliverCertificates>(&said.command)) {
        if (const auto real = real_names_.find(certificates->notice); real != real_names_.end()) certificates->notice = real->second;
        said.facts["notice"] = certificates->notice;
        beside = sidecar("certificates", *certificates);
    } else {
        beside = sidecar("instrument", std::get<domain::ReceiveInstrument>(said.command));
    }
    const std::string name = beside.at("kind").get<std::string>() + "-" + std::to_string(message.sequence);
    journal({{"given", name}, {"source", name_}, {"sha256", document.empty() ? "" : base::sha256_hex(document)}, {"facts", said.facts}});
    waiting_[name] = message.sequence;
    const files::path in = spool_ / "in";
    for (const auto& [to, text] : {std::pair(name, document), std::pair(name + ".json", beside.dump())}) {
        if (text.empty()) continue;
        support::write_file(in / (to + ".part"), text);
        files::rename(in / (to + ".part"), in / to);
    }
}

int SpoolGateway::turn() {
    int taken = 0;
    for (auto waiting = waiting_.begin(); waiting != waiting_.end();) {
        const bool there = take(waiting->first, waiting->second);
        taken += there ? 1 : 0;
        waiting = there ? waiting_.erase(waiting) : std::next(waiting);
    }
    if (killed_at_work_ && std::any_of(waiting_.begin(), waiting_.end(), [this](const auto& one) { return !files::exists(spool_ / "in" / (one.first + ".json")); })) {
        killed_at_work_ = false;
        desk_.kill(name_, std::chrono::milliseconds(0), false);
    }
    if (!waiting_.empty() || filed_ || SteadyClock::now() < look_at_) return taken;
    look();
    return taken + (filed_ ? 1 : 0);
}

bool SpoolGateway::take(const std::string& document, std::uint64_t planned) {
    const files::path path = spool_ / "receipts" / (document + ".receipt.json");
    if (!files::exists(path)) return false;
    const json receipt = json::parse(support::text_of_file(path));
    real_names_[name_ + "." + std::to_string(planned)] = receipt.at("id").get<std::string>();
    return true;
}

files::path SpoolGateway::journal_folder() const { return desk_.folder() / "outboxes" / name_ / "journal"; }

// Into its journal, where alone a watermark's receipt is. What is read while it is written may have to be looked at again.
void SpoolGateway::look() {
    look_at_ = SteadyClock::now() + kBetweenLooks;
    const auto looked = client::Journal::look(client::DirectoryFiles::look_into(journal_folder().string()));
    filed_ = looked && (*looked)->unsettled().empty() && (!through_ || (*looked)->watermark() >= through_);
    if (!filed_ || !through_) return;
    through_.reset();
    run({});
}

std::string SpoolGateway::waits_for() const {
    std::string text = through_ ? " " + name_ + " to tell its watermark" : "";
    for (const auto& [document, planned] : waiting_) text += " " + name_ + "'s " + document;
    return text;
}

void SpoolGateway::keep(const files::path& into) const {
    files::create_directories(into);
    files::copy(spool_, into / "spool", files::copy_options::recursive);
    files::copy(journal_folder(), into / "journal", files::copy_options::recursive);
}

}  // namespace rightsdesk::chaos
