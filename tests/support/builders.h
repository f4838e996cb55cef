// Builders: what the tests of the rules are told in. Header-only; domain only.
//
//     Book book = open_book();
//     run(book, a_notice().id("fax-1", 17).for_shares(1'000).dated("2002-06-26").decided());
//     EXPECT_EQ(names_of(decision), Names({"NoticeDecided"}));
#pragma once

#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "domain/decision.h"
#include "domain/holder_register.h"

namespace rightsdesk::support {

using namespace rightsdesk::domain;  // NOLINT: tests are told in the domain's words

// ---- time: the sample plays in the summer of 2002, when New York is four hours behind UTC ----

inline std::int64_t number_at(std::string_view text, std::size_t from, std::size_t length) {
    CHECK(text.size() >= from + length);
    return std::strtoll(std::string(text.substr(from, length)).c_str(), nullptr, 10);
}

// day("2002-06-28")
inline Date day(std::string_view iso) {
    using namespace std::chrono;
    const year_month_day date(year(static_cast<int>(number_at(iso, 0, 4))), month(static_cast<unsigned>(number_at(iso, 5, 2))),
                              std::chrono::day(static_cast<unsigned>(number_at(iso, 8, 2))));
    CHECK(date.ok());
    return Date(static_cast<std::int32_t>(sys_days(date).time_since_epoch().count()));
}

// new_york("2002-06-28T17:00:00"), with as many further digits of the second as wanted; summer time only.
inline Instant new_york(std::string_view civil) {
    std::int64_t nanoseconds = 0;
    if (civil.size() > 19) {
        std::string digits(civil.substr(20));
        digits.resize(9, '0');
        nanoseconds = number_at(digits, 0, 9);
    }
    const std::int64_t seconds = std::int64_t{day(civil.substr(0, 10)).value} * 86'400 + number_at(civil, 11, 2) * 3'600 +
                                 number_at(civil, 14, 2) * 60 + number_at(civil, 17, 2) + 4 * 3'600;
    return Instant(seconds * 1'000'000'000 + nanoseconds);
}

inline Deadline new_york_deadline(const std::string& civil) { return Deadline{civil, "America/New_York", new_york(civil)}; }

// ---- the sample offering ----

inline constexpr const char* kSampleFax = "+17185550101";
inline constexpr const char* kSampleMail = "59 Maiden Lane, New York, NY 10038";
inline constexpr const char* kSampleCourier = "6201 15th Avenue, Brooklyn, NY 11219";
inline constexpr const char* kSampleAccount = "021000018/890-0032-147";
inline const std::string kSampleHash(64, 'd');

inline GuarantorTerms a_guarantor(std::string name, std::vector<std::string> aliases = {}) {
    return GuarantorTerms{std::move(name), std::move(aliases), "member of a registered national securities exchange", true, {}, {}, "sample"};
}

// Modelled on Rare Medium 2002; the price is illustrative.
inline Terms sample_terms() {
    Terms terms;
    terms.id = "rare-medium-2002";
    terms.issuer = "Rare Medium Group, Inc.";
    terms.title = "Rights Certificates";
    terms.agent = "American Stock Transfer & Trust Company";
    terms.prospectus_date = day("2002-05-28");
    terms.shares_offered = Shares(52'615'467);
    terms.shares_per_right = Ratio{1, 1};
    terms.subscription_price = Money(200);
    terms.payee = "American Stock Transfer & Trust Company";
    terms.account = kSampleAccount;
    terms.expiration = new_york_deadline("2002-06-28T17:00:00");
    terms.extension = ExtensionTerms{true, day("2002-07-31"), "09:00 next business day"};
    terms.channels = {{Channel::kFax, kSampleFax},
                      {Channel::kHand, kSampleMail},
                      {Channel::kMail, kSampleMail},
                      {Channel::kCourier, kSampleCourier}};
    terms.payment = {{PaymentMethod::kWire, DeemedReceived::kCredit},
                     {PaymentMethod::kUncertifiedCheck, DeemedReceived::kClearance},
                     {PaymentMethod::kCertifiedCheck, DeemedReceived::kReceipt},
                     {PaymentMethod::kBankDraft, DeemedReceived::kReceipt},
                     {PaymentMethod::kMoneyOrder, DeemedReceived::kReceipt}};
    terms.gateways = {"fax-1", "mail-1"};
    terms.bank_feeds = {"bank-1"};
    terms.guarantors = {a_guarantor("Alder & Finch Securities, Inc.", {"Alder Finch", "A&F Securities"}), a_guarantor("Bowery Trust Company")};
    GuarantorTerms ineligible = a_guarantor("Cedar Street Brokers LLC");
    ineligible.eligible = false;
    ineligible.source = "NASD notice of expulsion, 2002-03-04";
    terms.guarantors.push_back(ineligible);
    return terms;
}

// ---- the books ----

inline Book open_book(const Terms& terms = sample_terms()) {
    Book book(terms.id);
    evolve(book, {OfferingOpened{terms, "as in the test"}});
    return book;
}

// The desk with these offerings listed.
inline Book desk_book(const std::vector<Terms>& offerings = {sample_terms()}) {
    Book book(kDesk);
    evolve(book, {DeskOpened{DeskClock{ClockMode::kStepped, new_york("2002-06-01T09:00:00")}}});
    for (const Terms& terms : offerings) evolve(book, {OfferingListed{ListedOffering{terms.id, "", terms.account, terms.channels}}});
    return book;
}

// The context of command `sequence` of `source`: context("fax-1", 17, new_york("2002-06-27T10:00:00")). An operator's
// name stands for itself as the person; business keys are "#" and their plain text, so that failures can be read.
inline Context context(const std::string& source, std::uint64_t sequence, Instant now) {
    Context made;
    made.now = now;
    made.identity = Identity{source, sequence};
    made.principal = source;
    made.person = source.find('-') == std::string::npos ? source : "";
    made.service = "test";
    made.hash_key = [](const std::string& plain) { return "#" + plain; };
    return made;
}

// Folds a decision into a book and hands it on. A decision that asks to be retried is a failed test.
inline Decision run(Book& book, Decision decision) {
    CHECK(decision.retry_later.empty());
    evolve(book, decision.events);
    return decision;
}

inline Decision run(Book& book, Event event) {
    Decision decision;
    decision.add(std::move(event));
    return run(book, std::move(decision));
}

using Names = std::vector<std::string>;

// {"NoticeDecided", "NoticeRedecided"}
inline Names names_of(const Decision& decision) {
    Names names;
    for (const Event& event : decision.events) {
        names.push_back(std::visit([]<class E>(const E&) { return std::string(E::kTypeName); }, event));
    }
    return names;
}

// The first event of one type; nothing when there is none.
template <class E>
const E* find_event(const Decision& decision) {
    for (const Event& event : decision.events) {
        if (const auto* found = std::get_if<E>(&event)) return found;
    }
    return nullptr;
}

// The refusal that a decision consists of; nothing when it is none.
inline std::optional<Refusal> refusal_of(const Decision& decision) {
    const auto* refused = find_event<CommandRefused>(decision);
    return refused == nullptr ? std::nullopt : std::optional<Refusal>(refused->refusal);
}

// ---- money: what banks and gateways say of it ----

inline constexpr const char* kSampleImad = "20020627L1B7032R000142";  // the confirmation number that a notice states unless told otherwise

// A wire of this many dollars, credited in time: a_wire(2'000) pays a notice for 1,000 shares.
inline ConfirmWire a_wire(std::int64_t dollars, const std::string& imad = kSampleImad, std::string_view credited = "2002-06-27T11:00:00") {
    ConfirmWire wire;
    wire.account = kSampleAccount;
    wire.amount = Money(dollars * 100);
    wire.currency = "USD";
    wire.value_date = day(credited.substr(0, 10));
    wire.credited_at = new_york(credited);
    wire.institution = "Bowery Trust Company";
    wire.debtor = "IDA M HOLDER";
    wire.references.imad = imad;
    wire.message_id = "MT910-" + imad;
    return wire;
}

// An instrument that came by mail: a_check(2'000, "1044").
inline ReceiveInstrument a_check(std::int64_t dollars, const std::string& number, PaymentMethod method = PaymentMethod::kUncertifiedCheck,
                                 std::string_view received = "2002-06-27T09:30:00") {
    ReceiveInstrument check;
    check.address = kSampleMail;
    check.stamp = new_york(received);
    check.delivery = "envelope-" + number;
    check.method = method;
    check.amount = Money(dollars * 100);
    check.currency = "USD";
    check.payee = "American Stock Transfer & Trust Company";
    check.maker = "Ida M. Holder";
    check.drawee = "Albany Savings Bank";
    check.number = number;
    check.instrument_date = day(received.substr(0, 10));
    return check;
}

// The bank's word on such an instrument.
inline ConfirmClearance clearance_of(const ReceiveInstrument& check, std::string_view civil) {
    return ConfirmClearance{kSampleAccount, check.number, check.drawee, check.amount, new_york(civil), "cleared-" + check.number};
}
// Of which it told the day only.
inline ConfirmClearance clearance_on(const ReceiveInstrument& check, std::string_view date) {
    return ConfirmClearance{kSampleAccount, check.number, check.drawee, check.amount, Instant(0), "cleared-" + check.number, day(date)};
}
inline ReportBounce bounce_of(const ReceiveInstrument& check, ReturnReason reason, std::string_view civil) {
    return ReportBounce{kSampleAccount, check.number, check.drawee, check.amount, reason, new_york(civil), "returned-" + check.number};
}

// ---- certificates, by courier and complete unless the test says otherwise; nobody read their numbers ----

inline DeliverCertificates certificates_for(const NoticeId& notice, std::int64_t rights, std::string_view stamp) {
    DeliverCertificates command;
    command.offering = "rare-medium-2002";
    command.notice = notice;
    command.stamp = new_york(stamp);
    command.address = kSampleCourier;
    command.rights = Rights(rights);
    command.signature_guarantee = true;
    return command;
}

// The bank takes a wire back, telling of it as it confirmed it.
inline ReportBounce recall_of(const ConfirmWire& wire, std::string_view civil) {
    ReportBounce recall{wire.account, "", "", wire.amount, ReturnReason::kOther, new_york(civil), "recalled-" + wire.references.imad};
    recall.wire = ReturnedWire{wire.currency, wire.value_date, wire.references};
    return recall;
}

// ---- a certificate delivered with its election, by courier and complete: an_exercise(1'000, 500, "RC-7") ----

inline ExerciseDirectly an_exercise(std::int64_t basic, std::int64_t excess, const std::string& certificate, std::string_view stamp = "2002-06-27T12:00:00") {
    ExerciseDirectly command;
    command.offering = "rare-medium-2002";
    command.stamp = new_york(stamp);
    command.address = kSampleCourier;
    command.certificate_numbers = {certificate};
    command.rights = Rights(basic);
    command.basic_shares = Shares(basic);
    command.excess_shares = Shares(excess);
    command.payment_method = PaymentMethod::kWire;
    command.confirmation_number = "IMAD-" + certificate;
    command.signature_guarantee = true;
    command.names = {"Vera Direct"};
    command.holder_address = "3 Ash Lane, Troy, NY 12180";
    return command;
}

// ---- a register of record-date holders: a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001"}}}) ----

struct ListedHolder {
    std::string holder;
    std::string name;
    std::string country = "US";
    std::int64_t rights = 1'000;
    std::vector<std::string> certificates = {};
    std::string address = {};
    std::optional<std::int64_t> shares = {};   // absent: as many as rights
};

// Its first holder is on line 2, under the header.
inline std::unique_ptr<RegisterIndex> a_register(const std::vector<ListedHolder>& holders) {
    auto index = std::make_unique<RegisterIndex>();
    std::uint32_t line = 1;
    for (const ListedHolder& one : holders) {
        HolderOfRecord record{++line, one.holder, one.name, one.address, one.country, Rights(one.rights), Shares(one.shares.value_or(one.rights)), {}};
        record.certificates.assign(one.certificates.begin(), one.certificates.end());
        index->add(record);
    }
    CHECK(index->seal());
    return index;
}

// ---- a notice, in order and in time unless the test says otherwise ----

class NoticeBuilder {
public:
    NoticeBuilder() {
        fields_.issuer = "RARE MEDIUM GROUP, INC.";
        fields_.prospectus_date = day("2002-05-28");
        fields_.expiration_date = day("2002-06-28");
        fields_.subscription_price = "2.00";
        fields_.payment_delivery = PaymentDelivery::kSeparately;
        fields_.payment_method = PaymentMethod::kWire;
        fields_.transferor_institution = "Bowery Trust Company";
        fields_.transfer_date = day("2002-06-27");
        fields_.confirmation_number = "20020627L1B7032R000142";
        fields_.signatures = {"/s/ Ida M. Holder"};
        fields_.names = {"Ida M. Holder"};
        fields_.address = "12 Elm Street, Albany, NY 12207";
        fields_.telephone = "(518) 555-0142";
        fields_.certificate_numbers = {"RC-1001"};
        fields_.guarantor_name = "Alder & Finch Securities, Inc.";
        fields_.guarantor_address = "100 Wall Street, New York, NY 10005";
        fields_.guarantor_telephone = "(212) 555-0199";
        fields_.signatory = "J. Finch";
        for_shares(1'000).dated("2002-06-26").received("2002-06-27T10:00:00");
    }

    NoticeBuilder& id(const std::string& gateway, std::uint64_t sequence) { return gateway_ = gateway, sequence_ = sequence, *this; }
    // Basic shares, with as many rights, no over-subscription, and the aggregate that goes with them.
    NoticeBuilder& for_shares(std::int64_t basic) {
        fields_.rights_held = Rights(basic);
        fields_.basic_shares = Shares(basic);
        fields_.excess_shares = Shares(0);
        return total();
    }
    NoticeBuilder& and_excess(std::int64_t excess) { return fields_.excess_shares = Shares(excess), total(); }
    NoticeBuilder& dated(std::string_view iso) { return fields_.dated = day(iso), *this; }
    NoticeBuilder& undated() { return fields_.dated.reset(), *this; }
    NoticeBuilder& unsigned_by_holder() { return fields_.signatures.clear(), *this; }
    NoticeBuilder& named(std::vector<std::string> names) { return fields_.names = std::move(names), *this; }
    NoticeBuilder& guaranteed_by(const std::string& firm) { return fields_.guarantor_name = firm, *this; }
    NoticeBuilder& certificates(std::vector<std::string> numbers) { return fields_.certificate_numbers = std::move(numbers), *this; }
    NoticeBuilder& paid_by_wire(const std::string& institution, std::string_view date, const std::string& confirmation) {
        fields_.payment_method = PaymentMethod::kWire;
        fields_.transferor_institution = institution;
        fields_.transfer_date = day(date);
        if (confirmation.empty()) fields_.confirmation_number.reset();
        else fields_.confirmation_number = confirmation;
        return *this;
    }
    NoticeBuilder& paid_by(PaymentMethod method, const std::string& number, const std::string& drawee) {
        fields_.payment_method = method;
        fields_.transferor_institution.reset();
        fields_.transfer_date.reset();
        fields_.confirmation_number.reset();
        fields_.instrument_date = day("2002-06-27");
        fields_.instrument_number = number;
        fields_.drawee = drawee;
        return *this;
    }
    NoticeBuilder& received(std::string_view civil) { return stamp_ = new_york(civil), arrived_ = stamp_, *this; }
    NoticeBuilder& arrived(std::string_view civil) { return arrived_ = new_york(civil), *this; }
    NoticeBuilder& by_fax(const std::string& number = kSampleFax) { return channel_ = Channel::kFax, address_ = number, *this; }
    NoticeBuilder& by_mail(const std::string& address = kSampleMail) { return channel_ = Channel::kMail, address_ = address, *this; }
    NoticeBuilder& by_courier(const std::string& address = kSampleCourier) { return channel_ = Channel::kCourier, address_ = address, *this; }
    // A picture that the gateway's reader is not sure of: these fields are missing, and what it was sure of is the rest.
    NoticeBuilder& to_be_keyed(std::vector<std::string> missing) {
        NoticeReading reading;
        reading.certain = false;
        reading.reason = "a streak runs through it";
        reading.layout = "form";
        for (const std::string& field : missing) reading.fields.push_back({field, "1OO?", 410, ReadPlace{1, 120, 300, 90, 12}, {"100", "1000"}});
        reading.missing = std::move(missing);
        return reading_ = std::move(reading), *this;
    }
    NoticeBuilder& with_reasons(std::vector<Reason> reasons) { return reasons_ = std::move(reasons), *this; }
    // Anything else: a_notice().where([](NoticeFields& fields) { fields.drawee = "..."; })
    template <class Change>
    NoticeBuilder& where(Change change) { return change(fields_), *this; }

    [[nodiscard]] const NoticeFields& fields() const { return fields_; }
    [[nodiscard]] NoticeId notice_id() const { return gateway_ + "." + std::to_string(sequence_); }
    [[nodiscard]] Context context() const { return support::context(gateway_, sequence_, arrived_); }

    // As a gateway hands it over: the document's bytes stand for themselves, the fields are keyed.
    [[nodiscard]] SubmitNotice submission() const {
        SubmitNotice command;
        command.document = Bytes("the form of " + notice_id());
        command.media_type = "text/plain";
        command.sha256 = base::sha256_hex(command.document.view());
        command.stamp = stamp_;
        command.channel = channel_;
        command.address = address_;
        command.sender_station = "+12125550199";
        command.delivery = "delivery-" + notice_id();
        command.keyed = fields_;
        command.reading = reading_;
        if (reading_) command.media_type = "image/tiff";
        return command;
    }

    // As intake decides it, with the reasons that the test gives; for the tests of the other services.
    [[nodiscard]] NoticeDecided decided() const {
        Notice notice;
        notice.id = notice_id();
        notice.reasons = reasons_;
        notice.status = status_from(reasons_);
        notice.content = content();
        notice.basic_entitlement = Shares(fields_.rights_held.value_or(Rights(0)).value);
        Delivery delivery;
        delivery.id = "delivery-" + notice_id();
        delivery.gateway = gateway_;
        delivery.channel = channel_;
        delivery.address = address_;
        delivery.listed = true;
        delivery.stamp = stamp_;
        delivery.arrived = arrived_;
        delivery.document = kSampleHash;
        delivery.media_type = "text/plain";
        delivery.pages = 1;
        notice.deliveries = {delivery};
        NoticeDecided event;
        event.notice = notice;
        event.sealed.personal.names = fields_.names;
        return event;
    }

private:
    NoticeBuilder& total() {
        fields_.aggregate_cents = Money((fields_.basic_shares->value + fields_.excess_shares->value) * 200);
        return *this;
    }
    [[nodiscard]] NoticeContent content() const {
        NoticeContent content;
        content.issuer = fields_.issuer;
        content.prospectus_date = fields_.prospectus_date;
        content.expiration_date = fields_.expiration_date;
        content.rights_held = fields_.rights_held;
        content.basic_shares = fields_.basic_shares;
        content.excess_shares = fields_.excess_shares;
        content.subscription_price = fields_.subscription_price;
        content.aggregate_cents = fields_.aggregate_cents;
        content.payment_delivery = fields_.payment_delivery;
        content.payment_method = fields_.payment_method;
        content.transferor_institution = fields_.transferor_institution;
        content.transfer_date = fields_.transfer_date;
        content.confirmation_number = fields_.confirmation_number;
        content.instrument_date = fields_.instrument_date;
        content.instrument_number = fields_.instrument_number;
        content.drawee = fields_.drawee;
        content.certificate_numbers = fields_.certificate_numbers;
        content.guarantor_name = fields_.guarantor_name;
        content.dated = fields_.dated;
        return content;
    }

    std::optional<NoticeReading> reading_;
    NoticeFields fields_;
    std::string gateway_ = "fax-1";
    std::uint64_t sequence_ = 1;
    Instant stamp_, arrived_;
    Channel channel_ = Channel::kFax;
    std::string address_ = kSampleFax;
    std::vector<Reason> reasons_;
};

inline NoticeBuilder a_notice() { return {}; }

}  // namespace rightsdesk::support
