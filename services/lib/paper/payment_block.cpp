#include "paper/payment_block.h"

#include "paper/boxes.h"
#include "paper/dates.h"
#include "paper/form_words.h"
#include "paper/people.h"

namespace rightsdesk::paper {

void PaymentBlock::read() {
    read_wire();
    read_instrument();
}

void PaymentBlock::read_wire() {
    const auto transferor = page_.find(words::kTransferor);
    const auto date = page_.find(words::kTransferDate, transferor ? transferor->end : 0);
    const auto number = page_.find(words::kConfirmation, date ? date->end : 0);
    const auto first = transferor ? transferor : date ? date : number;
    if (!first) return;
    const std::size_t before = first->begin > kWidestBlank ? first->begin - kWidestBlank : 0;
    const auto option = page_.find(words::kWire, before, first->begin);
    auto blanks = read_labelled(page_, {transferor, date, number}, {option ? option->end : first->begin, number ? end_of_wire(number->end) : first->end});
    set_text("transferor_institution", notes_.fields.transferor_institution, blanks[0]);
    set_date("transfer_date", notes_.fields.transfer_date, blanks[1]);
    // A number is one word where the next option stands in its line: anything more may be what a scan made of that box.
    if (blanks[2] && number && page_.find(words::kUncertified, number->end, number->end + kWidestBlank)) {
        const std::string text = without_marks(blanks[2]->text);
        const bool own_line = blanks[2]->text.size() != end_of_wire(number->end) - number->end || blanks[2]->text.find("__") != std::string::npos;
        blanks[2]->certain = blanks[2]->certain && (own_line || text.find(' ') == std::string::npos || says_nothing_there(text));
        set_text("confirmation_number", notes_.fields.confirmation_number, blanks[2]);
    }
}

// Where the next option's box begins, with the tick that may stand beside it ("X |_|").
std::size_t PaymentBlock::end_of_wire(std::size_t from) const {
    const auto next = page_.find(words::kUncertified, from, from + kWidestBlank);
    if (!next) return from;
    const std::string between = page_.between(from, next->begin);
    std::string_view left = without_last_box(between);
    if (left.size() < between.size() && last_box(left).state == BoxState::kTicked) left = without_last_box(left);
    return from + left.size();
}

void PaymentBlock::read_instrument() {
    const auto maker = page_.find(words::kMaker);
    const auto date = page_.find(words::kInstrumentDate, maker ? maker->end : 0);
    const auto number = page_.find(words::kInstrumentNumber, date ? date->end : 0);
    const auto drawee = page_.find(words::kDrawee, number ? number->end : 0);
    const auto signatures = page_.find(words::kSignatures, drawee ? drawee->end : 0);
    const auto first = maker ? maker : date;
    if (!first) return;
    const auto draft = page_.find(words::kBankDraft, 0, first->begin);
    const auto option = page_.find(words::kMoneyOrder, draft ? draft->end : first->begin, first->begin);
    auto blanks = read_labelled(page_, {maker, date, number, drawee}, {option ? option->end : first->begin, signatures ? signatures->begin : 0});
    set_text("maker", notes_.fields.maker, blanks[0]);
    set_date("instrument_date", notes_.fields.instrument_date, blanks[1]);
    set_text("instrument_number", notes_.fields.instrument_number, blanks[2]);
    set_text("drawee", notes_.fields.drawee, blanks[3]);
}

void PaymentBlock::set_text(const std::string& field, std::optional<std::string>& value, const Blank& blank) {
    if (!blank) return;
    const std::string text = without_marks(blank->text);
    if (blank->certain) {
        notes_.set(field, value, text);
    } else {
        notes_.note(field, text);
    }
}

void PaymentBlock::set_date(const std::string& field, std::optional<domain::Date>& value, const Blank& blank) {
    if (!blank) return;
    const std::string text = without_marks(blank->text);
    if (blank->certain) value = read_date(text);
    notes_.note(field, text);
}

}  // namespace rightsdesk::paper
