// rightsdesk bank: what a bank's file says, and whether a bank's profile is one; answers that need no service running.
#include "bank/reader.h"
#include "rightsdesk/bank_document.h"
#include "rightsdesk/bank_profile.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

constexpr const char* kParseHelp =
    "what a bank's file says, as one JSON document; ISO 20022 (camt.052, camt.053, camt.054, pacs.008), SWIFT MT103, MT910, MT940, MT942, or BAI2, found by "
    "looking at it.\n"
    "  An entry is what the bank booked as one; the payments in it are its \"transactions\", and its own references, debtor and remittance are the first one's\n"
    "  where the bank gives the entry none. Credits are positive, in the currency's smallest unit. Of a file with several statements the head is that of the first;\n"
    "  \"statements\" has all, with their balances, and each entry says its own account, message_id and currency. What contradicts itself without hiding a value\n"
    "  (a summary, a closing balance) is in \"findings\"; --strict refuses it, as the bank feed does. Exit code 2, with the line, for what is refused.";

struct ParseAsked {
    std::string file;
    std::string profile;
    bool strict = false;
};

Exit parse_bank_file(Session& session, const ParseAsked& asked) {
    const std::string octets = read_file(asked.file, bank::kMaxFileOctets);
    const auto in_file = [&asked](const base::Error& error) { return Ending{Exit::kUnusable, asked.file + ": " + error.message}; };
    const auto profile = bank_profile_for(asked.profile, octets);
    if (!profile) throw Ending{Exit::kUnusable, profile.error().message};
    const auto statement = bank::read_statement(octets, *profile);
    if (!statement) throw in_file(statement.error());
    if (const bank::Finding* finding = bank::why_not_taken(*statement, *profile); asked.strict && finding != nullptr) {
        throw Ending{Exit::kUnusable, asked.file + ": " + finding->place + ": " + finding->what};
    }
    session.out << runtime::json_text(bank_document(*statement)) << "\n";
    return Exit::kGood;
}

Exit check_bank_profile(Session& session, const std::string& file) {
    const auto profile = bank_profile_for(file, "");
    if (!profile) throw Ending{Exit::kUnusable, profile.error().message};
    session.out << file << ": a profile of " << profile->bank << "\n";
    return Exit::kGood;
}

}  // namespace

void add_bank(CLI::App& app, Session& session) {
    CLI::App* bank = app.add_subcommand("bank", "what banks send");
    bank->require_subcommand(1);
    auto asked = std::make_shared<ParseAsked>();
    CLI::App* parse = subcommand(*bank, "parse", kParseHelp, "bank parse statement.xml --profile gsbi");
    parse->add_option("FILE", asked->file, "the file, - for standard input")->required();
    parse->add_option("--profile", asked->profile, "the bank's dialect: a TOML file, or the name of one that is built in; else the one whose sender the file names, or generic");
    parse->add_flag("--strict", asked->strict, "refuse what the bank feed would not take");
    parse->callback([&session, asked] { session.run = [asked](Session& run) { return parse_bank_file(run, *asked); }; });

    CLI::App* profile = bank->add_subcommand("profile", "banks' dialects");
    profile->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    CLI::App* check = subcommand(*profile, "check", "whether a file is a profile, and every mistake in it", "bank profile check deploy/bank-profiles/gsbi.toml");
    check->add_option("FILE", *file, "the profile, TOML, or the name of one that is built in")->required();
    check->callback([&session, file] { session.run = [file](Session& run) { return check_bank_profile(run, *file); }; });
}

}  // namespace rightsdesk::tools
