// Notices handed over by the product's own gateway over its spool, to a suite of processes that has the sample's offering open; and whether
// each was decided once.
//
//     SpooledNotices notices(suite);
//     notices.put(1);
//     auto gateway = suite.start_command(notices.gateway());    // ends when each has its receipt
//     notices.expect_each_once(store);
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/receipts.h"
#include "store/whole_log.h"
#include "support/filled_form.h"
#include "support/sample.h"
#include "support/suite_processes.h"
#include "wire/wire.h"

namespace rightsdesk::support {

class SpooledNotices {
public:
    explicit SpooledNotices(SuiteProcesses& suite) : spool_(suite.folder() / "spool") {
        for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"},
                                                                                          {"offering", "open", kSampleFolder + "/terms.toml", "--as", "alice"},
                                                                                          {"clock", "advance", "--to", "2002-06-26T12:00:00-04:00"}}) {
            const CommandEnd end = suite.command(words);
            EXPECT_EQ(end.code, 0) << words[0] << " " << words[1] << ": " << end.out << end.err << suite.logs();
        }
        std::filesystem::create_directories(spool_ / "in");
    }

    // Under another name first, the sidecar last.
    void put(int number, const std::string& delivery = "") {
        nlohmann::json sidecar{{"kind", "notice"}, {"address", "+17185550101"}, {"stamp", "2002-06-26T10:00:00-04:00"}};
        if (!delivery.empty()) sidecar["delivery"] = delivery;
        const std::string name = name_of(number);
        for (const auto& [to, text] : {std::pair(name, fill_form(static_cast<std::uint64_t>(number)).text), std::pair(name + ".json", sidecar.dump())}) {
            write_file(spool_ / "in" / (to + ".part"), text);
            std::filesystem::rename(spool_ / "in" / (to + ".part"), spool_ / "in" / to);
        }
        put_.insert(number);
    }
    [[nodiscard]] std::vector<std::string> gateway() const { return {"gateway", "run", "--once", "--spool", spool_.string(), "--as", "fax-1"}; }

    // Null where there is none yet.
    [[nodiscard]] nlohmann::json receipt_of(int number) const {
        const auto path = spool_ / "receipts" / (name_of(number) + ".receipt.json");
        return std::filesystem::exists(path) ? nlohmann::json::parse(text_of_file(path)) : nlohmann::json();
    }
    [[nodiscard]] std::size_t receipts() const {
        std::error_code none;
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(spool_ / "receipts", none), std::filesystem::directory_iterator()));
    }

    // Each has one receipt, of a number of its own; the logs have each number once, where and as the receipt says.
    void expect_each_once(store::Store& store) const {
        const auto logged = logged_in(store);
        std::set<std::uint64_t> numbers;
        for (const int number : put_) {
            const nlohmann::json receipt = receipt_of(number);
            ASSERT_TRUE(receipt.is_object()) << name_of(number) << " has no receipt";
            const std::string id = receipt.at("id");
            const std::uint64_t sent_as = std::stoull(id.substr(id.rfind('.') + 1));
            EXPECT_TRUE(numbers.insert(sent_as).second) << id << " is of two documents";
            ASSERT_EQ(logged.count(sent_as), 1U) << name_of(number) << ": " << receipt.dump();
            const Logged& decided = logged.find(sent_as)->second;
            const domain::Receipt expected = domain::receipt_of(decided.record, decided.log, decided.sequence);
            EXPECT_EQ(receipt.at("receipt").at("log"), expected.log) << id;
            EXPECT_EQ(receipt.at("receipt").at("sequence"), expected.sequence) << id;
            EXPECT_EQ(receipt.at("receipt").at("kind"), base::to_text(expected.kind)) << id;
        }
        EXPECT_EQ(receipts(), put_.size());
        EXPECT_EQ(logged.size(), put_.size()) << "the logs have what nobody handed over";
    }

private:
    struct Logged {
        std::string log;
        store::Sequence sequence = 0;
        domain::Record record;
    };
    // The first records of the gateway's messages, by number.
    static std::multimap<std::uint64_t, Logged> logged_in(store::Store& store) {
        std::multimap<std::uint64_t, Logged> all;
        const auto logs = store.logs();
        EXPECT_TRUE(logs) << logs.error().message;
        for (const std::string& log : logs.value_or(std::vector<std::string>())) {
            const auto read = store::read_to_end(store, log, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
                auto record = wire::decode_record(stored.record, nullptr);
                if (!record) return tl::unexpected(record.error());
                if (record->position == 0 && record->cause.source == "fax-1" && record->service == "intake") all.emplace(record->cause.sequence, Logged{log, stored.sequence, std::move(*record)});
                return true;
            });
            EXPECT_TRUE(read) << read.error().message;
        }
        return all;
    }
    static std::string name_of(int number) { return "page-" + std::to_string(number) + ".txt"; }

    std::filesystem::path spool_;
    std::set<int> put_;
};

}  // namespace rightsdesk::support
