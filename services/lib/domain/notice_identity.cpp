#include "domain/notice_identity.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/texts.h"
#include "domain/folded_text.h"
#include "domain/guarantors.h"

namespace rightsdesk::domain {

namespace {

// The firm as the list names it, so that a name and its alias are one firm.
std::optional<std::string> guarantor_part(const Terms& terms, const NoticeFields& fields) {
    if (!fields.guarantor_name || folded(*fields.guarantor_name).empty()) return std::nullopt;
    return firm_key(terms, *fields.guarantor_name);
}

// All words of all names, sorted: readers split joint holders differently and print surnames first or last.
std::optional<std::string> names_part(const NoticeFields& fields) {
    std::multiset<std::string> words;
    for (const std::string& name : fields.names) {
        for (std::string& word : folded_words(name)) {
            if (word != "and") words.insert(std::move(word));
        }
    }
    if (words.empty()) return std::nullopt;
    return base::joined({words.begin(), words.end()}, " ");
}

std::optional<std::string> rights_part(const NoticeFields& fields) {
    if (!fields.rights_held) return std::nullopt;
    return std::to_string(fields.rights_held->value);
}

std::optional<std::string> shares_part(const NoticeFields& fields) {
    if (!fields.basic_shares) return std::nullopt;
    return std::to_string(fields.basic_shares->value) + "+" + std::to_string(fields.excess_shares.value_or(Shares(0)).value);
}

std::optional<std::string> date_part(const NoticeFields& fields) {
    if (!fields.dated) return std::nullopt;
    return std::to_string(fields.dated->value);
}

using Parts = std::array<std::optional<std::string>, 5>;

// The key of all parts but `left_out`; Parts().size() leaves none out. Nothing when one of them is missing.
std::optional<std::string> key_text(const Parts& parts, std::size_t left_out) {
    std::string text = "notice";
    for (std::size_t part = 0; part < parts.size(); ++part) {
        text += '|';
        if (part == left_out) {
            text += '*';
        } else if (parts[part]) {
            text += *parts[part];
        } else {
            return std::nullopt;
        }
    }
    return text;
}

// Calls `look` with each notice of this key that a new one may be compared with, oldest first, until it answers true.
template <class Look>
void each_comparable(const Book& book, const std::string& key, Look look, const NoticeId& except = {}) {
    for (const EntityName& name : book.with_key(key)) {
        const Entity* entity = book.entity(name);
        const auto* notice = entity == nullptr ? nullptr : std::get_if<Notice>(entity);
        if (notice == nullptr || notice->status == NoticeStatus::kRefused || notice->status == NoticeStatus::kLinked || notice->taken_back || notice->id == except) continue;
        if (look(*notice)) return;
    }
}

}  // namespace

std::set<std::string> folded_numbers(const std::vector<std::string>& numbers) {
    std::set<std::string> result;
    for (const std::string& number : numbers) {
        std::string text = folded_address(number);
        if (!text.empty()) result.insert(std::move(text));
    }
    return result;
}

std::vector<std::string> NoticeKeys::all() const {
    std::vector<std::string> keys;
    if (full) keys.push_back(*full);
    keys.insert(keys.end(), all_but_one.begin(), all_but_one.end());
    keys.insert(keys.end(), certificates.begin(), certificates.end());
    keys.insert(keys.end(), papers.begin(), papers.end());
    return keys;
}

NoticeKeys notice_keys(const Terms& terms, const NoticeFields& fields, const Context& context) {
    const Parts parts = {guarantor_part(terms, fields), names_part(fields), rights_part(fields), shares_part(fields), date_part(fields)};
    NoticeKeys keys;
    if (const auto text = key_text(parts, parts.size())) keys.full = context.hash_key(*text);
    for (std::size_t left_out = 0; left_out < parts.size(); ++left_out) {
        if (const auto text = key_text(parts, left_out)) keys.all_but_one.push_back(context.hash_key(*text));
    }
    keys.papers = certificate_keys(fields.certificate_numbers, context);
    if (!parts[0]) return keys;
    for (const std::string& number : folded_numbers(fields.certificate_numbers)) {
        if (keys.certificates.size() == kMaxCertificatesKeyed) break;
        keys.certificates.push_back(context.hash_key("notice-certificate|" + *parts[0] + "|" + number));
    }
    return keys;
}

std::vector<std::string> certificate_keys(const std::vector<std::string>& certificate_numbers, const Context& context) {
    std::vector<std::string> keys;
    for (const std::string& number : folded_numbers(certificate_numbers)) {
        if (keys.size() == kMaxCertificatesKeyed) break;
        keys.push_back(context.hash_key("certificate|" + number));
    }
    return keys;
}

std::optional<NoticeId> exercised_before(const Book& book, const std::vector<std::string>& certificate_keys) {
    std::optional<NoticeId> before;
    for (const std::string& key : certificate_keys) {
        each_comparable(book, key, [&](const Notice& notice) {
            before = notice.id;
            return true;
        });
        if (before) break;
    }
    return before;
}

Acquaintance acquaintance_of(const Book& book, const NoticeKeys& keys, const std::vector<std::string>& certificate_numbers,
                             bool registered, const NoticeId& except) {
    const auto ours = folded_numbers(certificate_numbers);
    const auto contradicts = [&](const Notice& notice) {
        const auto theirs = folded_numbers(notice.content.certificate_numbers);
        return !ours.empty() && !theirs.empty() && ours != theirs;
    };
    Acquaintance known;
    const auto ask_about = [&](const Notice& notice) {
        if (!known.possible_duplicate) known.possible_duplicate = notice.id;
        return true;
    };
    if (keys.full) {
        each_comparable(book, *keys.full, [&](const Notice& notice) {
            if (is_final(notice.status) || contradicts(notice)) {
                ask_about(notice);
                return false;
            }
            known.same = notice.id;
            return true;
        }, except);
    }
    if (known.same) return Acquaintance{known.same, std::nullopt};
    for (const std::string& key : keys.all_but_one) {
        if (known.possible_duplicate) return known;
        each_comparable(book, key, [&](const Notice& notice) { return !contradicts(notice) && ask_about(notice); }, except);  // else two differ
    }
    for (const std::string& key : keys.certificates) {
        if (known.possible_duplicate) return known;
        each_comparable(book, key, ask_about, except);
    }
    for (const std::string& key : keys.papers) {
        if (known.possible_duplicate) return known;
        each_comparable(book, key, [&](const Notice& notice) { return (registered || notice.form == NoticeForm::kDirectExercise) && ask_about(notice); }, except);
    }
    return known;
}

}  // namespace rightsdesk::domain
