// The files that a suite is configured by: what is right is read, what is wrong is named with its file and place.
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <fstream>
#include <iterator>

#include "bus/key_file.h"
#include "runtime/desk_world.h"
#include "runtime/process.h"

namespace rightsdesk::runtime {
namespace {

using base::ErrorKind;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

class Configuration : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text) {
        std::ofstream(folder.file(name)) << text;
        return folder.file(name);
    }
    Folder folder;
};

// ---- suite.toml ----

constexpr const char* kSuite = R"(clock = "stepped"
[store]
socket = "run/redis.sock"
passwords = "/etc/rightsdesk/keys/redis"
[paths]
keys = "keys"
offering_keys = "keys/offerings"
documents = "documents"
outboxes = "outboxes"
heads = "heads"
[service.intake]
door = "ipc:///run/intake.door"
feed = "ipc:///run/intake.feed"
[service.payment_clearing]
door = "ipc:///run/payment_clearing.door"
feed = "ipc:///run/payment_clearing.feed"
[service.deadline_monitor]
door = "ipc:///run/deadline_monitor.door"
feed = "ipc:///run/deadline_monitor.feed"
[service.notification]
door = "ipc:///run/notification.door"
feed = "ipc:///run/notification.feed"
)";

TEST_F(Configuration, a_suite_is_read_with_relative_paths_beside_its_file) {
    const auto config = load_suite_config(write("suite.toml", kSuite));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->clock, ClockMode::kStepped);
    EXPECT_EQ(config->redis.address, folder.file("run/redis.sock"));
    EXPECT_EQ(config->redis_passwords, "/etc/rightsdesk/keys/redis");
    EXPECT_EQ(config->principals_file(), folder.file("keys/principals.toml"));
    EXPECT_EQ(config->key_file("alice"), folder.file("keys/alice.key"));
    EXPECT_EQ(config->services.size(), 4U);
    EXPECT_EQ(config->services.at("payment_clearing"), (ServiceEndpoints{"ipc:///run/payment_clearing.door", "ipc:///run/payment_clearing.feed"}));
}

TEST_F(Configuration, an_admin_port_is_on_loopback_and_each_has_its_own) {
    const auto without = load_suite_config(write("suite.toml", kSuite));
    ASSERT_TRUE(without) << without.error().message;
    EXPECT_EQ(without->services.at("intake").admin + without->auditor_admin + without->console_admin + without->letters_admin, "");
    EXPECT_FALSE(without->follow_notices);

    const std::string some = replaced(kSuite, "intake.feed\"\n", "intake.feed\"\nadmin = \"127.0.0.1:17700\"\n[[service.intake.instance]]\nname = \"2\"\ndoor = \"ipc:///d\"\n"
                                      "feed = \"ipc:///f\"\nadmin = \"127.0.0.1:17710\"\n[auditor]\nadmin = \"127.0.0.1:17704\"\n[console]\nadmin = \"127.0.0.1:17705\"\n[letters]\nadmin = \"127.0.0.1:17706\"\n[logging]\nlevel = \"debug\"\n");
    const auto with = load_suite_config(write("suite.toml", some));
    ASSERT_TRUE(with) << with.error().message;
    EXPECT_EQ(with->services.at("intake").instances().front().admin, "127.0.0.1:17700");
    EXPECT_EQ(with->services.at("intake").instances().back().admin, "127.0.0.1:17710");
    EXPECT_EQ(with->auditor_admin, "127.0.0.1:17704");
    EXPECT_EQ(with->console_admin, "127.0.0.1:17705");
    EXPECT_EQ(with->letters_admin, "127.0.0.1:17706");
    EXPECT_TRUE(with->follow_notices);

    const auto open_to_all = load_suite_config(write("suite.toml", replaced(some, "127.0.0.1:17710", "0.0.0.0:17710")));
    ASSERT_FALSE(open_to_all);
    EXPECT_NE(open_to_all.error().message.find("must be on loopback"), std::string::npos) << open_to_all.error().message;
    const auto twice = load_suite_config(write("suite.toml", replaced(some, "127.0.0.1:17704", "127.0.0.1:17700")));
    ASSERT_FALSE(twice);
    EXPECT_NE(twice.error().message.find("auditor.admin: 127.0.0.1:17700 stands twice"), std::string::npos) << twice.error().message;
    const auto of_two = load_suite_config(write("suite.toml", replaced(some, "127.0.0.1:17705", "127.0.0.1:17704")));
    ASSERT_FALSE(of_two);
    EXPECT_NE(of_two.error().message.find("console.admin: 127.0.0.1:17704 stands twice"), std::string::npos) << of_two.error().message;
}

