#include "support/layouts/form_layout.h"

#include "support/layouts/estimated_price.h"
#include "support/layouts/form_itself.h"
#include "support/layouts/participant_form.h"
#include "support/layouts/payment_guaranteed.h"
#include "support/layouts/primary_subscription.h"
#include "support/layouts/subscription_certificate.h"
#include "support/layouts/tender_offer.h"
#include "support/layouts/unit_offering.h"

namespace rightsdesk::support {

const std::vector<FormLayout>& form_layouts() {
    static const std::vector<FormLayout> all = {kFormItself,     kSubscriptionCertificate, kPrimarySubscription, kUnitOffering,
                                                 kEstimatedPrice, kParticipantForm,         kPaymentGuaranteed,   kTenderOffer};
    return all;
}

const FormLayout* layout_named(std::string_view name) {
    for (const FormLayout& layout : form_layouts()) {
        if (layout.name == name) return &layout;
    }
    return nullptr;
}

std::set<std::string> blanks_of(const FormLayout& layout) {
    std::set<std::string> blanks;
    for (std::size_t at = layout.text.find('{'); at != std::string_view::npos; at = layout.text.find('{', at + 1)) {
        blanks.emplace(layout.text.substr(at + 1, layout.text.find_first_of("|}", at) - at - 1));
    }
    for (std::size_t at = layout.text.find("\n@"); at != std::string_view::npos; at = layout.text.find("\n@", at + 1)) {
        blanks.insert("box:" + std::string(layout.text.substr(at + 2, layout.text.find(' ', at) - at - 2)));
    }
    return blanks;
}

}  // namespace rightsdesk::support
