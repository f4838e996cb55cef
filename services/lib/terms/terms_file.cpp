#include "terms/terms_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "domain/calendar.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "terms/contradictions.h"
#include "terms/exact_numbers.h"
#include "terms/keeping.h"
#include "terms/money_terms.h"
#include "terms/share_terms.h"

namespace rightsdesk::terms {

using namespace domain;  // terms are read into the domain's words

namespace {

constexpr std::int64_t kMaxBusinessDays = 60;
constexpr std::int64_t kMaxLeadMinutes = 43'200;      // thirty days
constexpr std::int64_t kMaxStampGapMinutes = 1'440;
constexpr std::int64_t kMaxApprovals = 9;
constexpr std::size_t kMaxClosings = 1'000;
constexpr std::size_t kMaxReminders = 16;
constexpr std::size_t kMaxAddresses = 50;             // per channel
constexpr std::size_t kMaxSources = 50;
constexpr std::size_t kMaxAliases = 50;
constexpr std::size_t kMaxGuarantors = 10'000;
constexpr std::size_t kMaxIdBytes = 40;
constexpr const char* kIdAllowed = "must be 1 to 40 of a to z, 0 to 9 and -, and not \"desk\"";

bool plain_name(const std::string& text) {
    return text.size() <= kMaxIdBytes && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

void read_offering(Section section, Terms& terms) {
    require(section, "id", terms.id, section.text("id"), kIdAllowed);
    if (!terms.id.empty() && (!plain_name(terms.id) || terms.id == kDesk)) section.mistake("id", "was \"" + terms.id + "\"; " + kIdAllowed);
    require(section, "issuer", terms.issuer, section.text("issuer"), "must be the issuer's name as the form prints it");
    keep(terms.title, section.text("title"));
    keep(terms.agent, section.text("agent"));
    terms.prospectus_date = section.date("prospectus_date");
    require(section, "shares_offered", terms.shares_offered, shares_of(section, "shares_offered"), "must be the number of shares");
    terms.minimum_shares = shares_of(section, "minimum_shares");
    require(section, "shares_per_right", terms.shares_per_right, section.parsed("shares_per_right", parse_ratio), "must be an exact fraction like \"1/7\", \"0.41155\" or \"1\"");
    terms.rights_per_share = section.parsed("rights_per_share", parse_ratio);
    require(section, "subscription_price", terms.subscription_price, section.parsed("subscription_price", parse_price), "must be US dollars like \"2.00\"");
    keep(terms.currency, section.text("currency"));
    if (terms.currency != "USD") section.mistake("currency", "was \"" + terms.currency + "\"; must be USD: the form's payments are in US dollars");
    keep(terms.payee, section.text("payee"));
    keep(terms.rights_transfer, section.one_of<RightsTransfer>("rights"));
    require(section, "account", terms.account, section.text("account"), "must be the offering's own account: its credits belong to it");
    section.finish();
}

void read_extension(Section section, ExtensionTerms& extension) {
    keep(extension.allowed, section.flag("allowed"));
    extension.last_date = section.date("last_date");
    extension.announce_by = section.text("announce_by");
    keep(extension.most_business_days, section.whole("most_business_days", 1, kMaxBusinessDays));
    if (extension.announce_by) {
        const auto understood = parse_announce_by(*extension.announce_by);
        if (!understood) section.mistake("announce_by", understood.error().message);
    }
    section.finish();
}

// A text, or TOML's own local date-time.
std::optional<std::string> civil_time(Section& section, const std::string& key) {
    const toml::node* value = section.node(key);
    const auto* written = value == nullptr ? nullptr : value->as_date_time();
    if (written == nullptr) return section.text(key);
    const toml::date_time at = written->get();
    std::ostringstream civil;
    civil << toml::date_time(at.date, at.time);
    if (!at.is_local() || at.time.nanosecond != 0) {
        section.mistake(key, was(*value) + "; must be a civil time to the second like \"2002-06-28T17:00:00\": the zone has a key of its own");
        return std::nullopt;
    }
    return civil.str();
}

void read_expiration(Section section, Terms& terms) {
    std::string zone;
    std::string at;
    require(section, "zone", zone, section.text("zone"), "must be a zone like \"America/New_York\"");
    require(section, "at", at, civil_time(section, "at"), "must be a civil time like \"2002-06-28T17:00:00\"");
    if (!zone.empty() && !at.empty()) {
        auto resolved = resolve(at, zone);
        if (resolved) terms.expiration = *std::move(resolved);
        else section.mistake(resolved.error().message.find("is no zone") == std::string::npos ? "at" : "zone", resolved.error().message);
    }
    keep(terms.expiration_inclusive, section.flag("inclusive"));
    read_extension(section.section("extension"), terms.extension);
    const std::vector<std::int64_t> leads = section.wholes("reminders_minutes", 1, kMaxLeadMinutes, kMaxReminders);
    if (section.has("reminders_minutes")) terms.reminder_minutes.assign(leads.begin(), leads.end());
    section.finish();
}

// kCustom is what a list makes; it has no name to be written.
std::optional<CalendarKind> named_calendar(const std::string& text) {
    const auto named = base::enum_from_text<CalendarKind>(text);
    return named == CalendarKind::kCustom ? std::nullopt : named;
}

void read_calendar(Section section, CalendarTerms& calendar) {
    const std::string allowed = "must be one of nyse, fed, both, either, or a list of closing dates (then every other weekday is a business day)";
    const toml::node* value = section.node("business_days");
    calendar.closings = section.dates("closings", kMaxClosings);
    if (value == nullptr) {
        section.missing("business_days", allowed);
    } else if (value->is_array()) {
        calendar.kind = CalendarKind::kCustom;
        const std::vector<Date> listed = section.dates("business_days", kMaxClosings);
        calendar.closings.insert(calendar.closings.end(), listed.begin(), listed.end());
    } else {
        const auto named = named_calendar(value->value_exact<std::string>().value_or(""));
        if (named) calendar.kind = *named;
        else section.mistake("business_days", was(*value) + "; " + allowed);
    }
    section.finish();
}

void read_counted_from(Section& section, GuaranteedDeliveryTerms& delivery) {
    const toml::node* value = section.node("counted_from");
    if (value == nullptr) return;
    const std::string text = value->value_exact<std::string>().value_or("");
    if (text == "notice_date") {
        delivery.counted_from = CountedFrom::kNoticeDate;
    } else if (text == "expiration") {
        delivery.counted_from = CountedFrom::kExpiration;
    } else if (value->is_date() || parse_date(text)) {
        delivery.counted_from = CountedFrom::kFixedDate;
        delivery.fixed_date = section.date("counted_from");
    } else {
        section.mistake("counted_from", was(*value) + "; must be one of notice_date, expiration, or a date like 2002-07-02");
    }
}

// A time of day, as a text or TOML's own.
std::optional<std::string> time_of_day(Section& section, const std::string& key) {
    const toml::node* value = section.node(key);
    if (value == nullptr || !value->is_time()) return section.parsed(key, [](const std::string& text) { return parse_time_of_day(text); });
    std::ostringstream written;
    written << value->as_time()->get();
    auto understood = parse_time_of_day(written.str());
    if (understood) return *std::move(understood);
    section.mistake(key, understood.error().message);
    return std::nullopt;
}

void read_foreign(Section section, ForeignTerms& foreign) {
    foreign.on = section.date("on");
    keep(foreign.business_days, section.whole("business_days", 1, kMaxBusinessDays));
    keep(foreign.time, time_of_day(section, "time"));
    if (foreign.on && foreign.business_days) section.mistake("on", "is stated beside business_days; must be one of them");
    if (section.has("time") && !foreign.on && !foreign.business_days) section.missing("on", "must be the day of the earlier hour, or business_days before the expiration");
    section.finish();
}

void read_guaranteed_delivery(Section section, GuaranteedDeliveryTerms& delivery) {
    keep(delivery.enabled, section.flag("enabled"));
    keep(delivery.business_days, section.whole("business_days", 0, kMaxBusinessDays));
    read_counted_from(section, delivery);
    keep(delivery.time, time_of_day(section, "time"));
    keep(delivery.payment_due, section.one_of<PaymentDue>("payment_due"));
    keep(delivery.telephone_confirmation, section.one_of<TelephoneConfirmation>("telephone_confirmation"));
    keep(delivery.signature_guarantee, section.flag("signature_guarantee"));
    keep(delivery.short_cover, section.one_of<ShortCover>("short_cover"));
    section.finish();
}

bool fax_number(const std::string& text) {
    return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' && text.find_first_not_of("0123456789", 1) == std::string::npos;
}

void read_channels(Section section, std::vector<ListedAddress>& channels) {
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<Channel>().size(); ++ordinal) {
        const auto channel = static_cast<Channel>(ordinal);
        for (const std::string& address : section.texts(to_text(channel), kMaxAddresses)) {
            if (channel == Channel::kFax && !fax_number(address)) {
                section.mistake(to_text(channel), "was \"" + address + "\"; must be a number like \"+17185550101\": plus, country code, digits only");
            }
            channels.push_back({channel, address});
        }
    }
    section.finish();
}

std::vector<std::string> source_names(Section& section, const std::string& key) {
    const std::vector<std::string> names = section.texts(key, kMaxSources);
    for (const std::string& name : names) {
        if (!plain_name(name)) section.mistake(key, "was \"" + name + "\"; must be 1 to 40 of a to z, 0 to 9 and -");
    }
    return names;
}

void read_sources(Section section, Terms& terms) {
    terms.gateways = source_names(section, "gateways");
    terms.bank_feeds = source_names(section, "bank_feeds");
    if (!section.has("gateways")) section.missing("gateways", "must be a list of those whose watermarks the count waits for");
    if (!section.has("bank_feeds")) section.missing("bank_feeds", "must be a list of those whose watermarks the count waits for; [] when there is none");
    keep(terms.stamp_gap_minutes, section.whole("stamp_gap_minutes", 1, kMaxStampGapMinutes));
    section.finish();
}

// Release and return of shares and money need two people, never one (rules.md section 2).
void read_approvals(Section section, ApprovalTerms& approvals) {
    keep(approvals.extension, section.whole("extension", 1, kMaxApprovals));
    keep(approvals.allocation, section.whole("allocation", 2, kMaxApprovals));
    keep(approvals.refund, section.whole("refund", 2, kMaxApprovals));
    keep(approvals.waiver, section.whole("waiver", 1, kMaxApprovals));
    keep(approvals.suspension, section.whole("suspension", 1, kMaxApprovals));
    keep(approvals.termination, section.whole("termination", 2, kMaxApprovals));
    keep(approvals.closing, section.whole("closing", 1, kMaxApprovals));
    keep(approvals.final_price, section.whole("final_price", 1, kMaxApprovals));
    keep(approvals.instruction, section.flag("instruction"));
    section.finish();
}

GuarantorTerms read_guarantor(Section& section) {
    GuarantorTerms guarantor;
    require(section, "name", guarantor.name, section.text("name"), "must be the firm's name");
    guarantor.aliases = section.texts("aliases", kMaxAliases);
    keep(guarantor.eligible, section.flag("eligible"));
    keep(guarantor.eligible_as, section.text("eligible_as"));
    if (guarantor.eligible && !section.has("eligible_as")) section.missing("eligible_as", "must be the class or programme that makes the firm eligible");
    guarantor.valid_from = section.date("valid_from");
    guarantor.valid_to = section.date("valid_to");
    require(section, "source", guarantor.source, section.text("source"), "must be the evidence for the row");
    if (guarantor.valid_from && guarantor.valid_to && *guarantor.valid_to < *guarantor.valid_from) {
        section.mistake("valid_to", "was " + to_text(*guarantor.valid_to) + "; must not be before valid_from, " + to_text(*guarantor.valid_from));
    }
    section.finish();
    return guarantor;
}

Terms read(Section& file, Mistakes& mistakes) {
    Terms terms;
    read_offering(file.section("offering"), terms);
    read_expiration(file.section("expiration"), terms);
    read_calendar(file.section("calendar"), terms.calendar);
    read_guaranteed_delivery(file.section("guaranteed_delivery"), terms.guaranteed_delivery);
    read_foreign(file.section("foreign"), terms.foreign);
    read_channels(file.section("channels"), terms.channels);
    read_payment(file.section("payment"), terms);
    read_price(file.section("price"), terms.price);
    read_exercise(file.section("exercise"), terms);
    read_over_subscription(file.section("over_subscription"), terms.over_subscription);
    read_sources(file.section("sources"), terms);
    read_approvals(file.section("approvals"), terms.approvals);
    for (Section& row : file.sections("guarantor", kMaxGuarantors)) terms.guarantors.push_back(read_guarantor(row));
    for (Section& row : file.sections("standby", kMaxStandby)) terms.standby.push_back(read_standby(row));
    file.finish();
    if (mistakes.none()) find_contradictions(terms, file);
    return terms;
}

}  // namespace

base::Result<Terms> parse_terms(std::string_view text, std::string_view name) {
    if (text.size() > kMaxFileBytes) return base::invalid(std::string(name) + ": is larger than " + std::to_string(kMaxFileBytes) + " bytes");
    try {
        const toml::table table = toml::parse(text, name);
        Mistakes mistakes(name);
        Section file(mistakes, &table, "", 1);
        Terms terms = read(file, mistakes);
        if (!mistakes.none()) return base::invalid(mistakes.told());
        return terms;
    } catch (const toml::parse_error& error) {
        return base::invalid(std::string(name) + ":" + std::to_string(error.source().begin.line) + ": is no TOML: " + std::string(error.description()));
    }
}

base::Result<Terms> load_terms(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return base::failure(base::ErrorKind::kNotFound, path + ": cannot be read: " + std::strerror(errno));
    std::string text(kMaxFileBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (file.fail() && !file.eof())) return base::failure(base::ErrorKind::kNotFound, path + ": cannot be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parse_terms(text, path);
}

}  // namespace rightsdesk::terms
