#include "rightsdesk/timeline.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <toml++/toml.h>

#include "base/hash.h"
#include "domain/civil.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

using namespace domain;  // a timeline is told in the domain's words

// One step's table; a wrong or missing key is an Ending that names the line.
class Fields {
public:
    Fields(const std::string& path, const toml::table& table) : path_(path), table_(table) {}

    [[nodiscard]] std::string text(const char* key) const {
        const auto value = table_[key].value<std::string>();
        if (!value) throw Ending{Exit::kUnusable, where() + key + " is missing, or no text"};
        return *value;
    }
    [[nodiscard]] std::string text(const char* key, const std::string& otherwise) const { return table_[key].value_or(otherwise); }
    [[nodiscard]] std::int64_t number(const char* key, std::int64_t otherwise) const { return table_[key].value_or(otherwise); }
    [[nodiscard]] bool flag(const char* key) const { return table_[key].value_or(false); }
    [[nodiscard]] bool has(const char* key) const { return table_.contains(key); }
    [[nodiscard]] std::vector<std::string> texts(const char* key) const {
        std::vector<std::string> values;
        if (const toml::array* list = table_[key].as_array()) {
            for (const toml::node& node : *list) values.push_back(node.value_or(std::string()));
        }
        return values;
    }
    // An array of tables: parts = [{ notice = "first", amount = "10.00" }, ...]
    [[nodiscard]] std::vector<Fields> rows(const char* key) const {
        std::vector<Fields> rows;
        if (const toml::array* list = table_[key].as_array()) {
            for (const toml::node& node : *list) {
                if (!node.is_table()) throw Ending{Exit::kUnusable, where() + key + " is no list of tables"};
                rows.emplace_back(path_, *node.as_table());
            }
        }
        return rows;
    }
    [[nodiscard]] std::size_t line() const { return table_.source().begin.line; }
    [[nodiscard]] std::string where() const { return path_ + ":" + std::to_string(line()) + ": "; }

private:
    const std::string& path_;
    const toml::table& table_;
};

class Reader {
public:
    Reader(std::string path, const toml::table& root) : path_(std::move(path)), root_(root) {
        const Fields head(path_, root_);
        timeline_.offering = head.text("offering");
        timeline_.zone = head.text("zone");
    }

