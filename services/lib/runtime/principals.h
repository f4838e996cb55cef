// Who holds which key: the directory that every door and feed admits by.
//
//     [[principal]]
//     name = "fax-1"
//     public_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
//     roles = ["fax_gateway"]
//     acts_for_others = false        # optional
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "domain/roles.h"

namespace rightsdesk::runtime {

// Immutable once read: any thread may ask.
class Principals {
public:
    // Unknown keys and roles, a name or key that stands twice: kInvalid, with the place.
    static base::Result<Principals> load(const std::string& path);

    void add(const domain::Principal& principal, const std::string& public_key);
    [[nodiscard]] const domain::Principal* by_name(const std::string& name) const;
    [[nodiscard]] std::optional<std::string> name_of(const std::string& public_key) const;
    [[nodiscard]] std::optional<std::string> public_key_of(const std::string& name) const;

private:
    std::map<std::string, domain::Principal> by_name_;
    std::map<std::string, std::string> name_by_key_;
    std::map<std::string, std::string> key_by_name_;
};

}  // namespace rightsdesk::runtime
