// What somebody wants to say on a notice, and the ways in which it may be written: from a seed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "domain/civil.h"
#include "domain/types.h"

namespace rightsdesk::support {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
    bool one_in(std::size_t many) { return below(many) == 0; }
    template <class Choices>
    auto of(const Choices& choices) {
        return choices[below(choices.size())];
    }

private:
    std::mt19937_64 engine_;
};

// By the names of the form's blanks (blank_form.h); a blank that is not here stays empty.
struct FormValues {
    std::map<std::string, std::string> written;
    std::map<std::string, bool> ticked;
    domain::NoticeFields meant;
};

// ---- ways of writing ----

inline std::string grouped(std::int64_t number, std::string_view separator) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, separator);
    return text;
}

inline std::string count_written(Random& random, std::int64_t number) {
    if (number == 0) return std::string(random.of(std::array<std::string_view, 7>{"none", "NONE", "0", "-0-", "None", "zero", "nil"}));
    const std::string words = number == 1'000 ? "one thousand" : number == 10'000 ? "Ten Thousand" : number == 500'000 ? "five hundred thousand" : "";
    if (!words.empty() && random.one_in(2)) return random.one_in(2) ? words + " (" + grouped(number, ",") + ")" : grouped(number, ",") + " (" + words + ")";
    switch (random.below(6)) {
        case 0: return std::to_string(number);
        case 1: return grouped(number, " ");
        case 2: return "**" + grouped(number, ",") + "**";
        default: return grouped(number, ",");
    }
}

inline std::string cents_written(Random& random, std::int64_t cents) {
    const std::string cents_text = std::to_string(100 + cents % 100).substr(1);
    const bool exact = cents % 100 == 0;
    const std::string dollars = random.one_in(3) ? std::to_string(cents / 100) : grouped(cents / 100, ",");
    const std::string amount = exact && random.one_in(2) ? dollars : dollars + "." + cents_text;
    return std::string(random.of(std::array<std::string_view, 6>{"$", "$", "$ ", "", "USD ", "US$"})) + amount;
}

inline std::string two_digits(unsigned number) { return std::to_string(100 + number).substr(1); }

inline std::string date_written(Random& random, int year, unsigned month, unsigned day) {
    static constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    const std::string name(kMonths[month - 1]);
    const std::string short_name = name.size() > 4 ? name.substr(0, 3) + "." : name;
    const std::string suffix = day % 10 == 1 && day != 11 ? "st" : day % 10 == 2 && day != 12 ? "nd" : day % 10 == 3 && day != 13 ? "rd" : "th";
    const std::string y = std::to_string(year);
    const std::string d = std::to_string(day);
    switch (random.below(14)) {
        case 8: return "the " + d + suffix + " day of " + name + ", " + y;
        case 9: return d + "-" + name.substr(0, 3) + "-" + y;
        case 10: return "Wednesday, " + name + " " + d + ", " + y;
        case 11: return std::to_string(month) + "." + d + "." + y;
        case 0: return std::to_string(month) + "/" + d + "/" + y;
        case 1: return two_digits(month) + "-" + two_digits(day) + "-" + y.substr(2);
        case 2: return d + " " + name + " " + y;
        case 3: return name + " " + d + suffix + ", " + y;
        case 4: return y + "-" + two_digits(month) + "-" + two_digits(day);
        case 5: return short_name + " " + d + ", " + y;
        case 6: return name + " " + d + " " + y;
        case 7: return two_digits(month) + "/" + two_digits(day) + "/" + y.substr(2);
        default: return name + " " + d + ", " + y;
    }
}

inline std::string telephone_written(Random& random) {
    const std::string area = std::to_string(200 + random.below(700));
    const std::string line = "555-" + std::to_string(10'000 + random.below(10'000)).substr(1);
    switch (random.below(8)) {
        case 6: return line;
        case 0: return "(" + area + ") " + line;
        case 3: return "(" + area + ")" + line;
        case 4: return "+1 " + area + " " + line;
        case 5: return area + "-" + line + " ext. 12";
        case 1: return area + "." + line.substr(0, 3) + "." + line.substr(4);
        case 2: return area + "/" + line;
        default: return area + "-" + line;
    }
}

