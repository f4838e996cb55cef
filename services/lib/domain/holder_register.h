// The register: who held rights on the record date, and under which certificates. Notices are looked up in it by their certificate
// numbers, and by the holders' names where these say nothing. Rights may have been sold since and be held through a nominee, so that
// not being on it is a question only where the terms say that rights cannot be transferred (terms.h, RightsTransfer).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/entities.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kMaxHoldersOfRecord = 5'000'000;
// Of one holder: what is beyond these no paper lists.
inline constexpr std::size_t kMaxCertificatesOfHolder = 4'096;

// One line of the list.
struct HolderOfRecord {
    std::uint32_t line = 0;      // of the file, from 1: what a person looks up
    std::string_view holder;     // the transfer agent's account number: personal
    std::string_view name;       // all names of a joint account: personal
    std::string_view address;    // personal
    std::string_view country;    // empty: the United States
    Rights rights;               // above 0
    Shares shares;               // held on the record date
    std::vector<std::string_view> certificates;
};

// A finding names no more lines than these; what it adds up is over all.
inline constexpr std::size_t kMaxLinesOfFinding = 64;

// "US", "U.S.A.", "United States"; and where nothing is said.
bool is_united_states(std::string_view country);

HolderPlace place_of(std::string_view address, std::string_view country);

// Built line by line, then sealed, then only read: from every thread. About 100 octets a holder and 20 a certificate.
class RegisterIndex {
public:
    // Takes one more line, in the order of the file; keeps copies.
    void add(const HolderOfRecord& line);

    // To be called once, after the last line. kInvalid when a holder or a certificate is there twice: which, and on which lines.
    base::Result<> seal();

    [[nodiscard]] std::uint64_t holders() const { return entries_.size(); }
    [[nodiscard]] Rights rights() const { return rights_; }

    // What it says of a notice with these certificates and names; `revision` is the caller's to set. Several holders of one name, where
    // no certificate says which it is, are not added up: as many rights as the one with most of them has, the shares of the one with
    // fewest, and nobody's place. CHECKs that it is sealed.
    [[nodiscard]] RegisterFinding find(const std::vector<std::string>& certificate_numbers, const std::vector<std::string>& names) const;

    // The same of the holder on one line, as a person says; nothing where there is none.
    [[nodiscard]] std::optional<RegisterFinding> find_on(std::uint32_t line) const;

    // The account number on a line of a finding of this register; CHECKs that there is one.
    [[nodiscard]] std::string_view holder_on(std::uint32_t line) const;

private:
    struct Entry {
        std::uint64_t text = 0;       // where its holder and then its name begin in text_
        std::uint32_t line = 0;
        std::uint16_t holder_size = 0;
        std::uint16_t name_size = 0;
        HolderPlace place = HolderPlace::kDomestic;
        Rights rights;
        Shares shares;
    };
    // A certificate or a name by its hash: the entry, and where the certificate's own text begins (a name's is the entry's).
    struct Key {
        std::uint64_t hash = 0;
        std::uint32_t entry = 0;
        std::uint32_t size = 0;
        std::uint64_t text = 0;
    };

    [[nodiscard]] std::string_view holder_of(const Entry& entry) const { return std::string_view(text_).substr(entry.text, entry.holder_size); }
    [[nodiscard]] std::string_view name_of(const Entry& entry) const { return std::string_view(text_).substr(entry.text + entry.holder_size, entry.name_size); }
    [[nodiscard]] std::string_view certificate_of(const Key& key) const { return std::string_view(text_).substr(key.text, key.size); }
    static std::span<const Key> with_hash(const std::vector<Key>& keys, std::uint64_t hash);  // of sorted ones
    void add_by_certificate(const std::string& number, std::vector<std::uint32_t>& found, std::vector<std::string>& unknown) const;
    [[nodiscard]] const Entry* on_line(std::uint32_t line) const;
    void take(RegisterFinding& finding, const Entry& entry) const;
    void add_by_names(const std::vector<std::string>& names, std::vector<std::uint32_t>& found) const;
    [[nodiscard]] base::Result<> each_holder_once() const;
    [[nodiscard]] base::Result<> each_certificate_once() const;

    std::string text_;
    std::vector<Entry> entries_;
    std::vector<Key> certificates_;
    std::vector<Key> names_;
    Rights rights_;
    bool sealed_ = false;
};

// Every reason that the register brings against a notice, in enumerator order; none where it was not looked up. What it brings
// together with the holder's other notices takes the book: exceeds_register (register_import.h).
std::vector<Reason> judge_on_register(const Life& life, const NoticeContent& content, const Delivery& delivery,
                                      const std::optional<RegisterFinding>& finding);

// Whether the register is sure which certificates these are: all of them are on it.
bool knows_certificates(const std::optional<RegisterFinding>& finding, const std::vector<std::string>& certificate_numbers);

}  // namespace rightsdesk::domain
