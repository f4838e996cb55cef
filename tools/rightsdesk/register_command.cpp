// rightsdesk register check|import|show: the list of record-date holders that notices are checked against.
#include <sstream>

#include "base/hash.h"
#include "domain/money_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "terms/register_file.h"

namespace rightsdesk::tools {

namespace {

constexpr std::size_t kMaxListOctets = std::size_t{1} << 30U;
constexpr std::size_t kPartOctets = std::size_t{2} * 1024 * 1024;  // below what a door takes and a document may be

struct RegisterAsked {
    domain::ImportRegister command;
    std::string file;
};

struct CheckedRegister {
    std::string text;
    std::vector<std::string_view> parts;  // of the text, as they are sent
    std::uint64_t holders = 0;
    domain::Rights rights;

    explicit CheckedRegister(std::string whole) : text(std::move(whole)), parts(terms::register_parts(text, kPartOctets)) {}
    CheckedRegister(const CheckedRegister&) = delete;
    CheckedRegister& operator=(const CheckedRegister&) = delete;
    ~CheckedRegister() = default;
};

std::string numbers_of(std::uint64_t holders, domain::Rights rights) {
    return domain::grouped(static_cast<std::int64_t>(holders)) + " holders with " + domain::grouped(rights.value) + " rights";
}

std::unique_ptr<CheckedRegister> checked_register(Session& session, const std::string& file) {
    auto checked = std::make_unique<CheckedRegister>(read_file(file, kMaxListOctets));
    terms::RegisterReader reader(file, [&session](std::uint64_t lines) { session.err << "read " << lines << " lines\n"; });
    // In the parts that will be sent, so that what is read here is what intake reads.
    for (const std::string_view part : checked->parts) {
        std::istringstream input{std::string(part)};
        if (const auto read = reader.read(input); !read) throw ending(read.error());
    }
    const auto index = must(reader.finish());
    checked->holders = index->holders();
    checked->rights = index->rights();
    return checked;
}

Exit check_register(Session& session, const std::string& file) {
    const auto checked = checked_register(session, file);
    if (session.json) {
        session.out << runtime::json_text(nlohmann::ordered_json{{"file", file}, {"holders", checked->holders}, {"rights", checked->rights.value}}) << "\n";
    } else {
        session.out << file << ": " << numbers_of(checked->holders, checked->rights) << "; it can be imported\n";
    }
    return Exit::kGood;
}

Exit import_register(Session& session, RegisterAsked asked) {
    asked.command.offering = session.offering_or_only(asked.command.offering);
    const auto checked = checked_register(session, asked.file);
    asked.command.holders = checked->holders;
    asked.command.rights = checked->rights;
    const std::string actor = session.actor();
    const auto& parts = checked->parts;
    if (parts.size() > domain::kMaxRegisterParts) throw Ending{Exit::kUnusable, asked.file + " is too large"};
    for (const std::string_view part : parts) {
        domain::KeepRegisterPart keep{asked.command.offering, base::Bytes(std::string(part)), base::sha256_hex(part)};
        const auto receipt = must(session.suite().send(actor, domain::ServiceName::kIntake, keep));
        if (receipt.kind != domain::ReceiptKind::kAccepted && receipt.kind != domain::ReceiptKind::kDuplicate) return session.show_receipt(receipt);
        asked.command.parts.push_back(keep.sha256);
        session.err << "sent " << asked.command.parts.size() << " of " << parts.size() << " parts\n";
    }
    return session.send(actor, domain::ServiceName::kIntake, asked.command);
}

Exit show_register(Session& session, const std::string& named) {
    const domain::OfferingId offering = session.offering_or_only(named);
    const auto books = must(session.suite().read_books(offering));
    const domain::HolderRegister* known = books->offering(offering)->holder_register();
    if (session.json) {
        session.out << runtime::json_text(known == nullptr ? nlohmann::ordered_json(nullptr) : runtime::to_json(*known)) << "\n";
    } else if (known == nullptr) {
        session.out << offering << " has no register of holders: notices are not checked against one\n";
    } else {
        session.out << offering << ": import " << known->revision << ", " << numbers_of(known->holders, known->rights) << "\n";
        print_row(session.out, "by", known->by);
        print_row(session.out, "why", known->why);
    }
    return Exit::kGood;
}

}  // namespace

void add_register(CLI::App& app, Session& session) {
    CLI::App* list = subcommand(app, "register", "the list of record-date holders that notices are checked against", "register import holders.csv --why 'list of 2002-05-28' --as alice");
    list->require_subcommand(1);
    auto asked = std::make_shared<RegisterAsked>();
    const auto takes_file = [&](CLI::App* command) {
        command->add_option("FILE", asked->file, "CSV: holder,name,address,country,rights,certificates[,shares]; certificates with semicolons between")->required();
    };
    CLI::App* check = subcommand(*list, "check", "whether a list can be imported: each mistake with its line; needs no service", "register check holders.csv");
    takes_file(check);
    check->callback([&session, asked] { session.run = [asked](Session& run) { return check_register(run, asked->file); }; });

    CLI::App* import = subcommand(*list, "import", "check notices against this list from now on, and those on file again; it replaces one imported before",
                                  "register import holders.csv --why 'certified list of 2002-05-28' --as alice");
    takes_file(import);
    import->add_option("--offering", asked->command.offering, "needed where several are open");
    import->add_option("--why", asked->command.why, "where the list is from, for the record")->required();
    import->callback([&session, asked] { session.run = [asked](Session& run) { return import_register(run, *asked); }; });

    CLI::App* show = subcommand(*list, "show", "which list is in force", "register show");
    auto named = std::make_shared<std::string>();
    show->add_option("OFFERING", *named, "needed where several are open");
    show->callback([&session, named] { session.run = [named](Session& run) { return show_register(run, *named); }; });
}

}  // namespace rightsdesk::tools