// ---- what is said ----

struct Party {
    std::string written;
    std::vector<std::string> people;
};

inline const std::vector<Party>& parties() {
    static const std::vector<Party> all = {
        {"John Smith", {"John Smith"}},
        {"Maria L. Ortega-Ruiz", {"Maria L. Ortega-Ruiz"}},
        {"Eleanor O'Brien", {"Eleanor O'Brien"}},
        {"John Smith and Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith & Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith; Mary Smith", {"John Smith", "Mary Smith"}},
        {"John Smith / Mary Smith", {"John Smith", "Mary Smith"}},
        {"JOHN Q. PUBLIC", {"JOHN Q. PUBLIC"}},
        {"Granite & Pell Partners, L.P.", {"Granite & Pell Partners, L.P."}},
        {"Cede & Co.", {"Cede & Co."}},
        {"Tamarack Growth Fund", {"Tamarack Growth Fund"}},
        {"Hugo van der Berg", {"Hugo van der Berg"}},
        {"Abel and Ruth Kessler", {"Abel and Ruth Kessler"}},
        {"The Bank of New York, as custodian", {"The Bank of New York, as custodian"}},
        {"Prudence Field, Trustee", {"Prudence Field, Trustee"}},
        {"John Smith\nMary Smith", {"John Smith", "Mary Smith"}},
        {"Carol Jane Appleby\nR. J. Appleby", {"Carol Jane Appleby", "R. J. Appleby"}},
    };
    return all;
}

inline const std::vector<std::vector<std::string>>& addresses() {
    static const std::vector<std::vector<std::string>> all = {
        {"12 Main Street", "Albany, NY 12207"},   {"1 Elm Rd., Apt. 4B", "Salem, MA 01970"}, {"P.O. Box 119", "Dayton, OH 45401"},
        {"One Liberty Plaza", "New York, NY 10006"}, {"400 W. 12th St.", "Austin, TX 78701-1234"}, {"77 Lake Ave, Reno, NV 89501"},
        {"10 Downing Street", "London SW1A 2AA"}, {"c/o Smith & Sons", "Tulsa, OK 74103"}, {"Hillcrest Farm", "Woodstock, Vermont 05091"},
    };
    return all;
}

inline const std::vector<std::vector<std::string>>& offices() {
    static const std::vector<std::vector<std::string>> all = {
        {"31 Milk Street", "Boston, MA 02109"},
        {"100 Wall Street", "20th Floor", "New York, NY 10005"},
        {"Harbor Center", "55 Water Street", "New York, NY 10041"},
        {"9 S. Wacker Dr.", "Suite 1400", "Chicago, IL 60606"},
        {"88 Market Street, San Francisco, CA 94105"},
        {"One Canada Square", "London E14 5AB"},
        {"12 Rue de la Paix", "75002 Paris"},
    };
    return all;
}

inline domain::Date date_meant(Random& random, std::string& written) {
    const auto month = static_cast<unsigned>(4 + random.below(3));
    const auto day = static_cast<unsigned>(1 + random.below(30));
    written = date_written(random, 2002, month, day);
    return domain::date_of(2002, month, day);
}

class FormWriter {
public:
    explicit FormWriter(Random& random) : random_(random) {}

    FormValues write() {
        write_issue();
        write_exercise();
        write_boxes();
        write_payment();
        write_holder();
        write_guarantor();
        if (random_.one_in(3)) leave_out();
        return values_;
    }

private:
    std::string& at(const std::string& blank) { return values_.written[blank]; }
    std::string text(const std::string& blank, const std::string& value) { return at(blank) = value; }

