#include "domain/holder_register.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/check.h"
#include "domain/deadlines.h"
#include "domain/folded_text.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

namespace {

constexpr std::size_t kMostText = 0xFFFF;             // octets of one holder's number or name
constexpr std::size_t kLettersToMisread = 5;          // a word of so many may have one letter misread

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

// Words that say how joint holders hold, not who they are.
bool says_who(const std::string& word) {
    static constexpr std::array<std::string_view, 12> kHow = {"and", "or", "jt", "ten", "tenants", "joint", "com", "wros", "jtwros", "mr", "mrs", "ms"};
    return std::find(kHow.begin(), kHow.end(), word) == kHow.end();
}

std::vector<std::string> who_is_in(std::string_view name) {
    std::vector<std::string> words = folded_words(name);
    std::erase_if(words, [](const std::string& word) { return !says_who(word); });
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::vector<std::string> who_is_in(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += name + " ";
    return who_is_in(all);
}

std::uint64_t hash_of(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += word + " ";
    return hash_of(std::string_view(all));
}

bool is_written_like(const std::string& left, const std::string& right) {
    if (left == right) return true;
    return std::min(left.size(), right.size()) >= kLettersToMisread && letters_apart(left, right, 1) <= 1;
}

bool has_all(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& other) { return is_written_like(word, other); });
    });
}

// One side may say more than the other: a middle name, the second of two joint holders.
bool agree(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
    return ours.empty() || theirs.empty() || has_all(theirs, ours) || has_all(ours, theirs);
}

}  // namespace

bool is_united_states(std::string_view country) {
    static constexpr std::array<std::string_view, 5> kNames = {"", "us", "usa", "unitedstates", "unitedstatesofamerica"};
    return std::find(kNames.begin(), kNames.end(), folded_address(country)) != kNames.end();
}

HolderPlace place_of(std::string_view address, std::string_view country) {
    const auto words = folded_words(address);
    const bool army = std::any_of(words.begin(), words.end(), [](const std::string& word) { return word == "apo" || word == "fpo" || word == "dpo"; });
    if (army) return HolderPlace::kArmyPost;
    return is_united_states(country) ? HolderPlace::kDomestic : HolderPlace::kAbroad;
}

std::span<const RegisterIndex::Key> RegisterIndex::with_hash(const std::vector<Key>& keys, std::uint64_t hash) {
    Key wanted;
    wanted.hash = hash;
    const auto [first, last] = std::equal_range(keys.begin(), keys.end(), wanted, [](const Key& left, const Key& right) { return left.hash < right.hash; });
    return {first, last};
}

void RegisterIndex::add(const HolderOfRecord& line) {
    CHECK(!sealed_ && entries_.size() < kMaxHoldersOfRecord);
    CHECK(line.holder.size() <= kMostText && line.name.size() <= kMostText);
    const auto at = static_cast<std::uint32_t>(entries_.size());
    Entry entry;
    entry.text = text_.size();
    entry.line = line.line;
    entry.holder_size = static_cast<std::uint16_t>(line.holder.size());
    entry.name_size = static_cast<std::uint16_t>(line.name.size());
    entry.place = place_of(line.address, line.country);
    entry.rights = line.rights;
    entry.shares = line.shares;
    entries_.push_back(entry);
    rights_ += line.rights;
    text_.append(line.holder).append(line.name);
    names_.push_back({hash_of(who_is_in(line.name)), at, 0, 0});
    for (const std::string_view number : line.certificates) {
        const std::string folded_number = folded_address(number);
        certificates_.push_back({hash_of(std::string_view(folded_number)), at, static_cast<std::uint32_t>(folded_number.size()), text_.size()});
        text_ += folded_number;
    }
}

base::Result<> RegisterIndex::seal() {
    CHECK(!sealed_);
    const auto by_hash = [](const Key& left, const Key& right) { return left.hash != right.hash ? left.hash < right.hash : left.entry < right.entry; };
    std::sort(certificates_.begin(), certificates_.end(), by_hash);
    std::sort(names_.begin(), names_.end(), by_hash);
    sealed_ = true;
    if (auto once = each_holder_once(); !once) return once;
    return each_certificate_once();
}

base::Result<> RegisterIndex::each_holder_once() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> seen;
    seen.reserve(entries_.size());
    for (std::uint32_t at = 0; at < entries_.size(); ++at) seen.emplace_back(hash_of(holder_of(entries_[at])), at);
    std::sort(seen.begin(), seen.end());
    for (std::size_t at = 1; at < seen.size(); ++at) {
        if (seen[at].first != seen[at - 1].first) continue;
        const Entry& one = entries_[seen[at - 1].second];
        const Entry& other = entries_[seen[at].second];
        if (holder_of(one) != holder_of(other)) continue;
        return base::invalid("line " + std::to_string(other.line) + ": holder: was \"" + std::string(holder_of(other)) + "\", as on line " +
                             std::to_string(one.line) + "; each must be there once");
    }
    return {};
}

base::Result<> RegisterIndex::each_certificate_once() const {
    for (std::size_t at = 1; at < certificates_.size(); ++at) {
        const Key& one = certificates_[at - 1];
        const Key& other = certificates_[at];
        if (one.hash != other.hash || certificate_of(one) != certificate_of(other)) continue;
        return base::invalid("line " + std::to_string(entries_[other.entry].line) + ": certificates: \"" + std::string(certificate_of(other)) +
                             "\" is on line " + std::to_string(entries_[one.entry].line) + " already; each must be there once");
    }
    return {};
}

