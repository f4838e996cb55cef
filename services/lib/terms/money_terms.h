// The sections that say what money must be: [payment], [payment.from] and [price].
#pragma once

#include "domain/terms.h"
#include "terms/toml_reader.h"

namespace rightsdesk::terms {

void read_payment(Section section, domain::Terms& terms);
void read_price(Section section, domain::PriceTerms& price);

}  // namespace rightsdesk::terms
