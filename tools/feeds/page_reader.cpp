#include "feeds/page_reader.h"

#include <algorithm>
#include <filesystem>

#include "rightsdesk/from_json.h"
#include "runtime/json.h"

namespace rightsdesk::feeds {

namespace {

namespace fs = std::filesystem;

constexpr const char* kNeverBlank[] = {"rights_held", "basic_shares", "dated", "guarantor_name", "names"};

fs::path our_folder() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

bool is_certain(const reading::PageReading& read) { return read.verdict == reading::Verdict::kRead; }

std::string reason_of(const reading::PageReading& read) {
    switch (read.verdict) {
        case reading::Verdict::kRead:
        case reading::Verdict::kNeedsKeying: break;
        case reading::Verdict::kNotOurs: return "it looks like another kind of notice" + (read.reason.empty() ? "" : ": " + read.reason);
        case reading::Verdict::kNotANotice: return "it looks like no notice of guaranteed delivery" + (read.reason.empty() ? "" : ": " + read.reason);
    }
    return read.reason;
}

bool is_to_be_keyed(const reading::PageReading& read, const std::string& field) {
    if (std::find(std::begin(kNeverBlank), std::end(kNeverBlank), field) != std::end(kNeverBlank)) return true;
    return std::any_of(read.readings.begin(), read.readings.end(), [&](const domain::ReadField& each) {
        return each.field == field && (!each.text.empty() || !each.candidates.empty());
    });
}

}  // namespace

std::string page_read_text(const reading::PageReading& read) { return runtime::json_text(runtime::to_json(read)) + "\n"; }

base::Result<reading::PageReading> page_read_from(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return base::invalid("the page reader's answer is no JSON object");
    tools::JsonReader reader;
    reader.money_in_cents = true;
    reading::PageReading read;
    reader.read("", json, read);
    if (!reader.mistakes().empty()) return base::invalid("the page reader's answer: " + reader.mistakes());
    return read;
}

domain::NoticeReading reading_for_notice(const reading::PageReading& read) {
    domain::NoticeReading reading;
    reading.certain = is_certain(read);
    reading.reason = reason_of(read);
    reading.layout = read.layout;
    reading.fields = read.readings;
    if (read.verdict != reading::Verdict::kNeedsKeying) return reading;
    std::copy_if(read.missing.begin(), read.missing.end(), std::back_inserter(reading.missing), [&](const std::string& field) { return is_to_be_keyed(read, field); });
    return reading;
}

ConfinedPageReader::ConfinedPageReader(std::string program, std::string templates, confining::Confinement confinement) : confinement_(std::move(confinement)) {
    argv_ = {std::move(program)};
    if (templates.empty()) return;
    confinement_.readable.push_back(templates);
    argv_.insert(argv_.end(), {"--templates", std::move(templates)});
}

base::Result<reading::PageReading> ConfinedPageReader::read(std::string_view document) {
    const auto answer = confining::run_confined(confinement_, argv_, document);
    if (!answer) return tl::unexpected(answer.error());
    return page_read_from(*answer);
}

base::Result<reading::PageReading> ConfinedPageReader::read_text(std::string_view text) {
    std::vector<std::string> argv = argv_;
    argv.emplace_back("--text");
    const auto answer = confining::run_confined(confinement_, argv, text);
    if (!answer) return tl::unexpected(answer.error());
    return page_read_from(*answer);
}

std::string read_page_beside_us() { return (our_folder() / "rightsdesk-read-page").string(); }

std::string templates_beside_us() {
    std::error_code error;
    const fs::path ours = our_folder();
    if (const fs::path installed = ours.parent_path() / "share/rightsdesk/templates"; fs::is_directory(installed, error)) return installed.string();
    for (fs::path above = ours; above.has_relative_path(); above = above.parent_path()) {
        if (const fs::path checkout = above / "deploy/templates"; fs::is_directory(checkout, error)) return checkout.string();
    }
    return "";
}

}  // namespace rightsdesk::feeds
