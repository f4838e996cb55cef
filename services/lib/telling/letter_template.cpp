#include "telling/letter_template.h"

#include <algorithm>
#include <sstream>

namespace rightsdesk::telling {

namespace {

constexpr std::size_t kColumns = 78;

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

// The first word in braces that no letter has; "{" where one is not closed; empty where all is well.
std::string unknown_word(const std::string& text) {
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos) return "{";
        const std::string word = text.substr(at + 1, end - at - 1);
        if (!std::binary_search(letter_facts().begin(), letter_facts().end(), word)) return word;
    }
    return "";
}

std::string filled(const std::string& text, const std::map<std::string, std::string>& facts) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            result += text[at];
            continue;
        }
        const auto fact = facts.find(text.substr(at + 1, end - at - 1));
        if (fact != facts.end()) result += fact->second;
        at = end;
    }
    return result;
}

// Lines of a paragraph become one; what is indented, and what is empty, stays.
std::vector<std::string> paragraphs(const std::vector<std::string>& lines) {
    std::vector<std::string> joined;
    bool open = false;
    for (const std::string& line : lines) {
        const bool runs_on = !line.empty() && line.front() != ' ';
        if (runs_on && open) joined.back() += " " + line;
        else joined.push_back(line);
        open = runs_on;
    }
    return joined;
}

std::size_t letters_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U; }));
}

void add_lines(std::vector<std::string>& to, const std::string& text) {
    for (std::string& line : lines_in(text)) {
        if (!line.empty()) to.push_back(std::move(line));
    }
}

// As many octets of a word as fit, at least one letter.
std::size_t fitting(const std::string& indent, const std::string& word, const std::function<bool(const std::string&)>& fits) {
    std::size_t best = 0;
    for (std::size_t at = 1; at <= word.size(); ++at) {
        if (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U) continue;
        if (best != 0 && !fits(indent + word.substr(0, at))) break;
        best = at;
    }
    return best;
}

}  // namespace

base::Result<LetterTemplate> parse_letter_template(const std::string& text, const std::string& name) {
    if (text.size() > kMaxTemplateOctets) return base::invalid(name + ": is larger than a letter's template can be");
    const auto lines = lines_in(text);
    LetterTemplate read;
    std::size_t at = 0;
    for (; at < lines.size() && !lines[at].empty(); ++at) {
        const std::string& line = lines[at];
        if (line.starts_with("subject: ")) {
            read.subject = line.substr(9);
        } else if (line.starts_with("to: ")) {
            const auto to = base::enum_from_text<Addressee>(line.substr(4));
            if (!to) return base::invalid(name + ":" + std::to_string(at + 1) + ": 'to:' is holder or guarantor");
            read.to = *to;
        } else {
            return base::invalid(name + ":" + std::to_string(at + 1) + ": before the first empty line stand 'subject: ...' and 'to: ...' alone");
        }
    }
    if (read.subject.empty()) return base::invalid(name + ": has no line 'subject: ...'");
    for (; at < lines.size(); ++at) read.body += lines[at] + "\n";
    const std::string unknown = unknown_word(read.subject + "\n" + read.body);
    if (unknown == "{") return base::invalid(name + ": a brace is not closed");
    if (!unknown.empty()) {
        std::string known;
        for (const std::string& fact : letter_facts()) known += (known.empty() ? "" : ", ") + fact;
        return base::invalid(name + ": no letter has a {" + unknown + "}; there are " + known);
    }
    return read;
}

WrittenLetter write_letter(const Letter& letter, const LetterTemplate& filled_in) {
    const auto fact = [&](const char* name) {
        const auto found = letter.facts.find(name);
        return found == letter.facts.end() ? std::string() : found->second;
    };
    WrittenLetter written;
    written.from = fact("agent");
    written.date = fact("date");
    written.subject = filled(filled_in.subject, letter.facts);
    const bool to_holder = filled_in.to == Addressee::kHolder || fact("guarantor").empty();  // a direct exercise has no guarantor
    add_lines(written.address, to_holder ? fact("holders") : fact("guarantor"));
    add_lines(written.address, to_holder ? fact("address") : fact("guarantor_address"));
    // Paragraphs first: what a fact says in lines of its own stays in lines.
    for (const std::string& paragraph : paragraphs(lines_in(filled_in.body))) {
        for (const std::string& line : lines_in(filled(paragraph, letter.facts) + "\n")) written.lines.push_back(line);
    }
    while (!written.lines.empty() && written.lines.front().empty()) written.lines.erase(written.lines.begin());
    while (!written.lines.empty() && written.lines.back().empty()) written.lines.pop_back();
    return written;
}

std::vector<std::string> broken(const std::string& line, const std::function<bool(const std::string&)>& fits) {
    if (fits(line)) return {line};  // its columns stay columns
    const std::string indent = line.substr(0, std::min(line.find_first_not_of(' '), line.size()));
    std::vector<std::string> pieces;
    std::string piece = indent;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
        if (piece.size() > indent.size() && !fits(piece + " " + word)) pieces.push_back(std::exchange(piece, indent));
        while (piece.size() == indent.size() && !fits(indent + word)) {
            const std::size_t cut = fitting(indent, word, fits);
            if (cut == word.size()) break;
            pieces.push_back(indent + word.substr(0, cut));
            word.erase(0, cut);
        }
        piece += (piece.size() > indent.size() ? " " : "") + word;
    }
    pieces.push_back(piece);
    return pieces;
}

std::string text_of(const WrittenLetter& letter) {
    std::string text = letter.from + "\n\n" + letter.date + "\n\n";
    for (const std::string& line : letter.address) text += line + "\n";
    text += "\n" + letter.subject + "\n\n";
    for (const std::string& line : letter.lines) {
        for (const std::string& piece : broken(line, [](const std::string& given) { return letters_in(given) <= kColumns; })) text += piece + "\n";
    }
    return text;
}

}  // namespace rightsdesk::telling
