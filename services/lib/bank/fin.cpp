#include "bank/fin.h"
#include "bank/letters.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rightsdesk::bank {

namespace {

// Lines one by one, without their ends and what control characters (STX, ETX) some banks leave around a message.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    bool next(std::string_view& line) {
        if (rest_.empty()) return false;
        const std::size_t end = rest_.find('\n');
        line = rest_.substr(0, end);
        rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
        ++number_;
        while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
        while (!line.empty() && static_cast<unsigned char>(line.front()) < ' ') line.remove_prefix(1);
        return true;
    }
    [[nodiscard]] int number() const { return number_; }

private:
    static bool is_blank(char sign) { return static_cast<unsigned char>(sign) <= ' '; }
    std::string_view rest_;
    int number_ = 0;
};

// ":61:" at the front of a line: the tag, "61"; empty where it begins no field.
std::string_view tag_of(std::string_view line) {
    if (line.size() < 4 || line.front() != ':') return {};
    const std::size_t end = line.find(':', 1);
    if (end != 3 && end != 4) return {};
    const std::string_view tag = line.substr(1, end - 1);
    const bool letter = tag.size() == 2 || (tag[2] >= 'A' && tag[2] <= 'Z');
    return is_digit(tag[0]) && is_digit(tag[1]) && letter ? tag : std::string_view();
}

