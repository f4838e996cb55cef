// A log by hand, and the board of the offering that it tells of.
#pragma once

#include <gtest/gtest.h>

#include "base/hash.h"
#include "console/asked_pages.h"
#include "console/sections.h"
#include "store/chain.h"
#include "support/builders.h"
#include "wire/wire.h"

namespace rightsdesk::support {

using console::Board;
using console::Section;
using runtime::Json;

// A log as it would be in the store, by hand.
class Log {
public:
    store::LogRecord next(Event event) {
        Record record;
        record.service = "test";
        record.at = new_york("2002-06-27T12:00:00");
        record.cause = {"test", ++head_.sequence};
        record.event = std::move(event);
        store::LogRecord stored;
        stored.record = wire::encode_record(record, &key_);
        stored.sequence = head_.sequence;
        stored.epoch = 1;
        stored.digest = base::sha256_hex(stored.record.view());
        stored.link = head_.link = store::chain_link(head_.link, stored.sequence, stored.digest);
        return stored;
    }

private:
    wire::SealKey key_ = wire::make_seal_key();
    store::Head head_;
};

class AnOffering : public testing::Test {
protected:
    AnOffering() { take(OfferingOpened{sample_terms(), ""}); }

    void take(Event event) {
        const auto taken = board_.take(log_.next(std::move(event)));
        ASSERT_TRUE(taken) << taken.error().message;
        ASSERT_TRUE(*taken);
    }
    Json section(Section section, std::string_view now = "2002-06-27T12:00:00") const {
        return section_json(section, board_, {desk_, open_, health_, lines_}, new_york(now));
    }
    static Json step(const Json& funnel, std::size_t at) { return funnel["steps"][at]; }
    static Alert an_alert(std::uint64_t number, const std::string& subject, const std::string& kind, std::string_view too_late) {
        Alert alert;
        alert.number = number;
        alert.severity = Severity::kWarning;
        alert.kind = kind;
        alert.subject = subject;
        alert.cause = subject + kind;
        alert.raised_at = new_york("2002-06-27T12:00:00");
        if (!too_late.empty()) alert.too_late_at = new_york(too_late);
        return alert;
    }
    static Payment a_payment(std::int64_t dollars) {
        Payment payment;
        payment.id = "bank-1.1";
        payment.status = PaymentStatus::kGood;
        payment.amount = Money(dollars * 100);
        payment.currency = "USD";
        payment.received_at = new_york("2002-06-27T11:00:00");
        return payment;
    }

    Log log_;
    Board board_{sample_terms().id};
    Book desk_{kDesk};
    console::AlertList open_;
    std::vector<Alert> health_;
    std::vector<Json> lines_;
};

}  // namespace rightsdesk::support
