// Checks an audit trail by what is in it and the auditor's public key alone.
#include "base/hash.h"
#include "rightsdesk/audit_trail.h"
#include "store/chain.h"

namespace rightsdesk::tools {

namespace {

using runtime::Json;

// What is wrong with a line; thrown within this file alone.
struct Wrong {
    std::string why;
};

void must_be(bool good, const std::string& why) {
    if (!good) throw Wrong{why};
}

class TrailReader {
public:
    explicit TrailReader(const heads::VerifyingKey& key) : key_(key) {}

    void read(const std::string& text) {
        must_be(!signed_, "something follows the signature");
        const Json line = Json::parse(text, nullptr, false);
        must_be(line.is_object(), "it is no JSON object");
        must_be(line.value("line", std::uint64_t{0}) == check.lines, "its number is not the next");
        must_be(line.value("previous", std::string()) == digest_, "it does not follow from the line before: one of the two was changed, or lines are missing");
        const std::string kind = line.value("kind", std::string());
        must_be((kind == "audit") == (check.lines == 0), "a trail begins with a line of the kind audit, and has one");
        must_be(!ended_ || kind == "signature", "something stands between the end and the signature");
        if (kind == "audit") begin(line);
        else if (kind == "signed_head") take_head(line);
        else if (kind == "end") end(line);
        else if (kind == "signature") take_signature(line);
        else if (kind == "command" || kind == "reaction" || kind == "time") take_decision(line);
        else throw Wrong{"there is no kind '" + kind + "'"};
        ++check.lines;
        digest_ = base::sha256_hex(text);
    }

    [[nodiscard]] bool complete() const { return signed_; }
    TrailCheck check;

private:
    void begin(const Json& line) {
        must_be(line.value("format", 0) == 1, "this program reads format 1");
        check.log = line.value("log", std::string());
    }
    void take_decision(const Json& line) {
        const Json digests = line.value("digests", Json::array());
        must_be(line.value("first", std::uint64_t{0}) == check.sequence + 1, "it does not begin with the record after the last");
        must_be(!digests.empty() && line.value("last", std::uint64_t{0}) == check.sequence + digests.size(), "it has not as many digests as records");
        must_be(line.value("events", Json::array()).size() == digests.size(), "it has not as many events as records");
        for (const Json& digest : digests) link_ = store::chain_link(link_, ++check.sequence, digest.get<std::string>());
        must_be(line.value("link", std::string()) == link_, "its digests do not give its link");
        ++check.decisions;
    }
    void take_head(const Json& line) {
        const auto head = heads::from_line(line.value("head", std::string()));
        must_be(head && head->log == check.log && key_.has_signed(*head), "the auditor did not sign this head");
        must_be(head->sequence == check.sequence && head->link == link_, "the auditor signed other records than these");
        ++check.signed_heads;
    }
    void end(const Json& line) {
        must_be(line.value("decisions", std::uint64_t{0}) == check.decisions && line.value("sequence", std::uint64_t{0}) == check.sequence &&
                    line.value("link", std::string()) == link_,
                "it ends otherwise than it says");
        ended_ = true;
    }
    void take_signature(const Json& line) {
        must_be(ended_, "it is signed before its end");
        must_be(line.value("of", std::string()) == digest_ && key_.has_signed_trail(digest_, line.value("signature", std::string())),
                "the signature is not of this trail by the holder of this key");
        signed_ = true;
    }

    const heads::VerifyingKey& key_;
    std::string digest_;
    std::string link_;
    bool ended_ = false;
    bool signed_ = false;
};

// The next line; false at the end. Never holds more than a line may have.
bool next_line(std::istream& in, std::string& line) {
    line.clear();
    for (int octet = in.get(); octet != std::istream::traits_type::eof(); octet = in.get()) {
        if (octet == '\n') return true;
        must_be(line.size() < kMaxTrailLineOctets, "it is longer than a line of a trail can be");
        line.push_back(static_cast<char>(octet));
    }
    must_be(line.empty(), "it ends in the middle: the file was cut off");
    return false;
}

}  // namespace

TrailCheck check_trail(std::istream& in, const heads::VerifyingKey& key) {
    TrailReader reader(key);
    const auto at_line = [&](const std::string& why) { return "line " + std::to_string(reader.check.lines + 1) + ": " + why; };
    try {
        std::string line;
        while (next_line(in, line)) reader.read(line);
        if (!reader.complete()) reader.check.problem = at_line("is not there: the trail ends without its signature");
    } catch (const Wrong& wrong) {
        reader.check.problem = at_line(wrong.why);
    } catch (const Json::exception&) {
        reader.check.problem = at_line("a member is not of its type");
    }
    return reader.check;
}

}  // namespace rightsdesk::tools
