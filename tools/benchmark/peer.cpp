#include "benchmark/peer.h"

#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include "support/child_process.h"
#include "support/files.h"

namespace rightsdesk::benchmark {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr std::size_t kBatches[] = {64, 256};
constexpr std::size_t kConnections[] = {1, 2, 4};
constexpr std::size_t kSingleConnections = 16;
constexpr std::size_t kMostSingles = 20'000;
constexpr std::chrono::seconds kStartPatience{30};

constexpr const char* kSchema = R"(
create table notice(identity text primary key, payload_hash text not null, entity text not null, state bytea not null, first bigint not null);
create table outbox(seq bigint primary key, record bytea not null);
create table counters(log text primary key, seq bigint not null, notices bigint not null);
insert into counters values ('bench', 0, 0);
create function take(identities text[], hashes text[], entities text[], states bytea[], records bytea[]) returns bigint language plpgsql as $$
declare last bigint; added bigint;
begin
    select seq into last from counters where log = 'bench' for update;
    with given as (
        select * from unnest(identities, hashes, entities, states, records) with ordinality as g(identity, hash, entity, state, record, place)
    ), new as (
        insert into notice select identity, hash, entity, state, last + row_number() over (order by place) from given
        on conflict (identity) do nothing returning identity, first
    ), said as (
        insert into outbox select new.first, given.record from new join given using (identity) returning seq
    )
    select count(*) into added from said;
    update counters set seq = last + added, notices = notices + added where log = 'bench';
    return last;
end $$;
)";