    Timeline read() {
        const toml::array* steps = root_["step"].as_array();
        if (steps == nullptr) throw Ending{Exit::kUnusable, path_ + ": there is no [[step]]"};
        // Names first: a step may speak of a notice that comes later in the file.
        std::map<std::string, std::uint64_t> numbers;
        for (const toml::node& node : *steps) {
            if (!node.is_table()) throw Ending{Exit::kUnusable, path_ + ":" + std::to_string(node.source().begin.line) + ": a step is no table: begin it with [[step]]"};
            const Fields fields(path_, *node.as_table());
            const std::string id = fields.text("by") + "." + std::to_string(++numbers[fields.text("by")]);
            if (fields.has("name") && !ids_.emplace(fields.text("name"), id).second) {
                throw Ending{Exit::kUnusable, fields.where() + "the name " + fields.text("name") + " stands twice"};
            }
        }
        numbers.clear();
        for (const toml::node& node : *steps) {
            const Fields fields(path_, *node.as_table());
            timeline_.steps.push_back(step_of(fields, ++numbers[fields.text("by")]));
            if (timeline_.steps.size() > 1 && timeline_.steps.back().at < timeline_.steps[timeline_.steps.size() - 2].at) {
                throw Ending{Exit::kUnusable, fields.where() + "the step lies before the one above it"};
            }
        }
        return std::move(timeline_);
    }

private:
    Step step_of(const Fields& fields, std::uint64_t number) {
        Step step;
        step.civil = fields.text("at");
        step.at = instant(fields, step.civil);
        step.source = fields.text("by");
        step.number = number;
        step.line = fields.line();
        const std::string kind = fields.text("do");
        static const std::map<std::string, Command (Reader::*)(const Fields&, const Step&)> kSteps = {
            {"open_offering", &Reader::open_offering}, {"notice", &Reader::notice}, {"certificates", &Reader::certificates},
            {"return_certificates", &Reader::return_certificates}, {"settle_certificates", &Reader::settle_certificates},
            {"telephone", &Reader::telephone}, {"watermark", &Reader::watermark}, {"cure", &Reader::cure}, {"propose_waiver", &Reader::waiver},
            {"reject", &Reader::reject}, {"attribute_notice", &Reader::attribute_notice}, {"attribute_payment", &Reader::attribute_payment},
            {"take_back_notice", &Reader::take_back_notice}, {"take_back_payment", &Reader::take_back_payment},
            {"sell_rights", &Reader::sell_rights}, {"reverse_sale", &Reader::reverse_sale},
            {"approve", &Reader::approve}, {"wire", &Reader::wire}, {"instrument", &Reader::instrument}, {"clearance", &Reader::clearance},
            {"bounce", &Reader::bounce}, {"match", &Reader::match}, {"propose_allocation", &Reader::propose_allocation},
            {"extend", &Reader::extend}, {"settle", &Reader::settle}, {"suspend", &Reader::suspend}, {"resume", &Reader::resume},
            {"terminate", &Reader::terminate}, {"close_day", &Reader::close_day}, {"final_price", &Reader::final_price},
            {"withdraw", &Reader::withdraw}, {"amend", &Reader::amend}, {"owners", &Reader::owners}, {"exercise", &Reader::exercise}, {"unmatch", &Reader::unmatch},
            {"schedule", &Reader::schedule}, {"represent", &Reader::represent}, {"refund", &Reader::refund},
            {"settle_receipt", &Reader::settle_receipt}};
        const auto known = kSteps.find(kind);
        if (known == kSteps.end()) throw Ending{Exit::kUnusable, fields.where() + "'" + kind + "' is no kind of step"};
        step.command = (this->*known->second)(fields, step);
        step.door = fields.has("door") ? one_of<ServiceName>(fields.text("door"), "door") : door_of(step.command);
        step.what = kind + (fields.has("name") ? " " + fields.text("name") : fields.has("notice") ? " " + fields.text("notice") : "");
        return step;
    }