// Whether a field of this tag may stand behind a :86:. Its text is free, and a line of it may begin as a field does (":26:37 O'CLOCK").
bool follows_information(std::string_view tag) {
    constexpr std::array<std::string_view, 14> kTags{"20", "21", "25", "25P", "28", "28C", "34F", "13D", "61", "64", "65", "86", "90C", "90D"};
    return tag.substr(0, 2) == "60" || tag.substr(0, 2) == "62" || std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : lines_(text) {}

    base::Result<std::vector<FinMessage>> split() {
        std::string_view line;
        while (lines_.next(line)) {
            if (const auto taken = take(line); !taken) return tl::unexpected(taken.error());
        }
        if (in_block_) return base::invalid("line " + std::to_string(block_line_) + ": block 4 begins and does not end with \"-}\"");
        if (const auto ended = end_message(); !ended) return tl::unexpected(ended.error());
        return std::move(messages_);
    }

private:
    base::Result<> take(std::string_view line) {
        if (!in_block_ && line.find('{') != std::string_view::npos && tag_of(line).empty() && !present_) return take_blocks(line);
        if (in_block_ && line.substr(0, 2) == "-}") {
            in_block_ = false;
            if (const auto ended = end_message(); !ended) return ended;
            // Some bundles are cut between messages, and the "{" that would have begun the next one stays behind.
            return line == "-}{" ? base::Result<>() : take_blocks(line.substr(2));
        }
        // Some banks end a message with blocks as one without.
        if (line == "-" || (!in_block_ && (line == "$" || line == "-$"))) {
            in_block_ = false;
            return end_message();
        }
        const std::string_view tag = tag_of(line);
        const bool in_information = present_ && !present_->fields.empty() && present_->fields.back().tag == "86";
        if (tag.empty() || (in_information && !follows_information(tag))) return take_further(line);
        // Bare texts follow one another without a line between them.
        if (!in_block_ && present_ && tag == "20" && present_->field("20") != nullptr) {
            if (const auto ended = end_message(); !ended) return ended;
        }
        if (++fields_ > kMaxFinFields) return refuse("more than " + std::to_string(kMaxFinFields) + " fields in one file");
        begin_message();
        present_->fields.push_back({std::string(tag), {std::string(line.substr(tag.size() + 2))}, lines_.number()});
        return {};
    }

    // A line that begins no field: of the field before, or of what stands in front of a bare message ("ABNANL2A", "940").
    base::Result<> take_further(std::string_view line) {
        if (present_ && !present_->fields.empty()) {
            present_->fields.back().lines.emplace_back(line);
            return {};
        }
        constexpr std::size_t kLongestPreface = 40;
        if (line.empty()) return {};
        if (in_block_ || line.size() > kLongestPreface) return refuse("text that belongs to no field: '" + std::string(line.substr(0, kLongestPreface)) + "'");
        if (line.size() == 3 && std::all_of(line.begin(), line.end(), is_digit)) preface_type_ = std::string(line);
        if (++preface_ > 5) return refuse("text that belongs to no message");
        return {};
    }

    // Blocks on one line, "{1:...}{4:{177:...}}{1:...}{2:...}{4:": all but the text of a block 4, which are the lines that follow.
    base::Result<> take_blocks(std::string_view line) {
        while (true) {
            while (!line.empty() && (line.front() == '$' || line.front() == ' ' || static_cast<unsigned char>(line.front()) < ' ')) line.remove_prefix(1);
            if (line.empty()) return {};
            if (line.front() != '{') return refuse("'" + std::string(line.substr(0, 20)) + "' stands where a block should begin");
            if (line == "{4:") {
                begin_message();
                in_block_ = true;
                block_line_ = lines_.number();
                return {};
            }
            const std::size_t end = end_of_block(line);
            if (end == std::string_view::npos) return refuse("a block begins and does not end on its line: '" + std::string(line.substr(0, 20)) + "'");
            if (const auto taken = take_block(line.substr(0, end)); !taken) return taken;
            line.remove_prefix(end);
        }
    }

    static std::size_t end_of_block(std::string_view line) {
        int depth = 0;
        for (std::size_t at = 0; at < line.size(); ++at) {
            if (line[at] == '{') ++depth;
            if (line[at] == '}' && --depth == 0) return at + 1;
        }
        return std::string_view::npos;
    }

    base::Result<> take_block(std::string_view block) {
        if (block.substr(0, 3) == "{1:") {
            drop_headers();
            is_service_ = block.substr(3, 3) == "F21";
            return {};
        }
        if (is_service_) {
            if (block.find("{451:1}") != std::string_view::npos) return refuse("the network refused the message that follows ({451:1})");
            return {};
        }
        // "{2:O103..." and "{2:I103..."
        if (block.substr(0, 3) == "{2:" && block.size() >= 8) {
            type_ = std::string(block.substr(4, 3));
            was_received_ = block[3] == 'O';
        }
        if (block.substr(0, 3) == "{3:") {
            constexpr std::string_view kUetr = "{121:";
            const std::size_t at = block.find(kUetr);
            if (at != std::string_view::npos) uetr_ = std::string(block.substr(at + kUetr.size(), block.find('}', at) - at - kUetr.size()));
        }
        return {};
    }

    void begin_message() {
        if (present_) return;
        present_.emplace();
        present_->line = lines_.number();
        present_->type = type_.empty() ? preface_type_ : type_;
        present_->has_blocks = !type_.empty();
        present_->was_received = was_received_;
        present_->uetr = uetr_;
    }

    base::Result<> end_message() {
        if (!present_) return {};
        if (present_->fields.empty()) return refuse("a message without a field");
        if (messages_.size() >= kMaxFinMessages) return refuse("more than " + std::to_string(kMaxFinMessages) + " messages in one file");
        for (FinField& field : present_->fields) {
            while (field.lines.size() > 1 && field.lines.back().empty()) field.lines.pop_back();
        }
        messages_.push_back(std::move(*present_));
        present_.reset();
        drop_headers();
        preface_ = 0;
        preface_type_.clear();
        return {};
    }

    void drop_headers() {
        type_.clear();
        uetr_.clear();
        was_received_ = false;
        is_service_ = false;
    }

    [[nodiscard]] base::Result<> refuse(const std::string& why) const { return base::invalid("line " + std::to_string(lines_.number()) + ": " + why); }

    Lines lines_;
    std::vector<FinMessage> messages_;
    std::optional<FinMessage> present_;
    std::size_t fields_ = 0;
    bool in_block_ = false;
    int block_line_ = 0;
    bool is_service_ = false;      // of the block 1 before
    std::string type_;
    std::string uetr_;
    bool was_received_ = false;
    std::string preface_type_;
    int preface_ = 0;
};

}  // namespace

const FinField* FinMessage::field_behind(std::string_view tag, const FinField* before) const {
    const bool any_letter = tag.size() == 3 && tag[2] == 'a';
    const auto from = before == nullptr ? fields.begin() : fields.begin() + (before - fields.data()) + 1;
    const auto found = std::find_if(from, fields.end(), [&](const FinField& one) {
        return any_letter ? std::string_view(one.tag).substr(0, 2) == tag.substr(0, 2) : one.tag == tag;
    });
    return found == fields.end() ? nullptr : &*found;
}

base::Result<std::vector<FinMessage>> split_fin(std::string_view text) { return Splitter(text).split(); }

}  // namespace rightsdesk::bank