TEST_F(Configuration, what_is_watched_may_be_left_out_or_said) {
    const auto config = load_suite_config(write("suite.toml", kSuite));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->watch.folders, std::vector<std::string>{folder.file("documents")});
    EXPECT_EQ(config->watch.run_folder, folder.file("run"));
    EXPECT_EQ(config->watch.least_free_disk, 1ULL << 30U);
    EXPECT_FALSE(config->watch.require_synchronised);

    const std::string said = replaced(replaced(kSuite, "[paths]\n", "folder = \"redis\"\n[paths]\nrun = \"state\"\n"), "[service.intake]",
                                      "[limits]\nleast_free_disk = \"20GiB\"\nslow_commit = \"250ms\"\nconsumer_stuck = \"2min\"\n"
                                      "[time]\ntolerance = \"1s\"\nrequire_synchronised = true\nstore_elsewhere = true\n[service.intake]");
    const auto other = load_suite_config(write("other.toml", said));
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_EQ(other->watch.folders, (std::vector<std::string>{folder.file("documents"), folder.file("redis")}));
    EXPECT_EQ(other->watch.run_folder, folder.file("state"));
    EXPECT_EQ(other->watch.least_free_disk, 20ULL << 30U);
    EXPECT_EQ(other->watch.slow_commit, 250ms);
    EXPECT_EQ(other->watch.consumer_stuck, 120s);
    EXPECT_EQ(other->watch.clock_tolerance, 1s);
    EXPECT_TRUE(other->watch.require_synchronised);
    EXPECT_TRUE(other->watch.store_elsewhere);
}

TEST_F(Configuration, every_mistake_in_a_suite_is_told_with_file_line_and_key) {
    struct Row {
        const char* what;
        std::string text;
        const char* line;
        const char* key;
    };
    const std::string good = kSuite;
    const std::vector<Row> rows = {
        {"no such clock", replaced(good, "\"stepped\"", "\"fast\""), ":1: ", "clock is 'fast'"},
        {"a number for a text", replaced(good, "\"run/redis.sock\"", "17"), ":3: ", "store.socket must be a text"},
        {"an empty text", replaced(good, "\"documents\"", "\"\""), ":8: ", "paths.documents must be a text that is not empty"},
        {"a key missing", replaced(good, "keys = \"keys\"\n", ""), ":5: ", "paths.keys is missing"},
        {"a key misspelled", replaced(good, "outboxes =", "outboxs ="), ":9: ", "unknown key paths.outboxs"},
        {"a table that nobody knows", good + "[metrics]\nport = 1\n", ":23: ", "unknown key metrics"},
        {"a service that nobody knows", good + "[service.archive]\ndoor = \"ipc:///a\"\nfeed = \"ipc:///b\"\n", ":23: ", "unknown key service.archive"},
        {"a service missing", replaced(good, "[service.notification]", "[service.elsewhere]"), ":", "table [service.notification] is missing"},
        {"an endpoint missing", replaced(good, "feed = \"ipc:///run/intake.feed\"\n", ""), ":11: ", "service.intake.feed is missing"},
        {"a size without its unit", good + "[limits]\nleast_free_disk = \"5\"\n", ":24: ", "limits.least_free_disk must be a whole number above 0 with its unit (GiB, KiB, MiB, TiB)"},
        {"a size as a number", good + "[limits]\nleast_free_disk = 5\n", ":24: ", "limits.least_free_disk must be"},
        {"no time at all", good + "[limits]\nconsumer_stuck = \"0s\"\n", ":24: ", "limits.consumer_stuck must be"},
        {"more than there is", good + "[limits]\nleast_free_disk = \"99999999999TiB\"\n", ":24: ", "limits.least_free_disk must be"},
        {"a time in no unit of time", good + "[limits]\nslow_commit = \"3GiB\"\n", ":24: ", "(min, ms, s)"},
        {"a word for a yes", good + "[time]\nrequire_synchronised = \"yes\"\n", ":24: ", "time.require_synchronised must be true or false"},
        {"a limit that nobody knows", good + "[limits]\nspeed = 1\n", ":24: ", "unknown key limits.speed"},
        {"no TOML", replaced(good, "[store]", "[store"), ":2: ", "suite.toml"},
    };
    for (const Row& row : rows) {
        const std::string path = write("suite.toml", row.text);
        const auto config = load_suite_config(path);
        ASSERT_FALSE(config) << row.what;
        EXPECT_EQ(config.error().kind, ErrorKind::kInvalid) << row.what;
        EXPECT_NE(config.error().message.find(path + row.line), std::string::npos) << row.what << ": " << config.error().message;
        EXPECT_NE(config.error().message.find(row.key), std::string::npos) << row.what << ": " << config.error().message;
    }
}