    [[nodiscard]] Instant instant(const Fields& fields, const std::string& civil) const {
        // Civil time with up to nine digits of the second.
        const auto point = civil.find('.');
        const auto at = resolve(civil.substr(0, point), timeline_.zone);
        if (!at) throw Ending{Exit::kUnusable, fields.where() + at.error().message};
        std::int64_t nanoseconds = 0;
        if (point != std::string::npos) {
            std::string digits = civil.substr(point + 1);
            if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) {
                throw Ending{Exit::kUnusable, fields.where() + "'" + civil + "' has no fraction of a second of 1 to 9 digits"};
            }
            digits.resize(9, '0');
            nanoseconds = std::stoll(digits);
        }
        return Instant(at->instant.value + nanoseconds);
    }
    [[nodiscard]] std::string read_file(const Fields& fields, const std::string& name) const {
        const auto path = std::filesystem::path(path_).parent_path() / name;
        std::ifstream file(path, std::ios::binary);
        if (!file) throw Ending{Exit::kUnusable, fields.where() + path.string() + " cannot be read"};
        return {std::istreambuf_iterator<char>(file), {}};
    }
    // A name of this timeline, or an id as it is.
    [[nodiscard]] std::string id_of(const std::string& name) const {
        const auto known = ids_.find(name);
        return known == ids_.end() ? name : known->second;
    }
    [[nodiscard]] std::optional<Date> date(const Fields& fields, const char* key) const {
        return fields.has(key) ? std::optional(date_from(fields.text(key))) : std::nullopt;
    }
    [[nodiscard]] std::string delivery(const Fields& fields, const Step& step) const {
        return fields.text("delivery", step.source + "-" + std::to_string(step.number));
    }

    Command open_offering(const Fields& fields, const Step&) { return OpenOffering{read_file(fields, fields.text("terms"))}; }
    Command notice(const Fields& fields, const Step& step) {
        SubmitNotice command;
        command.document = Bytes(read_file(fields, fields.text("file")));
        command.media_type = "text/plain";
        command.sha256 = base::sha256_hex(command.document.view());
        command.stamp = step.at;
        command.channel = one_of<Channel>(fields.text("channel"), "channel");
        command.address = fields.text("address");
        command.sender_station = fields.text("station", "");
        command.pages = static_cast<std::int32_t>(fields.number("pages", 2));
        command.delivery = delivery(fields, step);
        return command;
    }
    Command certificates(const Fields& fields, const Step& step) {
        DeliverCertificates command;
        command.offering = timeline_.offering;
        command.notice = id_of(fields.text("notice"));
        command.stamp = step.at;
        command.channel = one_of<Channel>(fields.text("channel", "courier"), "channel");
        command.address = fields.text("address");
        command.delivery = delivery(fields, step);
        command.rights = Rights(fields.number("rights", 0));
        command.certificate_numbers = fields.texts("certificate_numbers");
        command.signature_guarantee = fields.flag("signature_guarantee");
        command.missing_documents = fields.texts("missing");
        command.delivered_by = fields.text("from", "");
        return command;
    }
    Command return_certificates(const Fields& fields, const Step&) {
        return ReturnCertificates{timeline_.offering, id_of(fields.text("notice")), fields.text("delivery"), fields.text("reference")};
    }
    Command settle_certificates(const Fields& fields, const Step&) {
        SettleCertificates command{timeline_.offering, id_of(fields.text("notice")), fields.text("delivery"), !fields.flag("does_not_count"), {}, fields.text("evidence")};
        if (fields.has("rights")) command.rights = Rights(fields.number("rights", 0));
        return command;
    }
    Command exercise(const Fields& fields, const Step& step) {
        ExerciseDirectly command;
        command.offering = timeline_.offering;
        command.stamp = step.at;
        command.channel = one_of<Channel>(fields.text("channel", "courier"), "channel");
        command.address = fields.text("address");
        command.delivery = delivery(fields, step);
        command.certificate_numbers = fields.texts("certificate_numbers");
        command.rights = Rights(fields.number("rights", 0));
        command.basic_shares = Shares(fields.number("basic", 0));
        command.excess_shares = Shares(fields.number("excess", 0));
        if (fields.has("method")) command.payment_method = one_of<PaymentMethod>(fields.text("method"), "payment method");
        if (fields.has("confirmation")) command.confirmation_number = fields.text("confirmation");
        if (fields.has("instrument")) command.instrument_number = fields.text("instrument");
        command.signed_by_all = !fields.flag("unsigned");
        command.signature_guarantee = fields.flag("signature_guarantee");
        command.missing_documents = fields.texts("missing");
        command.names = fields.texts("names");
        command.holder_address = fields.text("holder_address", "");
        return command;
    }
    Command telephone(const Fields& fields, const Step& step) {
        return ConfirmByTelephone{timeline_.offering, id_of(fields.text("notice")), fields.text("caller"), step.at};
    }
    Command watermark(const Fields&, const Step& step) { return AdvanceWatermark{step.at}; }
    Command cure(const Fields& fields, const Step& step) {
        return CureDefect{timeline_.offering, id_of(fields.text("notice")), one_of<Reason>(fields.text("reason"), "reason"), fields.text("value", ""),
                          fields.text("evidence"), step.at};
    }
    Command waiver(const Fields& fields, const Step&) {
        return ProposeWaiver{timeline_.offering, id_of(fields.text("notice")), one_of<Reason>(fields.text("reason"), "reason"), fields.text("why")};
    }
    Command reject(const Fields& fields, const Step&) { return RejectNotice{timeline_.offering, id_of(fields.text("notice")), fields.text("why")}; }
    Command attribute_notice(const Fields& fields, const Step&) {
        return AttributeNotice{id_of(fields.text("item")), timeline_.offering, fields.text("why")};
    }
    Command attribute_payment(const Fields& fields, const Step&) {
        return AttributePayment{id_of(fields.text("item")), timeline_.offering, fields.text("why")};
    }
    Command sell_rights(const Fields& fields, const Step& step) {
        RecordRightsSale sale{timeline_.offering, fields.text("reference"), Rights(fields.number("rights", 0)), std::nullopt, step.at, fields.text("evidence")};
        if (const std::string proceeds = fields.text("proceeds", ""); !proceeds.empty()) sale.proceeds = money_from(proceeds);
        return sale;
    }
    Command reverse_sale(const Fields& fields, const Step&) { return ReverseRightsSale{timeline_.offering, fields.text("reference"), fields.text("why")}; }
    Command take_back_notice(const Fields& fields, const Step&) { return TakeBackNotice{id_of(fields.text("item")), fields.text("why")}; }
    Command take_back_payment(const Fields& fields, const Step&) { return TakeBackPayment{id_of(fields.text("item")), fields.text("why")}; }
    Command suspend(const Fields& fields, const Step&) { return ProposeSuspension{timeline_.offering, fields.text("cancel_through", ""), fields.text("why")}; }
    Command resume(const Fields& fields, const Step&) { return ProposeResumption{timeline_.offering, fields.text("why")}; }
    Command terminate(const Fields& fields, const Step&) { return ProposeTermination{timeline_.offering, fields.text("why")}; }
    Command close_day(const Fields& fields, const Step&) { return ProposeClosing{timeline_.offering, date_from(fields.text("day")), fields.text("why")}; }
    Command final_price(const Fields& fields, const Step&) { return ProposeFinalPrice{timeline_.offering, money_from(fields.text("price")), fields.text("why")}; }
    Command withdraw(const Fields& fields, const Step& step) {
        return WithdrawNotice{timeline_.offering, id_of(fields.text("notice")), fields.text("evidence"), step.at};
    }
    Command amend(const Fields& fields, const Step& step) {
        return AmendNotice{timeline_.offering, id_of(fields.text("notice")), Shares(fields.number("basic", 0)), Shares(fields.number("excess", 0)), fields.text("evidence"), step.at};
    }
    Command owners(const Fields& fields, const Step& step) {
        CertifyOwners command{timeline_.offering, id_of(fields.text("notice")), {}, fields.text("evidence"), step.at};
        for (const Fields& owner : fields.rows("owners")) {
            command.owners.push_back({owner.text("owner"), Rights(owner.number("rights", 0)), Shares(owner.number("basic", 0)), Shares(owner.number("over", 0))});
        }
        return command;
    }
    Command approve(const Fields& fields, const Step&) { return Approve{timeline_.offering, fields.text("proposal"), fields.text("instruction", "")}; }
    Command wire(const Fields& fields, const Step& step) {
        ConfirmWire command;
        command.account = fields.text("account");
        command.amount = money_from(fields.text("amount"));
        command.currency = fields.text("currency", "USD");
        command.value_date = date(fields, "value_date");
        command.credited_at = fields.has("credited_at") ? instant(fields, fields.text("credited_at")) : step.at;
        if (fields.flag("date_only")) command.credited_at.reset();
        command.institution = fields.text("institution");
        command.debtor = fields.text("debtor", "");
        command.references.imad = fields.text("imad", "");
        command.references.uetr = fields.text("uetr", "");
        command.references.servicer_reference = fields.text("servicer_reference", "");
        command.references.end_to_end = fields.text("end_to_end", "NOTPROVIDED");
        command.remittance = fields.text("remittance", "");
        command.message_id = fields.text("message");
        return command;
    }
    Command instrument(const Fields& fields, const Step& step) {
        ReceiveInstrument command;
        command.address = fields.text("address");
        command.channel = one_of<Channel>(fields.text("channel", "mail"), "channel");
        command.stamp = step.at;
        command.delivery = delivery(fields, step);
        command.method = one_of<PaymentMethod>(fields.text("method"), "payment method");
        command.amount = money_from(fields.text("amount"));
        command.currency = fields.text("currency", "USD");
        command.payee = fields.text("payee");
        command.maker = fields.text("maker", "");
        command.drawee = fields.text("drawee");
        command.number = fields.text("number");
        command.instrument_date = date(fields, "instrument_date");
        command.drawee_country = fields.text("drawee_country", "");
        return command;
    }
    Command clearance(const Fields& fields, const Step& step) {
        ConfirmClearance command{fields.text("account"), fields.text("number"), fields.text("drawee"), money_from(fields.text("amount")), step.at,
                                 fields.text("message")};
        command.cleared_on = date(fields, "cleared_on");
        if (command.cleared_on) command.cleared_at = Instant(0);
        return command;
    }
    Command bounce(const Fields& fields, const Step& step) {
        return ReportBounce{fields.text("account"), fields.text("number"), fields.text("drawee"), money_from(fields.text("amount")),
                            return_reason(fields.text("reason")), step.at, fields.text("message")};
    }
    Command match(const Fields& fields, const Step&) {
        MatchPayment command{timeline_.offering, id_of(fields.text("payment")), id_of(fields.text("notice")), std::nullopt, fields.text("why")};
        if (fields.has("amount")) command.amount = money_from(fields.text("amount"));
        return command;
    }
    Command unmatch(const Fields& fields, const Step&) {
        return UnmatchPayment{timeline_.offering, id_of(fields.text("payment")), id_of(fields.text("notice")), fields.text("why")};
    }
    Command schedule(const Fields& fields, const Step&) {
        MatchBySchedule command{timeline_.offering, id_of(fields.text("payment")), {}, fields.text("why")};
        for (const Fields& part : fields.rows("parts")) command.parts.push_back({id_of(part.text("notice")), money_from(part.text("amount"))});
        return command;
    }
    Command represent(const Fields& fields, const Step& step) { return RepresentInstrument{timeline_.offering, id_of(fields.text("payment")), step.at}; }
    Command settle_receipt(const Fields& fields, const Step&) {
        return SettleReceipt{timeline_.offering, id_of(fields.text("payment")), instant(fields, fields.text("received_at")), fields.text("evidence")};
    }
    Command refund(const Fields& fields, const Step&) {
        const bool paid = !fields.has("failed");
        return ReportRefund{timeline_.offering, id_of(fields.text("payment")), paid, paid ? fields.text("reference") : fields.text("failed")};
    }
    Command propose_allocation(const Fields& fields, const Step&) { return ProposeAllocation{timeline_.offering, fields.text("why")}; }
    Command extend(const Fields& fields, const Step&) { return ProposeExtension{timeline_.offering, fields.text("to"), fields.text("why")}; }
    Command settle(const Fields& fields, const Step&) { return SettleOffering{timeline_.offering, fields.text("reference")}; }

    std::string path_;
    const toml::table& root_;
    Timeline timeline_;
    std::map<std::string, std::string> ids_;
};

}  // namespace

base::Result<Timeline> load_timeline(const std::string& path) {
    try {
        const toml::table root = toml::parse_file(path);
        return Reader(path, root).read();
    } catch (const toml::parse_error& error) {
        return base::invalid(path + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    } catch (const Ending& ending) {
        return base::invalid(ending.message);
    }
}

}  // namespace rightsdesk::tools
