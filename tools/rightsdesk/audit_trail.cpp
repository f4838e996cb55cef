#include "rightsdesk/audit_trail.h"

#include "base/hash.h"
#include "domain/civil.h"

namespace rightsdesk::tools {

namespace {

using runtime::Json;

std::string kind_of(const domain::Record& record) {
    if (!record.payload_hash.empty()) return "command";
    return record.cause.source == "clock" ? "time" : "reaction";
}

Json entity_json(const domain::Book& book, const domain::EntityName& name) {
    const domain::Entity* entity = book.entity(name);
    return entity == nullptr ? Json() : runtime::to_json(*entity);
}

// What the records of one decision change, on a book that is left as it was.
Json changes_of(domain::Book& book, const std::vector<domain::Record>& records) {
    domain::Folding folding(book);
    for (const domain::Record& record : records) folding.apply(record.event);
    Json changes = Json::array();
    for (const auto& [name, version] : folding.written()) changes.push_back({{"entity", name}, {"before", Json()}, {"after", entity_json(book, name)}});
    folding.undo();
    for (Json& change : changes) change["before"] = entity_json(book, change["entity"].get<std::string>());
    return changes;
}

// Numbers the lines and chains them.
class TrailWriter {
public:
    explicit TrailWriter(std::ostream& out) : out_(out) {}

    void write(const std::string& kind, const Json& members) {
        Json line{{"line", number_++}, {"kind", kind}, {"previous", previous_}};
        line.update(members);
        const std::string text = runtime::json_line(line);
        out_ << text << '\n';
        previous_ = base::sha256_hex(text);
    }
    [[nodiscard]] const std::string& digest() const { return previous_; }

private:
    std::ostream& out_;
    std::uint64_t number_ = 0;
    std::string previous_;
};

Json members_of(const Decided& decided) {
    Json events = Json::array();
    for (const domain::Record& one : decided.item.records) events.push_back(runtime::to_json(one.event));
    const domain::Record& record = decided.record();
    return {{"first", decided.item.first}, {"last", decided.item.last}, {"at", domain::instant_text(record.at)}, {"service", record.service}, {"cause", runtime::to_json(record.cause)},
            {"principal", record.principal}, {"person", record.operator_name}, {"payload_hash", record.payload_hash}, {"events", std::move(events)},
            {"changes", decided.changes}, {"digests", decided.item.digests}, {"link", decided.item.link}};
}

}  // namespace

base::Result<> each_decision(store::Store& store, const std::string& log, const std::function<bool(const Decided&)>& tell) {
    domain::Book book(log);
    Json changes;
    bool more = true;
    const auto before = [&](const telling::LoggedItem& item) {
        if (more) changes = changes_of(book, item.records);
        return more;
    };
    return telling::fold_items(store, book, before, [&](const telling::LoggedItem& item) { more = tell({kind_of(item.records.front()), item, std::move(changes)}); });
}

std::string person_of(const Decided& decided) { return decided.record().operator_name.empty() ? decided.record().principal : decided.record().operator_name; }

base::Result<TrailSize> write_trail(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& heads, const heads::SigningKey& key,
                                    const std::string& made_at, std::ostream& out) {
    TrailWriter writer(out);
    TrailSize size;
    std::string link;
    auto next_head = heads.begin();
    writer.write("audit", {{"format", 1}, {"log", log}, {"made_at", made_at}});
    const auto told = each_decision(store, log, [&](const Decided& decided) {
        writer.write(decided.kind, members_of(decided));
        ++size.decisions;
        size.sequence = decided.item.last;
        link = decided.item.link;
        // Heads are signed between commits; one within a decision was signed of something else, and says nothing here.
        for (; next_head != heads.end() && next_head->sequence <= decided.item.last; ++next_head) {
            if (next_head->sequence == decided.item.last) writer.write("signed_head", {{"head", heads::to_line(*next_head)}});
        }
        return out.good();
    });
    if (!told) return tl::unexpected(told.error());
    writer.write("end", {{"decisions", size.decisions}, {"sequence", size.sequence}, {"link", link}});
    const std::string of = writer.digest();
    writer.write("signature", {{"of", of}, {"signature", key.sign_trail(of)}});
    out.flush();
    if (!out.good()) return base::failure(base::ErrorKind::kUnavailable, "the trail could not be written; is the disk full?");
    return size;
}

}  // namespace rightsdesk::tools