void RegisterIndex::add_by_certificate(const std::string& number, std::vector<std::uint32_t>& found, std::vector<std::string>& unknown) const {
    const std::string wanted = folded_address(number);
    if (wanted.empty()) return;
    const auto candidates = with_hash(certificates_, hash_of(std::string_view(wanted)));
    const auto key = std::find_if(candidates.begin(), candidates.end(), [&](const Key& candidate) { return certificate_of(candidate) == wanted; });
    if (key == candidates.end()) unknown.push_back(number);
    else found.push_back(key->entry);
}

void RegisterIndex::add_by_names(const std::vector<std::string>& names, std::vector<std::uint32_t>& found) const {
    const auto wanted = who_is_in(names);
    if (wanted.empty()) return;
    for (const Key& key : with_hash(names_, hash_of(wanted))) {
        if (who_is_in(name_of(entries_[key.entry])) == wanted) found.push_back(key.entry);
    }
}

RegisterFinding RegisterIndex::find(const std::vector<std::string>& certificate_numbers, const std::vector<std::string>& names) const {
    CHECK(sealed_);
    RegisterFinding finding;
    std::vector<std::uint32_t> found;
    for (const std::string& number : certificate_numbers) add_by_certificate(number, found, finding.unknown_certificates);
    const bool by_certificate = !found.empty();
    if (!by_certificate) add_by_names(names, found);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const auto ours = who_is_in(names);
    finding.several = !by_certificate && found.size() > 1;
    for (const std::uint32_t at : found) {
        const Entry& entry = entries_[at];
        take(finding, entry);
        if (by_certificate && !agree(ours, who_is_in(name_of(entry)))) finding.names_agree = false;
    }
    return finding;
}

void RegisterIndex::take(RegisterFinding& finding, const Entry& entry) const {
    const bool first = finding.lines.empty();
    if (finding.lines.size() < kMaxLinesOfFinding) finding.lines.push_back(entry.line);
    if (finding.several) {
        finding.rights = std::max(finding.rights, entry.rights);
        finding.shares = first ? entry.shares : std::min(finding.shares, entry.shares);
        return;
    }
    finding.rights += entry.rights;
    finding.shares += entry.shares;
    if (entry.place != HolderPlace::kDomestic && finding.place != HolderPlace::kAbroad) finding.place = entry.place;
}

std::optional<RegisterFinding> RegisterIndex::find_on(std::uint32_t line) const {
    const Entry* entry = on_line(line);
    if (entry == nullptr) return std::nullopt;
    RegisterFinding finding;
    take(finding, *entry);
    return finding;
}

std::string_view RegisterIndex::holder_on(std::uint32_t line) const {
    const Entry* entry = on_line(line);
    CHECK(entry != nullptr);
    return holder_of(*entry);
}

const RegisterIndex::Entry* RegisterIndex::on_line(std::uint32_t line) const {
    const auto entry = std::lower_bound(entries_.begin(), entries_.end(), line, [](const Entry& left, std::uint32_t wanted) { return left.line < wanted; });
    return entry != entries_.end() && entry->line == line ? &*entry : nullptr;
}

namespace {

bool is_after_cut_off(const Life& life, const Delivery& delivery) {
    const auto cut_off = foreign_cut_off(life.terms, life.expiration);
    if (!cut_off) return false;
    const Instant hour = cut_off->deadline.instant;
    return delivery.stamp > hour || (delivery.stamp == hour && !life.terms.expiration_inclusive);
}

}  // namespace

std::vector<Reason> judge_on_register(const Life& life, const NoticeContent& content, const Delivery& delivery,
                                      const std::optional<RegisterFinding>& finding) {
    std::vector<Reason> reasons;
    if (!finding) return reasons;
    if (finding->lines.empty()) {
        reasons.push_back(life.terms.rights_transfer == RightsTransfer::kTransferable ? Reason::kTransferee : Reason::kNotOnRegister);
        const bool asks_over = content.excess_shares.value_or(Shares(0)) > Shares(0);
        if (asks_over && life.terms.over_subscription.eligible == OverSubscriber::kHoldersOfRecord) reasons.push_back(Reason::kOverNotEligible);
        return in_order(std::move(reasons));
    }
    if (finding->several) reasons.push_back(Reason::kSeveralHolders);
    if (!finding->unknown_certificates.empty()) reasons.push_back(Reason::kCertificateUnknown);
    if (content.rights_held.value_or(Rights(0)) > finding->rights) reasons.push_back(Reason::kRightsBeyondRegister);
    if (!finding->names_agree) reasons.push_back(Reason::kRegisterNameDiffers);
    if (finding->place != HolderPlace::kDomestic && is_after_cut_off(life, delivery)) reasons.push_back(Reason::kAfterForeignCutOff);
    return in_order(std::move(reasons));
}

bool knows_certificates(const std::optional<RegisterFinding>& finding, const std::vector<std::string>& certificate_numbers) {
    return finding && !certificate_numbers.empty() && !finding->lines.empty() && finding->unknown_certificates.empty();
}

}  // namespace rightsdesk::domain
