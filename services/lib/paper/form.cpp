#include "paper/form.h"

#include <algorithm>
#include <cctype>

#include "paper/blocks.h"
#include "paper/boxes.h"
#include "paper/dates.h"
#include "paper/form_words.h"
#include "paper/numbers.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

// A word of two octets and more of control characters is no text layer.
bool looks_binary(std::string_view text) {
    const auto strange = std::count_if(text.begin(), text.end(), [](unsigned char letter) { return letter < 0x20 && std::isspace(letter) == 0; });
    return static_cast<std::size_t>(strange) * 20 > text.size();
}

class FormReader {
public:
    explicit FormReader(std::string_view text) : page_(text) {}

    [[nodiscard]] bool is_ours() const {
        const auto there = [&](std::string_view words) { return page_.find(words).has_value(); };
        return there("guaranteed delivery") && there("subscription") && (there("rights certificate") || there("subscription privilege")) &&
               (there("subscription agent") || there("subscription price"));
    }

    Reading read() {
        read_issue();
        read_exercise();
        read_boxes();
        read_payment();
        HolderBlock(page_, notes()).read();
        GuaranteeBlock(page_, notes()).read();
        list_missing();
        return std::move(reading_);
    }

private:
    [[nodiscard]] Notes notes() { return Notes{reading_.fields, reading_.read_from}; }

    void note(const std::string& field, const std::string& source) { notes().note(field, source); }

    // What stands between two pieces of the form's own words; the second is sought after the first. Nothing when either is
    // not there or they are further apart than anything that is filled in.
    [[nodiscard]] std::optional<std::string> filled(std::string_view before, std::string_view after, std::size_t from = 0) const {
        const auto left = page_.find(before, from);
        if (!left) return std::nullopt;
        const auto right = page_.find(after, left->end);
        if (!right || right->begin - left->end > kWidestBlank) return std::nullopt;
        return page_.between(left->end, right->begin);
    }

    void read_issue() {
        if (auto raw = filled(words::kProspectusOf, words::kCorporation)) {
            // "Rare Medium Group, Inc., a Delaware": the name ends at the last ", a ".
            const std::string text = tidy(*raw);
            const auto state = std::max(rfind_or_zero(text, ", a "), rfind_or_zero(text, ", an "));
            set_issuer(state > 0 ? text.substr(0, state) : "");
        }
        if (!reading_.fields.issuer) {
            if (auto raw = filled(words::kIssuedBy, words::kThisForm)) set_issuer(tidy(*raw));
        }
        if (auto raw = filled(words::kProspectusDated, words::kTheProspectus)) set_date("prospectus_date", reading_.fields.prospectus_date, *raw);
        if (auto raw = filled(words::kAgentAtOrPrior, words::kUnlessExtended)) set_date("expiration_date", reading_.fields.expiration_date, *raw);
        if (!reading_.fields.expiration_date) {
            if (auto raw = filled(words::kNewYorkTimeOn, words::kUnlessExtended)) set_date("expiration_date", reading_.fields.expiration_date, *raw);
        }
    }

    static std::size_t rfind_or_zero(const std::string& text, std::string_view what) {
        const auto at = text.rfind(what);
        return at == std::string::npos ? 0 : at;
    }
    void set_issuer(const std::string& text) {
        if (!says_something(text)) return;
        reading_.fields.issuer = text;
        note("issuer", text);
    }
    void set_date(const std::string& field, std::optional<domain::Date>& value, const std::string& raw) {
        value = read_date(tidy(raw));
        if (says_something(raw)) note(field, tidy(raw));
    }
    template <class Quantity>
    void set_count(const std::string& field, std::optional<Quantity>& value, const std::optional<std::string>& raw) {
        if (!raw) return;
        const std::string text = tidy(*raw);
        if (const auto number = read_count(text)) value = Quantity(*number);
        if (!text.empty()) note(field, text);
    }
    void set_text(const std::string& field, std::optional<std::string>& value, std::string_view raw) {
        const std::string text = trim_marks(tidy(raw));
        if (!says_something(text)) return;
        value = text;
        note(field, text);
    }
    static std::string trim_marks(std::string text) {
        while (!text.empty() && (text.front() == ':' || text.front() == ' ')) text.erase(0, 1);
        while (!text.empty() && (text.back() == ' ' || text.back() == ';' || text.back() == ',')) text.pop_back();
        return text;
    }

    void read_exercise() {
        set_count("rights_held", reading_.fields.rights_held, filled(words::kRepresenting, words::kRightsAndThat));
        set_count("basic_shares", reading_.fields.basic_shares, filled(words::kToSubscribeFor, words::kShares));
        set_count("excess_shares", reading_.fields.excess_shares, filled(words::kUpTo, words::kExcessShares));
        read_prices();
        if (const auto raw = filled(words::kAggregate, words::kEither)) {
            const std::string text = tidy(*raw);
            if (const auto cents = read_cents(text)) reading_.fields.aggregate_cents = domain::Money(*cents);
            if (says_something(text)) note("aggregate_cents", text);
        }
    }

