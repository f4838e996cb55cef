#include "benchmark/floors.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <ctime>
#include <stdexcept>
#include <thread>
#include <vector>

#include "benchmark/must.h"
#include "bus/zmq_bus.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::size_t kRecordOctets = 1'024;
constexpr std::size_t kUncounted = 50;
constexpr std::chrono::seconds kEchoPatience{5};

// A peer that answers everything, in a thread and with a bus of its own: a bus belongs to one thread.
class Echo {
public:
    Echo(const std::string& endpoint, const bus::KeyPair& key, const std::string& admitted)
        : thread_([this, endpoint, key, admitted] { serve(endpoint, key, admitted); }) {
        while (!open_) std::this_thread::yield();
    }
    ~Echo() {
        stop_ = true;
        thread_.join();
    }
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;

private:
    void serve(const std::string& endpoint, const bus::KeyPair& key, const std::string& admitted) {
        bus::ZmqBus bus;
        const auto door = bus.open_door(endpoint, key, [admitted](const std::string& who) {
            return who == admitted ? std::optional<std::string>("bench") : std::nullopt;
        });
        open_ = true;
        if (!door) return;  // nobody answers, and the measurement says so
        const base::Bytes receipt(std::string(kReceiptOctets, 'r'));
        while (!stop_) {
            bus.wait(std::chrono::milliseconds(100));
            for (const auto& request : (*door)->receive(1)) (*door)->answer(request.peer, receipt);
        }
    }

    std::atomic<bool> open_{false};
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

// Of this thread, whatever else the machine does meanwhile.
double processor_us() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

// The mean of sealing and opening a message of so many octets, in microseconds of a processor.
double seal_and_open_us(std::size_t octets, std::size_t rounds) {
    std::array<unsigned char, crypto_box_BEFORENMBYTES> key{};
    std::array<unsigned char, crypto_box_NONCEBYTES> nonce{};
    ::randombytes_buf(key.data(), key.size());
    std::vector<unsigned char> message(octets, 'x');
    std::vector<unsigned char> sealed(octets + crypto_box_MACBYTES);
    bool good = true;
    const double before = processor_us();
    for (std::size_t round = 0; round < rounds; ++round) {
        ::sodium_increment(nonce.data(), nonce.size());
        good = good && ::crypto_box_easy_afternm(sealed.data(), message.data(), message.size(), nonce.data(), key.data()) == 0;
        good = good && ::crypto_box_open_easy_afternm(message.data(), sealed.data(), sealed.size(), nonce.data(), key.data()) == 0;
    }
    if (!good) throw std::runtime_error("libsodium does not open what it sealed");
    return (processor_us() - before) / static_cast<double>(rounds);
}

}  // namespace

SealingCost measure_sealing(std::size_t rounds) {
    constexpr std::size_t kLong = 16'384;
    if (::sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    SealingCost cost;
    cost.message_us = seal_and_open_us(0, rounds);
    cost.octet_us = (seal_and_open_us(kLong, rounds) - cost.message_us) / static_cast<double>(kLong);
    return cost;
}

LatencyFigures measure_disk(const std::string& folder, std::size_t rounds) {
    const std::string path = folder + "/disk-floor";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + path);
    const std::string record(kRecordOctets, 'x');
    Latencies latencies;
    bool good = true;
    for (std::size_t round = 0; good && round < rounds + kUncounted; ++round) {
        const auto started = Clock::now();
        good = ::write(file, record.data(), record.size()) == static_cast<ssize_t>(record.size()) && ::fdatasync(file) == 0;
        if (round >= kUncounted) latencies.add(Clock::now() - started);
    }
    ::close(file);
    ::unlink(path.c_str());
    if (!good) throw std::runtime_error("the disk refuses to write " + path);
    return figures_of(std::move(latencies));
}

LatencyFigures measure_round_trip(const std::string& folder, const base::Bytes& question, std::size_t rounds) {
    const std::string endpoint = "ipc://" + folder + "/echo.door";
    const auto server = must(bus::make_key_pair());
    const auto own = must(bus::make_key_pair());
    const Echo echo(endpoint, server, own.public_key);
    bus::ZmqBus bus;
    const auto knocker = must(bus.knock({endpoint, server.public_key}, own));
    Latencies latencies;
    for (std::size_t round = 0; round < rounds + kUncounted; ++round) {
        const auto started = Clock::now();
        if (!knocker->send(question) || !knocker->receive(kEchoPatience)) throw std::runtime_error("no echo from " + endpoint);
        if (round >= kUncounted) latencies.add(Clock::now() - started);
    }
    return figures_of(std::move(latencies));
}

}  // namespace rightsdesk::benchmark
