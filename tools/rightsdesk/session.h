// One run of the command: its options, the suite it talks to, and how it answers.
#pragma once

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "domain/natural_order.h"
#include "rightsdesk/suite_access.h"
#include "telling/text_row.h"

namespace rightsdesk::tools {

// Exit codes of the command; in the README for scripts.
enum class Exit : int {
    kGood = 0,
    kFailed = 1,        // the desk is there and something is wrong with what was asked for (verify, report)
    kUnusable = 2,      // arguments or input cannot be used; the reason is on standard error
    kUnavailable = 3,   // the suite does not answer; trying again may help
    kRefused = 4,       // the desk refused it, found it defective or in conflict; the receipt says why
};

class Session {
public:
    std::string config_file;
    bool json = false;
    std::string as;                      // --as: who does it
    int patience = kPatience.count() / 1'000;  // --patience: seconds to wait for a receipt
    std::ostream& out = std::cout;
    std::ostream& err = std::cerr;

    // What the chosen subcommand does; run once everything is parsed.
    std::function<Exit(Session&)> run;

    // The suite; opened at the first call. Throws Ending when it cannot be.
    SuiteAccess& suite();

    // Who acts: --as, or `fallback`. Throws Ending with kUnusable when neither is there.
    std::string actor(const std::string& fallback = "");

    // Sends and prints the receipt, as text or JSON.
    Exit send(const std::string& source, domain::ServiceName door, const domain::Command& command);
    Exit show_receipt(const domain::Receipt& receipt);

    // The one offering, or the one named. Throws Ending when there are several, or none.
    std::string offering_or_only(const std::string& named);

    // `stamp` where one was given; else what the desk's clock shows.
    domain::Instant stamp_or_now(const std::string& stamp);

private:
    std::unique_ptr<SuiteAccess> suite_;
};

// Thrown to end the run: the message goes to standard error.
struct Ending {
    Exit code;
    std::string message;
};

// A program's main: parses its arguments, does the work, and gives its exit code; what ends it early goes to standard error.
int run_program(CLI::App& app, int count, const char* const* values, const std::function<Exit()>& work);
Ending ending(const base::Error& error);

// The value, or an Ending.
template <class T>
T must(base::Result<T> result) {
    if (!result) throw ending(result.error());
    return std::move(*result);
}

inline void must(base::Result<> result) {
    if (!result) throw ending(result.error());
}

// Dollars and cents, "54,800,000.00" or "$2.00", exactly; Ending when it is none.
domain::Money money_from(const std::string& text);
domain::Instant instant_from(const std::string& text);   // ISO 8601 with Z or an offset
domain::Date date_from(const std::string& text);
template <class E>
E one_of(const std::string& text, const std::string& what) {
    if (const auto value = base::enum_from_text<E>(text)) return *value;
    std::string allowed;
    for (const std::string& name : base::enum_texts<E>()) allowed += (allowed.empty() ? "" : ", ") + name;
    throw Ending{Exit::kUnusable, "'" + text + "' is no " + what + "; it must be one of: " + allowed};
}

// A return reason, by its word or by the letter of ANSI X9.100-188.
inline domain::ReturnReason return_reason(const std::string& text) {
    const auto reason = domain::return_reason_from(text);
    return reason ? *reason : one_of<domain::ReturnReason>(text, "return reason");  // which says the words
}

// The whole file, or standard input for "-"; Ending when it cannot be read or is larger than `limit`.
std::string read_file(const std::string& path, std::size_t limit);

// The desk's book and all offerings', or the one of `log`; Ending when there is none of that name.
std::vector<const domain::Book*> books_of(const runtime::Books& books, const std::string& log);

// Ids as a person expects them: fax-1.2 before fax-1.10.
template <class Ids>
std::vector<std::string> in_natural_order(const Ids& ids) {
    std::vector<std::string> sorted(ids.begin(), ids.end());
    std::sort(sorted.begin(), sorted.end(), domain::natural_less);
    return sorted;
}
template <class E>
std::vector<std::string> words_of(const std::vector<E>& values) {
    std::vector<std::string> words;
    words.reserve(values.size());
    for (const E value : values) words.push_back(base::to_text(value));
    return words;
}

// A subcommand with an example in its help.
CLI::App* subcommand(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example);

// Each adds its subcommands; their callbacks set `session.run`.
void add_offering(CLI::App& app, Session& session);
void add_life(CLI::App& offering, Session& session);            // of `offering`
void add_notice(CLI::App& app, Session& session);
void add_notice_changes(CLI::App& notice, Session& session);    // of `notice`
void add_notice_keying(CLI::App& notice, Session& session);     // of `notice`
void add_exercise(CLI::App& notice, Session& session);           // of add_notice
void add_certificates(CLI::App& app, Session& session);
void add_payment(CLI::App& app, Session& session);
void add_payment_decisions(CLI::App& payment, Session& session);  // of add_payment
void add_allocation(CLI::App& app, Session& session);
void add_desk(CLI::App& app, Session& session);
void add_gateway(CLI::App& app, Session& session);
void add_watermarks(CLI::App& gateway, Session& session);       // of `gateway`
void add_clock(CLI::App& app, Session& session);
void add_alerts(CLI::App& app, Session& session);
void add_sendings(CLI::App& app, Session& session);
void add_watch(CLI::App& app, Session& session);
void add_report(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_heads(CLI::App& app, Session& session);
void add_metrics(CLI::App& app, Session& session);
void add_offline(CLI::App& app, Session& session);  // deadlines, allocate
void add_bank(CLI::App& app, Session& session);
void add_keys(CLI::App& app, Session& session);
void add_operators(CLI::App& app, Session& session);
void add_status(CLI::App& app, Session& session);
void add_store(CLI::App& app, Session& session);
void add_sample(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_replay(CLI::App& app, Session& session);
void add_register(CLI::App& app, Session& session);
void add_rights(CLI::App& app, Session& session);
void add_replica(CLI::App& app, Session& session);
void add_promote(CLI::App& app, Session& session);
void add_audit(CLI::App& app, Session& session);
void add_top(CLI::App& app, Session& session);
void add_letters(CLI::App& app, Session& session);

}  // namespace rightsdesk::tools