    // The price stands twice on the form. Two that differ are no price.
    void read_prices() {
        std::vector<std::string> texts;
        std::vector<std::string> prices;
        std::size_t from = 0;
        while (const auto left = page_.find(words::kPriceOf, from)) {
            from = left->end;
            const auto right = page_.find(words::kPerShare, left->end);
            if (!right || right->begin - left->end > kWidestBlank) continue;
            const std::string text = tidy(page_.between(left->end, right->begin));
            if (!says_something(text)) continue;
            texts.push_back(text);
            if (const auto price = read_price(text)) prices.push_back(*price);
        }
        const bool agree = !prices.empty() && prices.size() == texts.size() && std::all_of(prices.begin(), prices.end(), [&](const auto& price) { return price == prices.front(); });
        if (agree) reading_.fields.subscription_price = prices.front();
        if (!texts.empty()) note("subscription_price", texts.front());
        if (!agree && texts.size() > 1) note("subscription_price", texts.back());
    }

    // Where a box's own words begin, sought in order, so that "certified check" is not found in "uncertified check".
    struct Option {
        std::string_view words;
        std::size_t value;
    };

    // "Certified check" stands in "uncertified check" too, in the form's own words about it.
    [[nodiscard]] std::optional<Span> find_option(std::string_view words, std::size_t from) const {
        auto label = page_.find(words, from);
        while (label && label->begin >= 2 && lower(page_.between(label->begin - 2, label->begin)) == "un") label = page_.find(words, label->end);
        return label;
    }

    template <class E>
    void read_options(const std::string& field, std::optional<E>& value, const std::vector<Option>& options, std::size_t from) {
        std::vector<E> ticked;
        for (const Option& option : options) {
            const auto label = find_option(option.words, from);
            if (!label) continue;
            const std::size_t reach = label->begin > kWidestBoxReach ? label->begin - kWidestBoxReach : 0;
            if (ends_in_ticked_box(page_.between(std::max(reach, from), label->begin))) {
                ticked.push_back(static_cast<E>(option.value));
                const std::string before = page_.between(reach, label->begin);
                note(field, tidy(std::string_view(before).substr(without_last_box(before).size())) + " " + tidy(page_.between(label->begin, label->end)));
            }
            from = label->end;
        }
        if (ticked.size() == 1) value = ticked.front();
    }

    void read_boxes() {
        using domain::PaymentDelivery;
        using domain::PaymentMethod;
        const auto start = page_.find(words::kAggregate);
        const std::size_t from = start ? start->end : 0;
        read_options("payment_delivery", reading_.fields.payment_delivery,
                     {{words::kHerewith, static_cast<std::size_t>(PaymentDelivery::kHerewith)}, {words::kSeparately, static_cast<std::size_t>(PaymentDelivery::kSeparately)}}, from);
        const auto manner = page_.find(words::kInTheManner, from);
        read_options("payment_method", reading_.fields.payment_method,
                     {{words::kWire, static_cast<std::size_t>(PaymentMethod::kWire)},
                      {words::kUncertified, static_cast<std::size_t>(PaymentMethod::kUncertifiedCheck)},
                      {words::kCertified, static_cast<std::size_t>(PaymentMethod::kCertifiedCheck)},
                      {words::kBankDraft, static_cast<std::size_t>(PaymentMethod::kBankDraft)},
                      {words::kMoneyOrder, static_cast<std::size_t>(PaymentMethod::kMoneyOrder)}},
                     manner ? manner->end : from);
    }

    void read_payment() {
        const auto wire = page_.find(words::kTransferor);
        if (wire) {
            if (const auto raw = filled(words::kTransferor, words::kTransferDate)) set_text("transferor_institution", reading_.fields.transferor_institution, *raw);
            if (const auto raw = filled(words::kTransferDate, words::kConfirmation, wire->end)) set_date("transfer_date", reading_.fields.transfer_date, *raw);
            if (const auto raw = filled(words::kConfirmation, words::kUncertified, wire->end)) set_text("confirmation_number", reading_.fields.confirmation_number, without_last_box(*raw));
        }
        if (!page_.find(words::kMaker)) return;
        if (const auto raw = filled(words::kMaker, words::kInstrumentDate)) set_text("maker", reading_.fields.maker, *raw);
        if (const auto raw = filled(words::kInstrumentDate, words::kInstrumentNumber)) set_date("instrument_date", reading_.fields.instrument_date, *raw);
        if (const auto raw = filled(words::kInstrumentNumber, words::kDrawee)) set_text("instrument_number", reading_.fields.instrument_number, *raw);
        if (const auto raw = filled(words::kDrawee, words::kSignatures)) set_text("drawee", reading_.fields.drawee, *raw);
    }

    void list_missing() {
        domain::NoticeFields::visit_members(reading_.fields, [&](std::string_view name, const auto& member) {
            using Member = std::remove_cvref_t<decltype(member)>;
            bool there = false;
            if constexpr (requires { member.has_value(); }) {
                there = member.has_value();
            } else {
                static_assert(std::is_same_v<Member, std::vector<std::string>>);
                there = !member.empty();
            }
            if (!there) reading_.missing.emplace_back(name);
        });
    }

    Page page_;
    Reading reading_;
};

}  // namespace

base::Result<Reading> parse_form(std::string_view text) {
    if (text.size() > kMaxFormOctets) return base::invalid("the document has more than 256 KiB: that is no notice's text");
    if (!says_something(text)) return base::invalid("the document has no text");
    if (looks_binary(text)) return base::invalid("the document is no text: hand over the text layer of the fax");
    FormReader reader(text);
    if (!reader.is_ours()) return base::invalid("the words of a notice of guaranteed delivery for rights are not in the document");
    return reader.read();
}

}  // namespace rightsdesk::paper
