// What a seed's case is on a layout: the values of form_values.h, without those that the layout has no blank for.
#include <algorithm>

#include "support/faxed_form.h"

namespace rightsdesk::support {

namespace {

using Blanks = std::set<std::string>;

bool has_any(const Blanks& blanks, std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return blanks.contains(name); });
}

// Whether the layout has a place for a field. Boxes and the period of the guarantee are looked at elsewhere.
bool has_field(const Blanks& blanks, const std::string& field) {
    if (field == "issuer") return has_any(blanks, {"issuer", "title"});
    if (field == "subscription_price") return blanks.contains("price");
    if (field == "aggregate_cents") return blanks.contains("aggregate");
    if (field == "certificate_numbers") return blanks.contains("certificates");
    if (field == "guarantor_name") return blanks.contains("firm");
    if (field == "address") return has_any(blanks, {"address", "address1"});
    if (field == "guarantor_address") return has_any(blanks, {"guarantor_address", "guarantor_address1"});
    return blanks.contains(field);
}

// A mark for which there is no box goes to one that is there; two marks may become one.
void move_marks(FormValues& values, const Blanks& blanks, const std::vector<std::string>& boxes, Random& random) {
    std::vector<std::string> there;
    for (const std::string& box : boxes) {
        if (blanks.contains("box:" + box)) there.push_back(box);
    }
    for (const std::string& box : boxes) {
        if (!values.ticked.contains(box) || blanks.contains("box:" + box)) continue;
        values.ticked.erase(box);
        if (!there.empty()) values.ticked[random.of(there)] = true;
    }
}

template <class E>
std::optional<E> one_marked(const FormValues& values, const std::vector<std::string>& boxes) {
    std::optional<E> marked;
    for (std::size_t box = 0; box < boxes.size(); ++box) {
        if (!values.ticked.contains(boxes[box])) continue;
        if (marked) return std::nullopt;
        marked = static_cast<E>(box);
    }
    return marked;
}

void mean_marks(FormValues& values, const Blanks& blanks, Random& random) {
    static const std::vector<std::string> kDeliveries = {"herewith", "separately"};
    static const std::vector<std::string> kMethods = {"wire", "uncertified_check", "certified_check", "bank_draft", "money_order"};
    move_marks(values, blanks, kDeliveries, random);
    move_marks(values, blanks, kMethods, random);
    values.meant.payment_delivery = one_marked<domain::PaymentDelivery>(values, kDeliveries);
    values.meant.payment_method = one_marked<domain::PaymentMethod>(values, kMethods);
}

// Most people can multiply: (basic + excess) at the price, where that is whole cents.
void work_out_aggregate(FormValues& values, Random& random) {
    const auto& meant = values.meant;
    if (!meant.aggregate_cents || !meant.basic_shares || !meant.subscription_price || random.one_in(10)) return;
    const std::string& price = *meant.subscription_price;
    const auto point = price.find('.');
    if (price.size() - point != 3) return;
    const std::int64_t cents = std::stoll(price.substr(0, point)) * 100 + std::stoll(price.substr(point + 1));
    const std::int64_t shares = meant.basic_shares->value + (meant.excess_shares ? meant.excess_shares->value : 0);
    values.meant.aggregate_cents = domain::Money(shares * cents);
    values.written["aggregate"] = cents_written(random, shares * cents);
}

// What other layouts ask for, of which the desk has no field.
void write_further(FormValues& values, Random& random) {
    values.written["dtc_participant"] = std::to_string(10'000 + random.below(10'000)).substr(1);
    values.written["voi_ticket"] = std::to_string(1'000'000 + random.below(9'000'000));
    values.written["protect_number"] = "P" + std::to_string(100'000 + random.below(900'000));
    values.written["contact"] = random.of(std::array<std::string, 4>{"Dana Whitlock", "R. Castellano", "Peter Voss", "Mei Tanaka"});
    values.written["account_number"] = std::to_string(10'000'000 + random.below(90'000'000));
    values.written["capacity"] = random.of(std::array<std::string, 4>{"Vice President", "Operations Manager", "Authorized Officer", "Assistant Secretary"});
    values.written["units"] = grouped(static_cast<std::int64_t>(100 * (1 + random.below(500))), ",");
    values.written["tendered_shares"] = grouped(static_cast<std::int64_t>(100 * (1 + random.below(5'000))), ",");
}

void join_lines(FormValues& values, const std::string& blank) {
    std::string whole;
    for (const char* number : {"1", "2", "3"}) {
        const auto line = values.written.find(blank + number);
        if (line != values.written.end()) whole += (whole.empty() ? "" : ", ") + line->second;
    }
    if (!whole.empty()) values.written[blank] = whole;
}

}  // namespace

FormValues case_on_layout(std::uint64_t seed, const FormLayout& layout) {
    Random random(seed);
    FormValues values = FormWriter(random).write();
    const Blanks blanks = blanks_of(layout);
    work_out_aggregate(values, random);
    write_further(values, random);
    join_lines(values, "address");
    join_lines(values, "guarantor_address");
    mean_marks(values, blanks, random);
    std::erase_if(values.written, [&](const auto& one) { return !blanks.contains(one.first); });
    std::erase_if(values.ticked, [&](const auto& one) { return !blanks.contains("box:" + one.first); });
    domain::NoticeFields::visit_members(values.meant, [&](std::string_view field, auto& member) {
        const bool elsewhere = field == "payment_delivery" || field == "payment_method" || field == "guarantee_days";
        if (!elsewhere && !has_field(blanks, std::string(field))) member = {};
    });
    values.meant.guarantee_days = layout.guarantee_days;
    return values;
}

}  // namespace rightsdesk::support
