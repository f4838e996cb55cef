// The details of the payment: of the wire transfer, and of the check, draft or money order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/labelled.h"
#include "paper/notes.h"
#include "paper/page.h"

namespace rightsdesk::paper {

class PaymentBlock {
public:
    PaymentBlock(const Page& page, Notes notes) : page_(page), notes_(notes) {}
    void read();

private:
    using Blank = std::optional<LabelledBlank>;

    void read_wire();
    void read_instrument();
    [[nodiscard]] std::size_t end_of_wire(std::size_t from) const;
    void set_text(const std::string& field, std::optional<std::string>& value, const Blank& blank);
    void set_date(const std::string& field, std::optional<domain::Date>& value, const Blank& blank);

    const Page& page_;
    Notes notes_;
};

}  // namespace rightsdesk::paper
