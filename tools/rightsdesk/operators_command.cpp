// rightsdesk operators add|list|remove: who may sign in at the console.
#include <termios.h>
#include <unistd.h>

#include <filesystem>

#include <sodium.h>

#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "runtime/operators.h"

namespace rightsdesk::tools {

namespace {

// What is typed is not shown while it lives.
class WithoutEcho {
public:
    WithoutEcho() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!changed_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    WithoutEcho(const WithoutEcho&) = delete;
    WithoutEcho& operator=(const WithoutEcho&) = delete;
    ~WithoutEcho() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }

private:
    termios before_{};
    bool changed_;
};

std::string line_without_end(std::string line) {
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

// From a terminal twice, else the first line of standard input. Never an argument: those are everybody's to read.
std::string password_from(Session& session) {
    std::string first, second;
    const bool terminal = ::isatty(STDIN_FILENO) == 1;
    const WithoutEcho silent;
    if (terminal) session.err << "password: " << std::flush;
    if (!std::getline(std::cin, first)) throw Ending{Exit::kUnusable, "no password: it is read from the terminal, or is the first line of standard input"};
    if (!terminal) return line_without_end(first);
    session.err << "\nagain: " << std::flush;
    std::getline(std::cin, second);
    session.err << "\n";
    if (first != second) throw Ending{Exit::kUnusable, "the two are not the same; nothing is changed"};
    return first;
}

// Beside the suite's configuration, unless another is named.
std::string operators_file(const Session& session, const std::string& named) {
    if (!named.empty()) return named;
    return (std::filesystem::path(session.config_file).parent_path() / "operators.toml").string();
}

runtime::Operators operators_in(const std::string& path) {
    auto loaded = runtime::Operators::load(path);
    if (!loaded && loaded.error().kind == base::ErrorKind::kNotFound) return {};
    return must(std::move(loaded));
}

struct OperatorGiven {
    std::string name;
    std::vector<std::string> roles;
    std::string file;
};

Exit add_operator(Session& session, const OperatorGiven& given) {
    const std::string path = operators_file(session, given.file);
    runtime::Operators operators = operators_in(path);
    const bool known = operators.find(given.name) != nullptr;
    runtime::Operator person{given.name, {}, {}};
    person.roles.reserve(given.roles.size());
    for (const std::string& role : given.roles) person.roles.push_back(one_of<runtime::OperatorRole>(role, "role"));
    std::string password = password_from(session);
    auto hash = runtime::hash_password(password);
    sodium_memzero(password.data(), password.size());
    person.password_hash = must(std::move(hash));
    must(operators.set(std::move(person)));
    must(operators.save(path));
    session.out << given.name << (known ? " has another password and these roles now" : " may sign in") << "; the console reads " << path << " again by itself\n";
    return Exit::kGood;
}

Exit list_operators(Session& session, const OperatorGiven& given) {
    const runtime::Operators operators = operators_in(operators_file(session, given.file));
    runtime::Json answer = runtime::Json::array();
    for (const runtime::Operator& person : operators.all()) {
        std::string roles;
        for (const std::string& role : words_of(person.roles)) roles += (roles.empty() ? "" : ", ") + role;
        if (session.json) answer.push_back({{"name", person.name}, {"roles", words_of(person.roles)}});
        else session.out << person.name << "  " << roles << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    else if (operators.all().empty()) session.out << "nobody may sign in: rightsdesk operators add NAME --role operator\n";
    return Exit::kGood;
}

Exit remove_operator(Session& session, const OperatorGiven& given) {
    const std::string path = operators_file(session, given.file);
    runtime::Operators operators = operators_in(path);
    if (!operators.remove(given.name)) throw Ending{Exit::kUnusable, path + " has no operator '" + given.name + "'"};
    must(operators.save(path));
    session.out << given.name << " may not sign in any more; the sessions of " << given.name << " end within a second\n";
    return Exit::kGood;
}

}  // namespace

void add_operators(CLI::App& app, Session& session) {
    CLI::App* operators = subcommand(app, "operators", "who may sign in at the console, and what each may do", "");
    operators->require_subcommand(1);
    auto given = std::make_shared<OperatorGiven>();
    operators->add_option("--file", given->file, "the operators' file; else operators.toml beside the suite's configuration");

    CLI::App* add = subcommand(*operators, "add", "let somebody sign in, or give another password or other roles; the password is asked for, or is the first line of standard input",
                               "operators add alice --role operator --role approver");
    add->add_option("NAME", given->name)->required();
    add->add_option("--role", given->roles, "viewer: sees; operator: sends commands; approver: approves what another proposed. May be given several times")->required();
    add->callback([&session, given] { session.run = [given](Session& run) { return add_operator(run, *given); }; });

    CLI::App* list = subcommand(*operators, "list", "the people and their roles", "operators list");
    list->callback([&session, given] { session.run = [given](Session& run) { return list_operators(run, *given); }; });

    CLI::App* remove = subcommand(*operators, "remove", "somebody signs in no more", "operators remove alice");
    remove->add_option("NAME", given->name)->required();
    remove->callback([&session, given] { session.run = [given](Session& run) { return remove_operator(run, *given); }; });
}

}  // namespace rightsdesk::tools
