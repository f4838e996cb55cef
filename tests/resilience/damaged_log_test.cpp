// A store that came up with something else than what was acknowledged: an older copy of its file, a bit that flipped on the
// disk. The running services acknowledge nothing any more and say which record; those that start anew refuse to.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "store/redis_store.h"
#include "support/suite_processes.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

namespace fs = std::filesystem;
using support::SuiteProcesses;

const std::string kDamagedOffering = "rare-medium-2002";
const std::string kWhy = "the audit trail says so 0123456789";

class DamagedLog : public testing::Test {
protected:
    DamagedLog() {
        const auto opened = suite.command({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
        if (opened.code != 0) throw std::runtime_error(opened.out + opened.err);
    }

    int watermark(const std::string& through) { return suite.command({"gateway", "watermark", "--as", "fax-1", "--through", through, "--patience", "5"}).code; }

    template <class Condition>
    bool comes_true(Condition condition) {
        return support::comes_true(condition, std::chrono::seconds(60));
    }

    store::Sequence head(const std::string& log) {
        auto found = reader.head(log);
        if (!found) found = reader.head(log);  // the first after a restart finds a connection that is gone
        if (!found) throw std::runtime_error(found.error().message);
        return found->sequence;
    }
    bool is_signed(const std::string& log) {
        const auto shown = suite.command({"heads", "show", log, "--json"});
        return nlohmann::json::parse(shown.out).at(0).at("sequence").get<store::Sequence>() == head(log);
    }

    // What every service says is wrong, once each of them says something of a damaged log.
    std::string told_by_all() {
        std::string told;
        const bool all = comes_true([&] {
            const auto status = suite.command({"status", "--json", "--wait", "5"});
            told = status.out;
            const auto services = nlohmann::json::parse(status.out, nullptr, false);
            return services.is_array() && std::all_of(services.begin(), services.end(), [](const auto& service) { return service.dump().find("record ") != std::string::npos; });
        });
        EXPECT_TRUE(all) << told << suite.logs();
        return told;
    }

    // A service that starts now, and how it ends.
    support::CommandEnd start_another() {
        const std::string out = (suite.folder() / "log/another").string();
        support::ChildProcess process({std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-notification", "--config", suite.config()}, out, out);
        EXPECT_TRUE(comes_true([&] { return !process.runs(); })) << "it started";
        return {process.exit_code(), support::text_of_file(out), ""};
    }

    SuiteProcesses suite;
    store::RedisStore reader{suite.redis.config_as("reader")};
};

TEST_F(DamagedLog, an_older_copy_of_the_store_is_not_acknowledged_upon) {
    const fs::path file = suite.redis.redis_dir() / "appendonlydir";
    const fs::path older = suite.folder() / "older";
    suite.restart_redis([&] { fs::copy(file, older, fs::copy_options::recursive); });
    const std::string log = domain::kDesk;
    ASSERT_TRUE(comes_true([&] { return watermark("2002-06-03T10:00:00-04:00") == 0; })) << "the suite goes on over a restart: " << suite.logs();
    ASSERT_TRUE(comes_true([&] { return is_signed(log); })) << suite.logs();
    const store::Sequence acknowledged = head(log);

    suite.restart_redis([&] {
        fs::remove_all(file);
        fs::copy(older, file, fs::copy_options::recursive);
    });
    const store::Sequence lost = head(log) + 1;
    ASSERT_LE(lost, acknowledged);
    const std::string told = told_by_all();
    EXPECT_NE(told.find("log " + log + ", record "), std::string::npos) << told;
    EXPECT_NE(watermark("2002-06-03T11:00:00-04:00"), 0) << "nothing is acknowledged";
    EXPECT_EQ(head(log) + 1, lost) << "and nothing is written";

    const auto another = start_another();
    EXPECT_EQ(another.code, 4) << another.out;
    EXPECT_NE(another.out.find(log), std::string::npos) << another.out;
    const auto heads = suite.command({"heads", "verify", log});
    EXPECT_EQ(heads.code, 1) << heads.out << heads.err;
    const auto verified = suite.command({"verify", log});
    EXPECT_EQ(verified.code, 1) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("record " + std::to_string(lost) + ": is gone"), std::string::npos) << verified.out;
}

TEST_F(DamagedLog, a_bit_flipped_on_the_disk_is_named) {
    const auto proposed = suite.command({"offering", "suspend", kDamagedOffering, "--why", kWhy, "--as", "alice"});
    ASSERT_EQ(proposed.code, 0) << proposed.out << proposed.err;
    ASSERT_TRUE(comes_true([&] { return is_signed(kDamagedOffering); })) << suite.logs();
    int flipped = 0;
    suite.restart_redis([&] {
        for (const auto& entry : fs::recursive_directory_iterator(suite.redis.redis_dir())) {
            if (entry.path().extension() != ".aof") continue;
            std::string octets = support::text_of_file(entry.path());
            // The record is written before the states that repeat it.
            const std::size_t at = octets.find(kWhy);
            if (at == std::string::npos) continue;
            octets[at + 4] ^= 1;
            support::write_file(entry.path(), octets);
            ++flipped;
        }
    });
    ASSERT_EQ(flipped, 1);
    const std::string told = told_by_all();
    EXPECT_NE(told.find("log " + kDamagedOffering + ", record "), std::string::npos) << told;
    EXPECT_NE(told.find("its bytes do not have its digest"), std::string::npos) << told;
    EXPECT_NE(watermark("2002-06-03T11:00:00-04:00"), 0) << "nothing is acknowledged";
    const auto another = start_another();
    EXPECT_EQ(another.code, 4) << another.out;
    EXPECT_NE(another.out.find(kDamagedOffering + " record "), std::string::npos) << another.out;
    const auto verified = suite.command({"verify", kDamagedOffering});
    EXPECT_EQ(verified.code, 1) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("bytes differ from their digest"), std::string::npos) << verified.out;
}

}  // namespace
}  // namespace rightsdesk