TEST_F(Configuration, the_store_is_a_socket_an_address_or_a_cluster) {
    const auto with_store = [this](const std::string& lines) { return load_suite_config(write("suite.toml", replaced(kSuite, "socket = \"run/redis.sock\"\n", lines))); };
    const auto with_cluster = [this](const std::string& lines) {
        return load_suite_config(write("suite.toml", replaced(replaced(kSuite, "socket = \"run/redis.sock\"\n", ""), "[paths]", "[store.cluster]\n" + lines + "[paths]")));
    };
    EXPECT_EQ(with_store("address = \"127.0.0.1:6379\"\n")->redis.address, "127.0.0.1:6379");

    const auto plain = with_cluster("nodes = [\"127.0.0.1:7101\", \"10.0.0.6:7101\"]\n");
    ASSERT_TRUE(plain) << plain.error().message;
    ASSERT_TRUE(plain->redis.cluster);
    EXPECT_EQ(plain->redis.cluster->nodes, (std::vector<std::string>{"127.0.0.1:7101", "10.0.0.6:7101"}));
    EXPECT_FALSE(plain->redis.cluster->addresses) << "masters are reached at what they call themselves";
    const auto mapped = with_cluster("nodes = [\"127.0.0.1:7101\"]\n[store.cluster.addresses]\n\"10.0.0.5:6379\" = \"127.0.0.1:7101\"\n");
    ASSERT_TRUE(mapped) << mapped.error().message;
    EXPECT_EQ(mapped->redis.cluster->addresses, (std::map<std::string, std::string>{{"10.0.0.5:6379", "127.0.0.1:7101"}}));

    const std::pair<base::Result<SuiteConfig>, const char*> wrong[] = {
        {with_store(""), "store.socket is missing"},
        {with_store("address = \"127.0.0.1\"\n"), "store.address must be a text \"host:port\""},
        {with_store("address = \"127.0.0.1:0\"\n"), "store.address must be a text"},
        {with_store("address = \"127.0.0.1:65536\"\n"), "store.address must be a text"},
        {with_store("address = \":6379\"\n"), "store.address must be a text"},
        {with_store("socket = \"redis.sock\"\naddress = \"127.0.0.1:6379\"\n"), "more than one of socket, address and cluster"},
        {with_cluster(""), "store.cluster.nodes must be a list"},
        {with_cluster("nodes = []\n"), "store.cluster.nodes must be a list"},
        {with_cluster("nodes = [\"redis.sock\"]\n"), "each of store.cluster.nodes must be a text"},
        {with_cluster("nodes = [7101]\n"), "each of store.cluster.nodes must be a text"},
        {with_cluster("nodes = [\"a:1\"]\nseeds = 1\n"), "unknown key store.cluster.seeds"},
        {with_cluster("nodes = [\"a:1\"]\naddresses = \"none\"\n"), "table [store.cluster.addresses] is missing"},
        {with_cluster("nodes = [\"a:1\"]\n[store.cluster.addresses]\n\"10.0.0.5:6379\" = 7\n"), "store.cluster.addresses.\"10.0.0.5:6379\" must be a text"},
    };
    for (const auto& [config, says] : wrong) {
        ASSERT_FALSE(config) << says;
        EXPECT_EQ(config.error().kind, ErrorKind::kInvalid) << says;
        EXPECT_NE(config.error().message.find(says), std::string::npos) << says << ": " << config.error().message;
    }
}