    void write_issue() {
        struct Issuer { std::string_view name, title, short_name, state; };
        const auto issuer = random_.of(std::array<Issuer, 4>{{{"Rare Medium Group, Inc.", "RARE MEDIUM GROUP, INC.", "Rare Medium", "a Delaware"},
                                                              {"Acme Corp.", "ACME CORP.", "Acme", "a Delaware"},
                                                              {"Lindqvist & Field Holdings, Inc.", "LINDQVIST & FIELD HOLDINGS, INC.", "Lindqvist", "an Ohio"},
                                                              {"Northern Light Company", "NORTHERN LIGHT COMPANY", "the Company", "a New York"}}});
        values_.meant.issuer = std::string(issuer.name);
        at("issuer") = issuer.name;
        at("title") = issuer.title;
        at("short") = issuer.short_name;
        at("state") = issuer.state;
        values_.meant.prospectus_date = date_meant(random_, at("prospectus_date"));
        values_.meant.expiration_date = date_meant(random_, at("expiration_date"));
    }

    std::int64_t shares() {
        if (random_.one_in(8)) return random_.of(std::array<std::int64_t, 3>{1'000, 10'000, 500'000});
        return static_cast<std::int64_t>((1 + random_.below(999)) * random_.of(std::array<std::size_t, 4>{1, 100, 1'000, 10'000}));
    }

    void write_exercise() {
        auto& meant = values_.meant;
        meant.rights_held = domain::Rights(shares());
        meant.basic_shares = domain::Shares(shares());
        meant.excess_shares = domain::Shares(random_.one_in(3) ? 0 : shares());
        at("rights_held") = count_written(random_, meant.rights_held->value);
        at("basic_shares") = count_written(random_, meant.basic_shares->value);
        at("excess_shares") = count_written(random_, meant.excess_shares->value);
        struct Price { std::string_view written, meant; };
        const auto price = random_.of(std::array<Price, 7>{{{"$2.00", "2.00"}, {"$0.50", "0.50"}, {"$2", "2.00"}, {"$12.3456", "12.3456"}, {"$ 2.00", "2.00"}, {"2.00", "2.00"}, {"$.50", "0.50"}}});
        meant.subscription_price = std::string(price.meant);
        at("price") = price.written;
        meant.aggregate_cents = domain::Money(static_cast<std::int64_t>(random_.below(100'000'000)) * random_.of(std::array<std::int64_t, 2>{1, 100}));
        at("aggregate") = cents_written(random_, meant.aggregate_cents->value);
    }

    // One of them, or now and then none, or two: then nothing is meant.
    template <class E>
    void tick(std::optional<E>& meant, const std::vector<std::string>& boxes) {
        const std::size_t chosen = random_.below(boxes.size());
        const std::size_t how = random_.below(12);
        if (how == 0) return;
        values_.ticked[boxes[chosen]] = true;
        if (how == 1) values_.ticked[boxes[(chosen + 1) % boxes.size()]] = true;
        if (how != 1) meant = static_cast<E>(chosen);
    }

    void write_boxes() {
        tick(values_.meant.payment_delivery, {"herewith", "separately"});
        tick(values_.meant.payment_method, {"wire", "uncertified_check", "certified_check", "bank_draft", "money_order"});
    }

    void write_payment() {
        auto& meant = values_.meant;
        const std::array<std::string, 4> banks = {"Hudson Valley Savings Bank", "First National Bank & Trust", "Bank of the West", "Citibank, N.A."};
        const bool wire = random_.one_in(2);
        if (wire) {
            meant.transferor_institution = text("transferor_institution", random_.of(banks));
            meant.transfer_date = date_meant(random_, at("transfer_date"));
            if (!random_.one_in(4)) meant.confirmation_number = text("confirmation_number", "20020626H1QHVS1R00000" + std::to_string(random_.below(10)));
            else if (random_.one_in(2)) at("confirmation_number") = "n/a";
        }
        if (wire && !random_.one_in(6)) return;
        meant.maker = text("maker", random_.of(std::array<std::string, 3>{"John Smith", "Cede & Co.", "Smith Family Trust"}));
        meant.instrument_date = date_meant(random_, at("instrument_date"));
        meant.instrument_number = text("instrument_number", random_.of(std::array<std::string, 4>{"004417", "1182", "BD-88213", "MO 77120934"}));
        meant.drawee = text("drawee", random_.of(banks));
    }

    void write_holder() {
        auto& meant = values_.meant;
        const Party party = random_.of(parties());
        if (!random_.one_in(10)) {
            at("signatures") = std::string(random_.one_in(2) ? "/s/ " : "") + party.written;
            meant.signatures = party.people;
        }
        at("names") = party.written;
        meant.names = party.people;
        meant.address = write_lines("address", random_.of(addresses()));
        meant.telephone = text("telephone", telephone_written(random_));
        struct Certificates { std::string_view written; std::vector<std::string> meant; };
        const std::array<Certificates, 9> all = {{{"RC-1001; RC-1002", {"RC-1001", "RC-1002"}}, {"RC1001,RC1002", {"RC1001", "RC1002"}}, {"Nos. 1001 & 1002", {"1001", "1002"}},
                                                     {"RC-1001 through RC-1004", {}}, {"RC-1001, RC-1002", {"RC-1001", "RC-1002"}}, {"RM-10231", {"RM-10231"}}, {"", {}}, {"1001 and 1002", {"1001", "1002"}}, {"none", {}}}};
        const Certificates certificates = random_.of(all);
        if (!certificates.written.empty()) at("certificates") = certificates.written;
        meant.certificate_numbers = certificates.meant;
    }

    // One or two blanks that somebody forgot.
    void leave_out() {
        for (std::size_t times = 1 + random_.below(2); times > 0; --times) {
            const std::string name(random_.of(std::array<std::string_view, 22>{"rights_held", "basic_shares", "excess_shares", "aggregate_cents", "transferor_institution", "transfer_date",
                                                                             "confirmation_number", "maker", "instrument_date", "instrument_number", "drawee", "signatures", "names", "address",
                                                                             "telephone", "certificate_numbers", "guarantor_name", "guarantor_address", "guarantor_telephone", "signatory",
                                                                             "expiration_date", "prospectus_date"}));
            domain::NoticeFields::visit_members(values_.meant, [&](std::string_view field, auto& member) {
                if (field == name) member = {};
            });
            const std::string blank = name == "aggregate_cents" ? "aggregate" : name == "certificate_numbers" ? "certificates" : name == "guarantor_name" ? "firm" : name;
            std::erase_if(values_.written, [&](const auto& one) { return one.first == blank || (blank.ends_with("address") && one.first.starts_with(blank) && one.first.size() == blank.size() + 1); });
        }
    }

    std::string write_lines(const std::string& blank, const std::vector<std::string>& lines) {
        std::string whole;
        for (std::size_t line = 0; line < lines.size(); ++line) {
            at(blank + std::to_string(line + 1)) = lines[line];
            whole += (line == 0 ? "" : ", ") + lines[line];
        }
        return whole;
    }

    void write_guarantor() {
        auto& meant = values_.meant;
        meant.guarantor_address = write_lines("guarantor_address", random_.of(offices()));
        if (!random_.one_in(10)) meant.dated = date_meant(random_, at("dated"));
        meant.guarantee_days = 3;  // the form's own words
        meant.guarantor_name = text("firm", random_.of(std::array<std::string, 7>{"1st Source Bank", "Citibank, N.A.", "J.P. Morgan Securities Inc.", "Dunmore Brokerage, Inc.", "Harbor Securities Corp.", "Granite & Pell", "Lakeshore Credit Union"}));
        meant.guarantor_telephone = text("guarantor_telephone", telephone_written(random_));
        if (random_.one_in(10)) return;
        const auto signatory = random_.of(std::array<std::string, 4>{"Ann-Marie O'Dell", "Luis Ortega", "Karen Novak", "J. P. Dunmore, Vice President"});
        at("signatory") = std::string(random_.of(std::array<std::string_view, 5>{"/s/ ", "/s/", "", "By: ", "By: /s/ "})) + signatory;
        meant.signatory = signatory;
    }

    Random& random_;
    FormValues values_;
};

}  // namespace rightsdesk::support
