// The sections that say what money must be: [payment], [payment.from] and [price].
#pragma once

#include "terms/toml_reader.h"

namespace rightsdesk::terms {

void read_payment(Section section, std::vector<domain::MethodTerms>& payment);
void read_price(Section section, domain::PriceTerms& price);

}  // namespace rightsdesk::terms
