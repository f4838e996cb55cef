#include "paper/form.h"

#include <algorithm>
#include <cctype>

#include "paper/dates.h"
#include "paper/form_words.h"
#include "paper/guarantee_block.h"
#include "paper/holder_block.h"
#include "paper/notes.h"
#include "paper/numbers.h"
#include "paper/options.h"
#include "paper/page.h"
#include "paper/payment_block.h"
#include "paper/people.h"

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
        PaymentBlock(page_, notes()).read();
        HolderBlock(page_, notes()).read(end_of_payment());
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
        const auto right = page_.find(after, left->end, left->end + kWidestBlank);
        if (!right) return std::nullopt;
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
        if (auto raw = filled(words::kNewYorkTimeOn, words::kUnlessExtended)) set_date("expiration_date", reading_.fields.expiration_date, *raw);
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
        const std::string text = without_marks(raw);
        value = read_date(text);
        note(field, text);
    }
    template <class Quantity>
    void set_count(const std::string& field, std::optional<Quantity>& value, const std::optional<std::string>& raw) {
        if (!raw) return;
        const std::string text = tidy(*raw);
        if (const auto number = read_count(text)) value = Quantity(*number);
        if (!text.empty()) note(field, text);
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
            const auto right = page_.find(words::kPerShare, left->end, left->end + kWidestBlank);
            if (!right) continue;
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

    template <class E>
    void set_choice(const std::string& field, std::optional<E>& value, const std::vector<Option>& options, Span place) {
        const Choice choice = read_options(page_, options, place);
        if (choice.value) value = static_cast<E>(*choice.value);
        for (const std::string& text : choice.texts) note(field, text);
    }

    void read_boxes() {
        using domain::PaymentDelivery;
        using domain::PaymentMethod;
        const auto ordinal = [](auto value) { return static_cast<std::size_t>(value); };
        const auto start = page_.find(words::kAggregate);
        const std::size_t from = start ? start->end : 0;
        const auto manner = page_.find(words::kInTheManner, from);
        set_choice("payment_delivery", reading_.fields.payment_delivery,
                   {{words::kHerewith, ordinal(PaymentDelivery::kHerewith)}, {words::kSeparately, ordinal(PaymentDelivery::kSeparately)}},
                   {from, manner ? manner->begin : page_.size()});
        set_choice("payment_method", reading_.fields.payment_method,
                   {{words::kWire, ordinal(PaymentMethod::kWire)},
                    {words::kUncertified, ordinal(PaymentMethod::kUncertifiedCheck), words::kUncertifiedUntil},
                    {words::kCertified, ordinal(PaymentMethod::kCertifiedCheck)},
                    {words::kBankDraft, ordinal(PaymentMethod::kBankDraft)},
                    {words::kMoneyOrder, ordinal(PaymentMethod::kMoneyOrder)}},
                   {manner ? manner->end : from, page_.size()});
    }

    // Where the holder's block can begin.
    [[nodiscard]] std::size_t end_of_payment() const {
        for (const std::string_view words : {words::kDrawee, words::kInstrumentNumber, words::kMaker, words::kInTheManner}) {
            if (const auto found = page_.find(words)) return found->end;
        }
        return 0;
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
            // The period is printed on the form and not filled in: nobody forgot it.
            if (!there && name != "guarantee_days") reading_.missing.emplace_back(name);
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
