#include "terms/register_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/csv_reader.h"
#include "base/texts.h"

namespace rightsdesk::terms {

namespace {

enum RegisterColumn : std::size_t { kHolder, kName, kAddress, kCountry, kRights, kCertificates, kShares, kRegisterColumns };

constexpr std::array<const char*, kRegisterColumns> kColumnNames = {"holder", "name", "address", "country", "rights", "certificates", "shares"};
constexpr const char* kRegisterHeader = "must have the header holder,name,address,country,rights,certificates and, where it differs from rights, shares";
constexpr std::int64_t kMostOfHolder = 1'000'000'000'000;
constexpr std::size_t kMostTextOfHolder = 4'096;
constexpr std::uint64_t kLinesPerProgress = 100'000;
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

using Columns = std::array<std::size_t, kRegisterColumns>;  // where in a record each is

base::Result<Columns> register_columns(const std::vector<std::string>& header) {
    Columns columns;
    columns.fill(kNoColumn);
    for (std::size_t at = 0; at < header.size(); ++at) {
        const auto* const known = std::find(kColumnNames.begin(), kColumnNames.end(), header[at]);
        if (known == kColumnNames.end()) return base::invalid("\"" + header[at] + "\" is no column of it; " + kRegisterHeader);
        std::size_t& column = columns[static_cast<std::size_t>(known - kColumnNames.begin())];
        if (column != kNoColumn) return base::invalid("the column " + header[at] + " is there twice");
        column = at;
    }
    for (std::size_t column = 0; column < kShares; ++column) {
        if (columns[column] == kNoColumn) return base::invalid(std::string("the column ") + kColumnNames[column] + " is missing; " + kRegisterHeader);
    }
    return columns;
}

std::optional<std::int64_t> whole_from(const std::string& text, std::int64_t least) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > kMostOfHolder) return std::nullopt;
    return number;
}

std::vector<std::string_view> certificates_in(std::string_view text) {
    std::vector<std::string_view> numbers;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (text.substr(0, end).find_first_not_of(' ') != std::string_view::npos) numbers.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return numbers;
}

}  // namespace

struct RegisterReader::State {
    std::string name;
    std::function<void(std::uint64_t)> progress;
    std::unique_ptr<domain::RegisterIndex> index = std::make_unique<domain::RegisterIndex>();
    Columns columns = {};
    std::size_t fields = 0;       // of a record, as the header says; 0 before it
    std::size_t lines_before = 0;  // of the file, in the parts read so far
    std::uint64_t read = 0;       // lines of holders, mistaken ones included
    std::vector<std::string> mistakes;

    void mistake(std::size_t line, const std::string& what) { mistakes.push_back(name + ":" + std::to_string(lines_before + line) + ": " + what); }
    [[nodiscard]] tl::unexpected<base::Error> told() const { return base::invalid(base::joined(mistakes, "\n")); }

    // What is wrong with the record; empty when nothing is, and then it is in the index.
    std::string take(const std::vector<std::string>& record, std::size_t line) {
        if (record.size() != fields) return std::to_string(record.size()) + " fields; must be " + std::to_string(fields) + ", as in the header";
        const auto field = [&](RegisterColumn column) -> const std::string& { return record[columns[column]]; };
        for (const std::string& text : record) {
            if (text.size() > kMostTextOfHolder && &text != &field(kCertificates)) return "a field has more than " + std::to_string(kMostTextOfHolder) + " octets";
        }
        if (field(kHolder).empty()) return "holder: must not be empty";
        if (field(kName).empty()) return "name: must not be empty";
        const auto rights = whole_from(field(kRights), 1);
        if (!rights) return "rights: was \"" + field(kRights) + "\"; must be a whole number from 1 to " + std::to_string(kMostOfHolder);
        const auto shares = columns[kShares] == kNoColumn ? rights : whole_from(field(kShares), 0);
        if (!shares) return "shares: was \"" + field(kShares) + "\"; must be a whole number from 0 to " + std::to_string(kMostOfHolder);
        auto certificates = certificates_in(field(kCertificates));
        if (certificates.size() > domain::kMaxCertificatesOfHolder) return "certificates: more than " + std::to_string(domain::kMaxCertificatesOfHolder);
        index->add({static_cast<std::uint32_t>(lines_before + line), field(kHolder), field(kName), field(kAddress), field(kCountry),
                    domain::Rights(*rights), domain::Shares(*shares), std::move(certificates)});
        return "";
    }
};

RegisterReader::RegisterReader(std::string name, std::function<void(std::uint64_t)> progress) : state_(std::make_unique<State>()) {
    state_->name = std::move(name);
    state_->progress = std::move(progress);
}

RegisterReader::~RegisterReader() = default;

base::Result<> RegisterReader::read(std::istream& part) {
    State& state = *state_;
    base::CsvReader reader(part);
    std::vector<std::string> record;
    for (;;) {
        const auto got = reader.next(record);
        if (!got) {
            state.mistake(reader.line(), got.error().message);
            return state.told();
        }
        if (!*got) break;
        if (state.fields == 0) {
            const auto columns = register_columns(record);
            if (!columns) {
                state.mistake(reader.line(), columns.error().message);
                return state.told();
            }
            state.columns = *columns;
            state.fields = record.size();
            continue;
        }
        if (state.read == domain::kMaxHoldersOfRecord) return base::invalid(state.name + ": more than " + std::to_string(domain::kMaxHoldersOfRecord) + " holders");
        if (const std::string wrong = state.take(record, reader.line()); !wrong.empty()) state.mistake(reader.line(), wrong);
        if (state.mistakes.size() > kMaxRegisterMistakes) return state.told();
        ++state.read;
        if (state.progress && state.read % kLinesPerProgress == 0) state.progress(state.read);
    }
    state.lines_before += reader.lines_read();
    return {};
}

base::Result<std::unique_ptr<domain::RegisterIndex>> RegisterReader::finish() {
    State& state = *state_;
    if (state.fields == 0) return base::invalid(state.name + ": is empty; " + kRegisterHeader);
    if (!state.mistakes.empty()) return state.told();
    if (state.read == 0) return base::invalid(state.name + ": there is no holder in it");
    if (const auto sealed = state.index->seal(); !sealed) return base::invalid(state.name + ": " + sealed.error().message);
    return std::move(state.index);
}

std::vector<std::string_view> register_parts(std::string_view text, std::size_t most) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    std::size_t last_end = 0;  // of the last whole record
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        // A doubled quote inside a quoted field turns it off and on again.
        if (text[at] == '"') quoted = !quoted;
        if (text[at] != '\n' || quoted) continue;
        if (at + 1 - begin > most && last_end > begin) {
            parts.push_back(text.substr(begin, last_end - begin));
            begin = last_end;
        }
        last_end = at + 1;
    }
    if (text.size() - begin > most && last_end > begin && last_end < text.size()) {
        parts.push_back(text.substr(begin, last_end - begin));
        begin = last_end;
    }
    if (begin < text.size()) parts.push_back(text.substr(begin));
    return parts;
}

}  // namespace rightsdesk::terms
