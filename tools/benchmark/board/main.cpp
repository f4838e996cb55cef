// rightsdesk-bench-board: the hands of tests/board/measure.py. A desk with the sample's offering, and who writes to it when told: a line of
// standard input is an order, a line of standard output what came of it.
#include <iostream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "benchmark/board/bank.h"
#include "benchmark/gateway.h"
#include "benchmark/must.h"
#include "benchmark/notices.h"

using namespace rightsdesk;
using namespace rightsdesk::benchmark;

namespace {

constexpr std::size_t kManyOnTheirWay = 1'024;
constexpr std::size_t kMadeAtOnce = 20'000;

std::int64_t real_us() { return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

class Hands {
public:
    nlohmann::json where() { return {{"config", (desk_.folder() / "etc/suite.toml").string()}, {"folder", desk_.folder().string()}}; }

    nlohmann::json obey(const std::string& order) {
        std::istringstream words(order);
        std::string what;
        std::size_t count = 0, a_second = 0;
        words >> what >> count >> a_second;
        const std::int64_t sent = real_us();
        nlohmann::json said;
        if (what == "fill") {
            fill(count);
        } else if (what == "one") {
            gateway_.send({maker_.next(afternoon())}, 1);
        } else if (what == "undated") {
            said["retries"] = gateway_.send_paced(maker_.next_undated(count), a_second).retries;
        } else if (what == "idle") {
            desk_.wait_until_idle();
        } else {
            throw std::runtime_error("no such order: " + order);
        }
        said.update({{"sent_us", sent}, {"receipt_us", real_us()}, {"made", maker_.made()}});
        return said;
    }

private:
    // Until so many are there, nine in ten of them paid for.
    void fill(std::size_t until) {
        while (maker_.made() < until) {
            const std::uint64_t first = maker_.made() + 1;
            gateway_.send(maker_.next(std::min(kMadeAtOnce, until - maker_.made())), kManyOnTheirWay);
            bank_.pay(first, first + (maker_.made() - first) * 9 / 10);
        }
        desk_.wait_until_idle();
    }

    Desk desk_;
    Gateway gateway_{desk_};
    Bank bank_{desk_};
    NoticeMaker maker_{RIGHTSDESK_SOURCE_DIR, Reading::kListed};
};

}  // namespace

int main() {
    try {
        Hands hands;
        std::cout << hands.where().dump() << std::endl;
        for (std::string order; std::getline(std::cin, order);) std::cout << hands.obey(order).dump() << std::endl;
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-bench-board: " << error.what() << "\n";
        return 1;
    }
}