std::vector<std::string> as_server_user(std::vector<std::string> command) {
    if (::geteuid() != 0) return command;
    std::vector<std::string> words{"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
    words.insert(words.end(), command.begin(), command.end());
    return words;
}

class Connection {
public:
    explicit Connection(const std::string& folder) : connection_(PQconnectdb(("host=" + folder + " user=bench dbname=postgres").c_str())) {}
    ~Connection() { PQfinish(connection_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool good() const { return PQstatus(connection_) == CONNECTION_OK; }

    std::string ask(const std::string& text) {
        const Result result(PQexec(connection_, text.c_str()), PQclear);
        check(result);
        return PQntuples(result.get()) == 0 ? "" : PQgetvalue(result.get(), 0, 0);
    }

    // Binary arrays, one a parameter of take().
    void take(const std::vector<std::string>& arrays) {
        constexpr Oid kTypes[] = {1009, 1009, 1009, 1001, 1001};  // text[], bytea[]
        const char* values[5];
        int lengths[5];
        int formats[5];
        for (std::size_t at = 0; at < 5; ++at) {
            values[at] = arrays[at].data();
            lengths[at] = static_cast<int>(arrays[at].size());
            formats[at] = 1;
        }
        const Result result(PQexecParams(connection_, "select take($1, $2, $3, $4, $5)", 5, kTypes, values, lengths, formats, 1), PQclear);
        check(result);
    }

private:
    using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;
    void check(const Result& result) {
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_));
    }
    PGconn* connection_;
};

// A server in a folder of its own, gone with this object.
class Server {
public:
    explicit Server(const std::string& parent) {
        std::string folder = parent + "/postgresql-XXXXXX";
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for PostgreSQL in " + parent);
        folder_ = folder;
        if (::geteuid() == 0) run({"/usr/bin/chown", "postgres", folder_}, "giving the folder to its user");
        else ::chmod(folder_.c_str(), 0700);
        run(as_server_user({std::string(kPrograms) + "initdb", "-D", data(), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"}), "initdb");
        server_ = std::make_unique<support::ChildProcess>(
            as_server_user({std::string(kPrograms) + "postgres", "-D", data(), "-k", folder_, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "synchronous_commit=on",
                            "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB", "-c", "max_connections=40"}),
            log(), log());
        const auto until = Clock::now() + kStartPatience;
        while (!Connection(folder_).good()) {
            if (!server_->runs() || Clock::now() > until) throw std::runtime_error("PostgreSQL does not start: " + support::text_of_file(log()));
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
    ~Server() {
        server_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
        fs::remove(log(), ignored);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] const std::string& folder() const { return folder_; }

private:
    [[nodiscard]] std::string data() const { return folder_ + "/data"; }
    [[nodiscard]] std::string log() const { return folder_ + ".log"; }
    void run(const std::vector<std::string>& command, const char* doing) {
        support::ChildProcess process(command, log(), log());
        if (process.wait() != 0) throw std::runtime_error(std::string("PostgreSQL: ") + doing + ": " + support::text_of_file(log()));
    }

    std::string folder_;
    std::unique_ptr<support::ChildProcess> server_;
};

void add_number(std::string& octets, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) octets.push_back(static_cast<char>(number >> shift & 0xFFU));
}

// As PostgreSQL sends arrays: dimensions, whether there are nulls, the type, size and first index, then the elements.
std::string array_of(std::uint32_t type, std::size_t size) {
    std::string octets;
    for (const std::uint32_t number : {std::uint32_t{1}, std::uint32_t{0}, type, static_cast<std::uint32_t>(size), std::uint32_t{1}}) add_number(octets, number);
    return octets;
}
void add_element(std::string& array, std::string_view value) {
    add_number(array, static_cast<std::uint32_t>(value.size()));
    array.append(value);
}

std::vector<std::string> call_of(const std::vector<store::Item>& items, std::size_t from, std::size_t until) {
    const std::size_t size = until - from;
    std::vector<std::string> arrays{array_of(25, size), array_of(25, size), array_of(25, size), array_of(17, size), array_of(17, size)};
    for (std::size_t at = from; at < until; ++at) {
        const store::Item& item = items[at];
        add_element(arrays[0], item.identities.front().name);
        add_element(arrays[1], item.identities.front().payload_hash);
        add_element(arrays[2], item.writes.front().entity);
        add_element(arrays[3], item.writes.front().state.view());
        add_element(arrays[4], item.events.front().record.view());
    }
    return arrays;
}

// The job over so many connections, a thread each, with so many notices a transaction; then that all are there, each once.
double rate(const Server& server, const std::vector<store::Item>& items, std::size_t batch, std::size_t connections) {
    Connection(server.folder()).ask("truncate notice, outbox; update counters set seq = 0, notices = 0");
    std::vector<std::vector<std::string>> calls;
    for (std::size_t from = 0; from < items.size(); from += batch) calls.push_back(call_of(items, from, std::min(from + batch, items.size())));
    std::vector<std::unique_ptr<Connection>> open;
    for (std::size_t number = 0; number < connections; ++number) open.push_back(std::make_unique<Connection>(server.folder()));
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> failures(connections);
    std::vector<std::thread> threads;
    threads.reserve(connections);
    const auto started = Clock::now();
    for (std::size_t number = 0; number < connections; ++number) {
        threads.emplace_back([&, number] {
            try {
                for (std::size_t call = next++; call < calls.size(); call = next++) open[number]->take(calls[call]);
            } catch (...) {
                failures[number] = std::current_exception();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    const auto took = Clock::now() - started;
    for (const std::exception_ptr& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
    const std::string wanted = std::to_string(items.size());
    const std::string counted = Connection(server.folder()).ask(
        "select count(*) || ' ' || (select count(*) from outbox) || ' ' || (select max(seq) from outbox) || ' ' || (select notices from counters) from notice");
    if (counted != wanted + " " + wanted + " " + wanted + " " + wanted) throw std::runtime_error("PostgreSQL has " + counted + " of " + wanted + " notices");
    return per_second(items.size(), took);
}

}  // namespace

PeerFigures measure_peer(const std::string& folder, const std::vector<store::Item>& items) {
    const Server server(folder);
    PeerFigures figures;
    {
        Connection connection(server.folder());
        figures.version = connection.ask("show server_version");
        connection.ask(kSchema);
    }
    for (const std::size_t batch : kBatches) {
        for (const std::size_t connections : kConnections) {
            const double reached = rate(server, items, batch, connections);
            if (reached <= figures.batched_per_second) continue;
            figures.batched_per_second = reached;
            figures.batch = batch;
            figures.connections = connections;
        }
    }
    const std::vector<store::Item> singles(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), kMostSingles)));
    figures.single_connections = kSingleConnections;
    figures.single_per_second = rate(server, singles, 1, kSingleConnections);
    return figures;
}

}  // namespace rightsdesk::benchmark