TEST_F(Configuration, several_mistakes_are_told_at_once) {
    const auto config = load_suite_config(write("suite.toml", replaced(replaced(kSuite, "\"stepped\"", "\"fast\""), "documents = ", "paper = ")));
    ASSERT_FALSE(config);
    for (const char* key : {"clock", "paths.documents is missing", "unknown key paths.paper"}) {
        EXPECT_NE(config.error().message.find(key), std::string::npos) << config.error().message;
    }
}

// The lines of a suite with a replica, and of one for whom each is missing or wrong.
TEST_F(Configuration, a_replica_is_configured_whole_or_not_at_all) {
    EXPECT_EQ(load_suite_config(write("suite.toml", kSuite))->redis.replicas, 0);
    const std::string lines = "replicas = 1\nreplica_timeout_ms = 500\n[store.replica]\nsocket = \"replica/redis.sock\"\n[paths]\ndocuments_mirror = \"other/documents\"\noffering_keys_mirror = \"other/keys\"\n";
    const std::string good = replaced(kSuite, "[paths]\n", lines);
    const auto config = load_suite_config(write("suite.toml", good));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->redis.replicas, 1);
    EXPECT_EQ(config->redis.replica_timeout, 500ms);
    EXPECT_EQ(config->redis.replica_socket, folder.file("replica/redis.sock"));
    EXPECT_EQ(config->documents_mirror, folder.file("other/documents"));
    EXPECT_EQ(config->offering_keys_mirror, folder.file("other/keys"));
    for (const auto& [what, by, told] : std::vector<std::array<std::string, 3>>{
             {"replicas = 1", "replicas = 2", "store.replicas must be a whole number from 0 to 1"},
             {"replicas = 1", "replicas = \"one\"", "store.replicas must be"},
             {"= 500", "= 9000", "store.replica_timeout_ms must be"},
             {"[store.replica]\nsocket = \"replica/redis.sock\"\n", "", "[store.replica] is missing"},
             {"socket = \"replica/redis.sock\"", "", "store.replica.socket is missing"},
             {"documents_mirror = \"other/documents\"\n", "", "paths.documents_mirror is missing"},
             {"offering_keys_mirror = \"other/keys\"\n", "", "paths.offering_keys_mirror is missing"}}) {
        const auto wrong = load_suite_config(write("suite.toml", replaced(good, what, by)));
        ASSERT_FALSE(wrong) << by;
        EXPECT_NE(wrong.error().message.find(told), std::string::npos) << wrong.error().message;
    }
}

TEST_F(Configuration, a_suite_file_that_is_not_there_is_named) {
    const auto config = load_suite_config(folder.file("missing.toml"));
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find("missing.toml"), std::string::npos) << config.error().message;
}

TEST_F(Configuration, a_redis_password_is_the_first_line_of_its_file) {
    SuiteConfig config;
    config.redis_passwords = folder.path();
    write("intake.password", "secret\n");
    EXPECT_EQ(config.redis_password("intake"), "secret");
    config.redis.address = "/run/redis.sock";
    const auto redis = config.redis_as("intake");
    ASSERT_TRUE(redis) << redis.error().message;
    EXPECT_EQ(redis->address + " " + redis->user + " " + redis->password, "/run/redis.sock intake secret");
    EXPECT_FALSE(config.redis_as("nobody"));
    write("empty.password", "\n");
    for (const char* user : {"empty", "nobody"}) {
        const auto password = config.redis_password(user);
        ASSERT_FALSE(password) << user;
        EXPECT_EQ(password.error().kind, ErrorKind::kInvalid);
        EXPECT_NE(password.error().message.find(folder.file(std::string(user) + ".password")), std::string::npos) << password.error().message;
    }
}

// ---- principals.toml ----

const std::string kKey = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
const std::string kOtherKey = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";

std::string principal(const std::string& name, const std::string& key, const std::string& roles, const std::string& more = "") {
    return "[[principal]]\nname = \"" + name + "\"\npublic_key = \"" + key + "\"\nroles = " + roles + "\n" + more;
}

