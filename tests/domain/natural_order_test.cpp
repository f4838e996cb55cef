// The order in which a report lists its notices and payments.
#include "domain/natural_order.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rightsdesk::domain {
namespace {

TEST(NaturalOrder, numbers_in_ids_count_as_numbers) {
    const std::vector<std::string> sorted = {"",           "bank-1",     "bank-1.1",  "bank-1.2",  "bank-1.10",  "bank-1.10.a", "bank-1.11",
                                             "bank-1.100", "bank-2.1",   "bank-10.1", "bank-10.2", "fax-1.7",    "fax-1.17",    "fax-1.18446744073709551615",
                                             "fax-1.18446744073709551616", "fax-1.x", "mail-1.3"};
    std::vector<std::string> ids = sorted;
    std::reverse(ids.begin(), ids.end());
    std::sort(ids.begin(), ids.end(), natural_less);
    EXPECT_EQ(ids, sorted);
}

// What std::sort and the sameness of reports rest on, over texts in which digits, noughts and letters meet.
TEST(NaturalOrder, any_two_texts_that_differ_have_one_order_and_it_is_transitive) {
    const auto texts = rc::gen::container<std::string>(rc::gen::element('0', '1', '2', '9', '.', '-', 'a', '\xe9'));
    const bool always = rc::check("a strict total order", [&] {
        const std::string one = *texts;
        const std::string other = *texts;
        const std::string third = *texts;
        RC_ASSERT(!natural_less(one, one));
        RC_ASSERT(one == other || natural_less(one, other) != natural_less(other, one));
        if (natural_less(one, other) && natural_less(other, third)) RC_ASSERT(natural_less(one, third));
    });
    EXPECT_TRUE(always);
}

}  // namespace
}  // namespace rightsdesk::domain
