// The people who may sign in at a console, and what each may do: a file of their names, roles and passwords' hashes.
//
//     [[operator]]
//     name = "alice"
//     roles = ["operator", "approver"]
//     password = "$argon2id$v=19$m=65536,t=2,p=1$..."     # made by `rightsdesk operators add`
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "base/result.h"

namespace rightsdesk::runtime {

// A viewer sees; an operator sends every command but an approval; an approver approves. One person may be several.
RIGHTSDESK_ENUM(OperatorRole, kViewer, kOperator, kApprover)

inline constexpr std::size_t kMostOperators = 1'000;
inline constexpr std::size_t kLeastPassword = 12;    // octets
inline constexpr std::size_t kMostPassword = 1'024;

struct Operator {
    std::string name;                    // [a-z0-9._-]{1,40}: as records name the person
    std::vector<OperatorRole> roles;     // at least one
    std::string password_hash;           // argon2id, as libsodium writes it
    bool operator==(const Operator&) const = default;

    [[nodiscard]] bool has(OperatorRole role) const;
};

class Operators {
public:
    // Unknown keys and roles, a name that stands twice, a hash that is none: kInvalid, with the place. kNotFound: no such file.
    static base::Result<Operators> load(const std::string& path);

    // Durable, mode 0600: there whole or not at all. kUnavailable when the disk refuses.
    [[nodiscard]] base::Result<> save(const std::string& path) const;

    // In place of one with that name. kInvalid: the name is none, there is no role, there are too many.
    base::Result<> set(Operator person);
    // False: there is none.
    bool remove(const std::string& name);

    [[nodiscard]] const Operator* find(const std::string& name) const;
    [[nodiscard]] const std::vector<Operator>& all() const { return all_; }

private:
    std::vector<Operator> all_;  // by name
};

// Takes some 50 ms and 64 MiB, which is the point. kInvalid: too short or too long; kUnavailable: no memory.
base::Result<std::string> hash_password(std::string_view password);
// Takes as long, whatever it says.
bool is_password(const std::string& hash, std::string_view password);

}  // namespace rightsdesk::runtime
