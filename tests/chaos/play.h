// One seed's play: a desk, its offerings, its gateways, and what is done to them. Afterwards the folder holds what the checker reads:
//
//     journal/<sender>.jsonl    what each said, before it said it, and every receipt's bytes
//     appendonlydir/            Redis's append-only file, as it lay on the disk
//     gateway/                  where the product's own was played: its spool and its journal
//     alerts/live.jsonl         what `rightsdesk watch` showed while it went on; replayed.jsonl, what it shows afterwards
//     nemesis.jsonl             what was done to whom
//     end.json                  how it ended
//     log/                      what the services said
#pragma once

#include <cstdint>
#include <filesystem>

#include "chaos/desk_under_fire.h"

namespace rightsdesk::chaos {

struct PlayOptions {
    std::uint64_t seed = 1;
    int offerings = 2;
    int kills = 30;
    std::filesystem::path into;      // made; must be empty
    DeskOptions desk;
    std::chrono::seconds patience{60};  // without any progress
};

// Every other seed is played as deployments are: two instances of every service, and the product's own gateway over a spool for the mail
// room. In the others each service is alone, and all gateways are the play's, which repeat and contradict themselves.
constexpr bool as_deployed(std::uint64_t seed) { return seed % 2 == 0; }

struct PlayEnd {
    bool finished = false;  // every message has its receipt, and the services are at rest
    std::string why;        // not
    std::string differs;    // what `rightsdesk verify` found, in its first words; empty: nothing
    int kills = 0;
    std::size_t messages = 0;
};

PlayEnd play(PlayOptions options);

}  // namespace rightsdesk::chaos
