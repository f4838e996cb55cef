// rightsdesk-chaos: plays one seed under fire. tools/chaos is what people call.
#include <iostream>

#include <CLI/CLI.hpp>

#include "chaos/play.h"

using namespace rightsdesk;

int main(int count, char** values) {
    chaos::PlayOptions options;
    std::string into;
    options.desk.binaries = RIGHTSDESK_BINARY_DIR;
    CLI::App app("rightsdesk-chaos: a seed's offerings over real processes, which are killed, stopped and made deaf meanwhile.\n"
                 "Exit codes: 0 played to the end, 1 not, 2 wrong arguments.\nExample: rightsdesk-chaos --seed 7 --into var/chaos/7");
    app.add_option("--seed", options.seed, "what everything is chosen by")->required();
    app.add_option("--into", into, "an empty folder, or one to be made, for the journals and all that the checker reads")->required();
    app.add_option("--kills", options.kills, "how often a process is killed");
    app.add_option("--offerings", options.offerings, "how many, 1 to 9")->check(CLI::Range(1, 9));
    app.add_option("--services", options.desk.services, "the folder of the services, where it is not that of the build");
    app.add_option("--function", options.desk.function, "the file of the Redis function, where it is not the one built in");
    int patience = 60;
    app.add_option("--patience", patience, "seconds without any progress after which it gives up");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.into = into;
    options.patience = std::chrono::seconds(patience);
    try {
        const auto end = chaos::play(options);
        std::cout << "seed " << options.seed << ": " << end.messages << " messages, " << end.kills << " kills" << (end.finished ? "" : ", not finished: " + end.why)
                  << (end.differs.empty() ? "" : ", not as its log says: " + end.differs) << "\n";
        return end.finished && end.differs.empty() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "seed " << options.seed << ": " << error.what() << "\n";
        return 1;
    }
}