TEST_F(Configuration, principals_are_known_by_name_and_by_key) {
    const auto principals = Principals::load(write("principals.toml", principal("fax-1", kKey, "[\"fax_gateway\", \"mail_gateway\"]") +
                                                                           principal("console", kOtherKey, "[\"operator\"]", "acts_for_others = true\n")));
    ASSERT_TRUE(principals) << principals.error().message;
    EXPECT_EQ(*principals->by_name("fax-1"), (Principal{"fax-1", {Role::kFaxGateway, Role::kMailGateway}, false}));
    EXPECT_TRUE(principals->by_name("console")->acts_for_others);
    EXPECT_EQ(principals->name_of(kKey), "fax-1");
    EXPECT_EQ(principals->public_key_of("console"), kOtherKey);
    EXPECT_EQ(principals->by_name("nobody"), nullptr);
    EXPECT_EQ(principals->name_of(std::string(40, 'x')), std::nullopt);
    EXPECT_EQ(principals->public_key_of("nobody"), std::nullopt);
}

TEST_F(Configuration, every_mistake_in_the_principals_is_told_with_file_and_line) {
    struct Row {
        const char* what;
        std::string text;
        const char* place;
        const char* why;
    };
    const std::string good = principal("fax-1", kKey, "[\"fax_gateway\"]");
    const std::vector<Row> rows = {
        {"none", "", "", "there is no [[principal]]"},
        {"a table of another name", "[[principals]]\nname = \"fax-1\"\n", "", "principals"},
        {"another table beside", good + "[extra]\n", ":5: ", "unknown key extra"},
        {"no name", replaced(good, "name = \"fax-1\"\n", ""), ":1: ", "needs a name"},
        {"a name with a space", replaced(good, "fax-1", "fax 1"), ":1: ", "'fax 1'"},
        {"a role that does not exist", principal("fax-1", kKey, "[\"fax\"]"), ":4: ", "there is no role 'fax'"},
        {"no roles", principal("fax-1", kKey, "[]"), ":1: ", "fax-1 needs roles"},
        {"roles as a text", principal("fax-1", kKey, "\"operator\""), ":1: ", "fax-1 needs roles"},
        {"a key too short", principal("fax-1", kKey.substr(1), "[\"fax_gateway\"]"), ":1: ", "fax-1: public_key must be 40 characters"},
        {"no key", replaced(good, "public_key", "key"), ":", "unknown key key"},
        {"a grant that is no truth value", principal("fax-1", kKey, "[\"operator\"]", "acts_for_others = \"yes\"\n"), ":5: ", "acts_for_others must be true or false"},
        {"an unknown key", principal("fax-1", kKey, "[\"operator\"]", "admin = true\n"), ":5: ", "unknown key admin"},
        {"a name twice", good + principal("fax-1", kOtherKey, "[\"fax_gateway\"]"), ":5: ", "fax-1 stands twice"},
        {"a key twice", good + principal("fax-2", kKey, "[\"fax_gateway\"]"), ":5: ", "the key of fax-2 stands twice"},
        {"no TOML", good + "[[principal]\n", ":5: ", ""},
    };
    for (const Row& row : rows) {
        const std::string path = write("principals.toml", row.text);
        const auto principals = Principals::load(path);
        ASSERT_FALSE(principals) << row.what;
        EXPECT_EQ(principals.error().kind, ErrorKind::kInvalid) << row.what;
        EXPECT_NE(principals.error().message.find(path + row.place), std::string::npos) << row.what << ": " << principals.error().message;
        EXPECT_NE(principals.error().message.find(row.why), std::string::npos) << row.what << ": " << principals.error().message;
    }
}

// ---- sealing keys ----

TEST_F(Configuration, a_logs_key_is_made_once_and_found_again) {
    KeyRing ring(folder.file("keys"));
    const auto missing = ring.key_of("desk");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
    const auto made = ring.key_to_write("desk");
    ASSERT_TRUE(made) << made.error().message;
    const auto other_log = ring.key_to_write(kOffering);
    ASSERT_TRUE(other_log);
    EXPECT_NE((*made)->octets, (*other_log)->octets) << "each log has its own, so that one can be purged";
    KeyRing again(folder.file("keys"));
    EXPECT_EQ((*again.key_of("desk"))->octets, (*made)->octets);
}

TEST_F(Configuration, a_log_with_records_must_have_its_key_or_it_was_erased_with_intent) {
    KeyRing ring(folder.path());
    const auto gone = ring.must_have(kOffering);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(gone.error().message.find(folder.file(std::string(kOffering) + ".key")), std::string::npos) << gone.error().message;
    std::ofstream(folder.file(std::string(kOffering) + ".erased"));
    EXPECT_TRUE(ring.must_have(kOffering));
    ASSERT_TRUE(ring.key_to_write("desk"));
    EXPECT_TRUE(ring.must_have("desk"));
}

