// The figures of a notice bear each other out: the shares asked for, at their price, are the amount that is paid (form: "aggregate
// Subscription Price"). Inside this room. Pure.
#pragma once

#include <map>
#include <string>

#include "domain/types.h"
#include "reading/ballot.h"
#include "reading/page_reading.h"

namespace rightsdesk::reading {

// Whether (basic + excess shares) x price is the amount, to the cent; not where one of them is absent. No excess shares are none.
bool adds_up(const domain::NoticeFields& fields);

// `ballots`: what was said of each number, by field. Of the four figures one that is not certain becomes so where one of its readings, and
// no other, makes the sum come out; one that is certain is doubted where another of its readings would, and it does not.
void settle_sums(const std::map<std::string, Ballot>& ballots, PageReading& read);

}  // namespace rightsdesk::reading
