#include "rightsdesk/session.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

#include "domain/civil.h"
#include "runtime/clock.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

SuiteAccess& Session::suite() {
    if (!suite_) suite_ = must(SuiteAccess::open(config_file));
    return *suite_;
}

std::string Session::actor(const std::string& fallback) {
    const std::string who = as.empty() ? fallback : as;
    if (who.empty()) throw Ending{Exit::kUnusable, "say who does it: --as OPERATOR (tools/up made keys for alice and bob)"};
    return who;
}

Exit Session::send(const std::string& source, domain::ServiceName door, const domain::Command& command) {
    return show_receipt(must(suite().send(source, door, command, std::chrono::seconds(patience))));
}

Exit Session::show_receipt(const domain::Receipt& receipt) {
    if (json) {
        out << runtime::json_text(runtime::to_json(receipt)) << "\n";
    } else {
        out << to_text(receipt.kind) << ": " << receipt.subject << " " << receipt.status << " (" << receipt.log << " record " << receipt.sequence << ")\n";
        if (!receipt.explanation.empty()) out << "  " << receipt.explanation << "\n";
    }
    switch (receipt.kind) {
        case domain::ReceiptKind::kAccepted:
        case domain::ReceiptKind::kDuplicate: return Exit::kGood;
        case domain::ReceiptKind::kDefective:
        case domain::ReceiptKind::kRefused:
        case domain::ReceiptKind::kConflict:
        case domain::ReceiptKind::kQuarantined: return Exit::kRefused;
        case domain::ReceiptKind::kRetryLater: return Exit::kUnavailable;
    }
    return Exit::kRefused;
}

std::string Session::offering_or_only(const std::string& named) {
    if (!named.empty()) return named;
    const auto books = must(suite().read_books());
    if (books->offerings.size() == 1) return books->offerings.begin()->first;
    throw Ending{Exit::kUnusable, books->offerings.empty() ? "no offering is open" : "several offerings are open: name one (--offering)"};
}

domain::Instant Session::stamp_or_now(const std::string& stamp) {
    if (!stamp.empty()) return instant_from(stamp);
    if (suite().config().clock == domain::ClockMode::kReal) return runtime::SystemClock().now();
    const auto reply = must(suite().ask("reader", domain::ServiceName::kDeadlineMonitor, domain::AskClock{}));
    const auto* status = std::get_if<domain::ClockStatus>(&reply.body);
    if (status == nullptr) throw Ending{Exit::kUnavailable, "the deadline monitor does not tell the time; give --stamp"};
    return status->clock.time;
}

std::string read_file(const std::string& path, std::size_t limit) {
    std::ifstream file;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& input = path == "-" ? std::cin : file;
    std::string text;
    std::vector<char> block(64 * 1024);
    while (input && text.size() <= limit) {  // one octet more tells that it is too large
        input.read(block.data(), static_cast<std::streamsize>(std::min(block.size(), limit + 1 - text.size())));
        text.append(block.data(), static_cast<std::size_t>(input.gcount()));
    }
    if (input.bad() || (path != "-" && !file.is_open())) throw Ending{Exit::kUnusable, path + ": cannot be read"};
    if (text.size() > limit) throw Ending{Exit::kUnusable, path + ": larger than " + std::to_string(limit) + " octets"};
    return text;
}

Ending ending(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::kUnavailable: return {Exit::kUnavailable, error.message};
        case base::ErrorKind::kCorrupt: return {Exit::kFailed, error.message};
        case base::ErrorKind::kInvalid:
        case base::ErrorKind::kNotFound:
        case base::ErrorKind::kConflict: return {Exit::kUnusable, error.message};
    }
    return {Exit::kUnusable, error.message};
}

domain::Money money_from(const std::string& text) {
    std::string digits;
    for (const char letter : text) {
        if (letter != '$' && letter != ',') digits.push_back(letter);
    }
    const auto point = digits.find('.');
    const std::string whole = digits.substr(0, point);
    const std::string cents = point == std::string::npos ? "00" : digits.substr(point + 1);
    const bool good = !whole.empty() && whole.size() <= 15 && cents.size() == 2 && (whole + cents).find_first_not_of("0123456789") == std::string::npos;
    if (!good) throw Ending{Exit::kUnusable, "'" + text + "' is no amount: dollars, or dollars and two digits of cents, as 1234.50"};
    return domain::Money(std::stoll(whole + cents));
}

domain::Instant instant_from(const std::string& text) { return must(domain::parse_instant(text)); }
domain::Date date_from(const std::string& text) { return must(domain::parse_date(text)); }

std::vector<const domain::Book*> books_of(const runtime::Books& books, const std::string& log) {
    std::vector<const domain::Book*> chosen;
    chosen.reserve(books.offerings.size() + 1);
    if (log.empty() || log == domain::kDesk) chosen.push_back(&books.desk);
    for (const auto& [offering, book] : books.offerings) {
        if (log.empty() || log == offering) chosen.push_back(book.get());
    }
    if (chosen.empty()) throw Ending{Exit::kUnusable, "there is no offering '" + log + "'; rightsdesk offering list names them"};
    return chosen;
}

CLI::App* subcommand(CLI::App& parent, const std::string& name, const std::string& what, const std::string& example) {
    CLI::App* command = parent.add_subcommand(name, what);
    if (!example.empty()) command->footer("Example:\n  rightsdesk " + example);
    return command;
}

int run_program(CLI::App& app, int count, const char* const* values, const std::function<Exit()>& work) {
    try {
        app.parse(count, values);
        return static_cast<int>(work());
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::kUnusable);
    } catch (const Ending& ended) {
        std::cerr << ended.message << "\n";
        return static_cast<int>(ended.code);
    } catch (const std::system_error& error) {
        std::cerr << error.what() << "\n";  // a disk that refuses
        return static_cast<int>(Exit::kUnavailable);
    }
}

}  // namespace rightsdesk::tools