// The other host's folder, as it is mounted here.
struct TwoHosts : Configuration {
    TwoHosts() { std::filesystem::create_directories(folder.file("there")); }
    KeyRing here() { return KeyRing(folder.file("here"), folder.file("there")); }
    [[nodiscard]] std::string file(const std::string& host, const std::string& log) const { return folder.file(host + "/" + log + ".key"); }
};

TEST_F(TwoHosts, a_key_is_on_both_before_anything_is_written_with_it) {
    KeyRing ring = here();
    const auto made = ring.key_to_write(kOffering);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(wire::load_seal_key(file("there", kOffering)).value().octets, (*made)->octets);
    // The second host, promoted, recognises what the first has hashed.
    KeyRing promoted(folder.file("there"), folder.file("here"));
    EXPECT_EQ((*promoted.key_to_write(kOffering))->octets, (*made)->octets);
}

TEST_F(TwoHosts, a_key_of_before_there_was_a_second_host_is_brought_there) {
    const wire::SealKey old = *KeyRing(folder.file("here")).key_to_write(kOffering).value();
    KeyRing ring = here();
    ASSERT_TRUE(ring.key_of(kOffering));
    EXPECT_FALSE(std::filesystem::exists(file("there", kOffering))) << "whoever only reads brings nothing anywhere";
    ASSERT_TRUE(ring.key_to_write(kOffering));
    EXPECT_EQ(wire::load_seal_key(file("there", kOffering)).value().octets, old.octets);
}

TEST_F(TwoHosts, a_key_that_only_the_other_has_is_taken_from_there) {
    const wire::SealKey theirs = *KeyRing(folder.file("there")).key_to_write(kOffering).value();
    EXPECT_EQ((*here().key_to_write(kOffering))->octets, theirs.octets);
    EXPECT_EQ(wire::load_seal_key(file("here", kOffering)).value().octets, theirs.octets);
}

TEST_F(TwoHosts, nothing_is_written_while_the_other_host_is_away_unless_two_people_do_without) {
    std::filesystem::remove(folder.file("there"));
    KeyRing ring = here();
    const auto refused = ring.key_to_write(kOffering);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(refused.error().message.find("is its folder mounted?"), std::string::npos) << refused.error().message;
    EXPECT_FALSE(std::filesystem::exists(folder.file("there"))) << "a folder made here would be this host's own";
    ring.go_without_mirror(true);
    EXPECT_TRUE(ring.key_to_write(kOffering));
    ring.go_without_mirror(false);
    EXPECT_FALSE(ring.key_to_write(kOffering)) << "required again, and not brought there yet";
    std::filesystem::create_directories(folder.file("there"));
    EXPECT_TRUE(ring.key_to_write(kOffering));
    EXPECT_TRUE(std::filesystem::exists(file("there", kOffering)));
}

TEST_F(TwoHosts, two_keys_of_one_log_are_found_and_none_of_them_is_used) {
    ASSERT_TRUE(KeyRing(folder.file("here")).key_to_write(kOffering));
    ASSERT_TRUE(KeyRing(folder.file("there")).key_to_write(kOffering));
    KeyRing ring = here();
    const auto refused = ring.key_to_write(kOffering);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kCorrupt);
    EXPECT_EQ(ring.unlike(true).value(), std::vector<std::string>{std::string(kOffering) + ".key"}) << "and never copied over one another";
    EXPECT_NE(wire::load_seal_key(file("here", kOffering)).value().octets, wire::load_seal_key(file("there", kOffering)).value().octets);
}

TEST_F(TwoHosts, a_key_that_was_erased_here_does_not_come_back_from_there) {
    ASSERT_TRUE(KeyRing(folder.file("there")).key_to_write(kOffering));
    std::filesystem::create_directories(folder.file("here"));
    std::ofstream(folder.file("here/" + std::string(kOffering) + ".erased"));
    KeyRing ring = here();
    const auto refused = ring.key_to_write(kOffering);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("delete it there too"), std::string::npos) << refused.error().message;
    EXPECT_EQ(ring.unlike(true).value().size(), 1U);
    EXPECT_FALSE(std::filesystem::exists(file("here", kOffering)));
}

TEST_F(TwoHosts, what_is_on_one_host_only_is_said_and_brought_to_the_other) {
    ASSERT_TRUE(KeyRing(folder.file("here")).key_to_write("desk"));
    ASSERT_TRUE(KeyRing(folder.file("there")).key_to_write(kOffering));
    KeyRing ring = here();
    const std::vector<std::string> both{"desk.key", std::string(kOffering) + ".key"};
    EXPECT_EQ(ring.unlike(false).value(), both);
    EXPECT_EQ(ring.unlike(true).value(), both);
    EXPECT_TRUE(ring.unlike(false).value().empty());
    std::filesystem::remove_all(folder.file("there"));
    EXPECT_FALSE(ring.unlike(false)) << "the other host is away";
    EXPECT_TRUE(KeyRing(folder.file("here"), folder.file("here")).unlike(false).value().empty()) << "one folder that both share";
}

// Makes or finds the key in a process of its own, which writes what it got to the file `seen`.
pid_t make_key_in_a_process(const std::string& keys, const std::string& seen) {
    const pid_t process = ::fork();
    if (process != 0) return process;
    KeyRing ring(keys);
    const auto key = ring.key_to_write("desk");
    if (key) std::ofstream(seen, std::ios::binary).write(reinterpret_cast<const char*>((*key)->octets.data()), 32);
    ::_exit(key ? 0 : 1);
}

TEST_F(Configuration, several_processes_that_make_a_key_at_once_get_the_same) {
    for (int round = 0; round < 5; ++round) {
        const std::string keys = folder.file("keys-" + std::to_string(round));
        std::vector<pid_t> services;
        services.reserve(base::enum_texts<ServiceName>().size());
        for (const std::string& name : base::enum_texts<ServiceName>()) services.push_back(make_key_in_a_process(keys, folder.file(name)));
        for (const pid_t service : services) {
            int status = 0;
            ASSERT_EQ(::waitpid(service, &status, 0), service);
            EXPECT_EQ(status, 0) << "every service got a key";
        }
        const auto made = wire::load_seal_key(keys + "/desk.key").value();
        for (const std::string& name : base::enum_texts<ServiceName>()) {
            std::ifstream seen(folder.file(name), std::ios::binary);
            const std::string octets(std::istreambuf_iterator<char>(seen), {});
            EXPECT_EQ(octets, std::string(reinterpret_cast<const char*>(made.octets.data()), made.octets.size())) << name;
        }
    }
}

TEST_F(Configuration, a_key_file_that_others_may_read_is_refused) {
    KeyRing ring(folder.path());
    ASSERT_TRUE(ring.key_to_write("desk"));
    ASSERT_EQ(::chmod(folder.file("desk.key").c_str(), 0644), 0);
    KeyRing again(folder.path());
    const auto key = again.key_to_write("desk");
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().kind, ErrorKind::kInvalid);
}

// ---- arguments and settings ----

tl::expected<Arguments, ExitCode> parsed(std::vector<std::string> words, const FurtherCheck& further = {}) {
    std::vector<char*> values;
    values.reserve(words.size());
    for (std::string& word : words) values.push_back(word.data());
    return parse_arguments(static_cast<int>(values.size()), values.data(), "intake", further);
}

TEST_F(Configuration, arguments_name_the_configuration_the_instance_and_the_log) {
    const std::string path = write("suite.toml", kSuite);
    const auto arguments = parsed({"rightsdesk-intake", "--config", path, "--instance", "2", "--log", "intake.log"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->config, path);
    EXPECT_EQ(arguments->instance, "2");
    EXPECT_EQ(arguments->log_file, "intake.log");
}

TEST_F(Configuration, exit_codes_of_the_command_line) {
    const std::string good = write("suite.toml", kSuite);
    const std::string bad = write("bad.toml", "clock = 1\n");
    EXPECT_EQ(parsed({"rightsdesk-intake", "--help"}).error(), ExitCode::kStopped);
    EXPECT_EQ(parsed({"rightsdesk-intake"}).error(), ExitCode::kUsage) << "no configuration";
    EXPECT_EQ(parsed({"rightsdesk-intake", "--config", folder.file("missing")}).error(), ExitCode::kUsage);
    EXPECT_EQ(parsed({"rightsdesk-intake", "--config", good, "--speed", "9"}).error(), ExitCode::kUsage);
    EXPECT_EQ(parsed({"rightsdesk-intake", "--config", good, "--check-config"}).error(), ExitCode::kStopped);
    EXPECT_EQ(parsed({"rightsdesk-intake", "--config", bad, "--check-config"}).error(), ExitCode::kUsage);
}

TEST_F(Configuration, what_a_service_reads_besides_is_checked_with_it) {
    const std::string good = write("suite.toml", kSuite);
    const FurtherCheck missing = [](const SuiteConfig&) -> base::Result<> { return base::invalid("ways.toml: cannot be read"); };
    EXPECT_EQ(parsed({"rightsdesk-intake", "--config", good, "--check-config"}, missing).error(), ExitCode::kUsage);
    EXPECT_TRUE(parsed({"rightsdesk-intake", "--config", good}, missing)) << "the start says it itself";
}

TEST_F(Configuration, a_services_settings_are_its_own_endpoints_and_key_and_the_others_feeds) {
    const auto config = load_suite_config(write("suite.toml", kSuite)).value();
    std::filesystem::create_directories(config.keys);
    DeskWorld world;
    ASSERT_TRUE(bus::save_key_pair(config.key_file("intake"), world.keys.at("intake")));
    const auto settings = settings_for(config, world.principals, {"", "1", ""}, "intake");
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->instance, "1");
    EXPECT_EQ(settings->instances, std::vector<std::string>{"1"});
    EXPECT_EQ(settings->door, "ipc:///run/intake.door");
    EXPECT_EQ(settings->key.public_key, world.keys.at("intake").public_key);
    ASSERT_EQ(settings->feeds.size(), 3U);
    for (const bus::Remote& feed : settings->feeds) EXPECT_NE(feed.endpoint, settings->feed);
    EXPECT_EQ(settings->registered.size(), 4U);
}

const std::string kSecondIntake = R"(
[[service.intake.instance]]
name = "2"
door = "ipc:///run/intake-2.door"
feed = "ipc:///run/intake-2.feed"
)";

TEST_F(Configuration, an_instance_has_its_own_endpoints_and_hears_the_other_instances_too) {
    const auto config = load_suite_config(write("suite.toml", kSuite + kSecondIntake)).value();
    EXPECT_EQ(config.services.at("intake").instances(), (std::vector<InstanceEndpoints>{{"1", "ipc:///run/intake.door", "ipc:///run/intake.feed"},
                                                                                      {"2", "ipc:///run/intake-2.door", "ipc:///run/intake-2.feed"}}));
    std::filesystem::create_directories(config.keys);
    DeskWorld world;
    for (const char* service : {"intake", "notification"}) ASSERT_TRUE(bus::save_key_pair(config.key_file(service), world.keys.at(service)));
    const auto second = settings_for(config, world.principals, {"", "2", ""}, "intake");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second->door, "ipc:///run/intake-2.door");
    EXPECT_EQ(second->instances, (std::vector<std::string>{"1", "2"}));
    ASSERT_EQ(second->feeds.size(), 4U);
    EXPECT_EQ(std::count_if(second->feeds.begin(), second->feeds.end(), [](const bus::Remote& feed) { return feed.endpoint == "ipc:///run/intake.feed"; }), 1);
    EXPECT_EQ(settings_for(config, world.principals, {"", "1", ""}, "notification")->feeds.size(), 4U) << "both of intake";
    const auto third = settings_for(config, world.principals, {"", "3", ""}, "intake");
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().kind, base::ErrorKind::kInvalid);
    EXPECT_NE(third.error().message.find("'3'"), std::string::npos) << third.error().message;
}

TEST_F(Configuration, a_service_without_a_key_among_the_principals_is_named) {
    const auto config = load_suite_config(write("suite.toml", kSuite)).value();
    std::filesystem::create_directories(config.keys);
    const auto pair = bus::make_key_pair().value();
    ASSERT_TRUE(bus::save_key_pair(config.key_file("intake"), pair));
    Principals principals;
    principals.add({"intake", {Role::kService}, false}, pair.public_key);
    const auto settings = settings_for(config, principals, {}, "intake");
    ASSERT_FALSE(settings);
    EXPECT_NE(settings.error().message.find(config.principals_file()), std::string::npos);
    EXPECT_NE(settings.error().message.find("deadline_monitor"), std::string::npos) << settings.error().message;
}

}  // namespace
}  // namespace rightsdesk::runtime
