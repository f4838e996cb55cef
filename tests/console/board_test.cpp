// What a board shows of a log, and what it sends.
#include "console/an_offering.h"
#include "console/command_body.h"
#include "console/doors.h"

namespace rightsdesk::support {
namespace {

TEST_F(AnOffering, the_funnel_moves_as_notices_come_and_money_is_matched) {
    take(a_notice().id("fax-1", 1).for_shares(1'000).decided());
    take(a_notice().id("fax-1", 2).for_shares(500).undated().with_reasons({Reason::kUndated}).decided());
    Json funnel = section(Section::kFunnel);
    EXPECT_EQ(step(funnel, 0)["notices"], 2);
    EXPECT_EQ(step(funnel, 1)["basic_shares"], 1'000);
    EXPECT_EQ(step(funnel, 2)["notices"], 1);
    EXPECT_EQ(step(funnel, 3)["notices"], 0);
    EXPECT_EQ(funnel["statuses"], (Json{{"accepted", 1}, {"defective", 1}}));

    take(PaymentAdvised{a_payment(2'000), "", {}});
    EXPECT_EQ(section(Section::kSuspense)["money_cents"], 200'000);
    const Json candidate = section(Section::kSuspense)["rows"][0]["candidates"][0];
    EXPECT_EQ(candidate["notice"], "fax-1.1") << "exactly that much is missing of it";
    EXPECT_EQ(candidate["amount_cents"], 200'000);

    take(PaymentMatched{"bank-1.1", {"fax-1.1", Money(200'000), Evidence::kPerson, "alice"}});
    EXPECT_EQ(section(Section::kSuspense)["total"], 0);
    funnel = section(Section::kFunnel);
    EXPECT_EQ(step(funnel, 3)["notices"], 1);
    EXPECT_EQ(step(funnel, 3)["money_cents"], 200'000);
    EXPECT_EQ(section(Section::kGuarantors)["exposure_cents"], 200'000) << "its certificates are still owed";
}

TEST_F(AnOffering, what_was_given_to_it_by_hand_is_shown_so_that_it_can_be_taken_back) {
    const SubmitNotice came{};
    evolve(desk_, {NoticeUnattributed{"fax-1.7", "no open offering lists it", came}, NoticeUnattributed{"fax-1.8", "no open offering lists it", came},
                   NoticeUnattributed{"fax-1.9", "no open offering lists it", came}});
    evolve(desk_, {NoticeAttributed{"fax-1.8", sample_terms().id, "its form says so", came}, NoticeAttributed{"fax-1.9", "another-2002", "its form says so", came}});
    const Json shown = section(Section::kDesk)["unattributed"];
    EXPECT_EQ(shown["total"], 1);
    EXPECT_EQ(shown["rows"][0]["item"], "fax-1.7");
    ASSERT_EQ(shown["given"].size(), 1U) << "what another offering has is not this board's";
    EXPECT_EQ(shown["given"][0]["item"], "fax-1.8");
}

TEST_F(AnOffering, a_dead_sources_watermark_is_shown_as_proposed_and_then_as_declared) {
    const auto source = [this] { return section(Section::kDesk)["watermarks"][0]; };
    EXPECT_EQ(source()["source"], "fax-1");
    EXPECT_EQ(source()["service"], "intake");
    EXPECT_TRUE(source()["proposed"].is_null());
    EXPECT_EQ(section(Section::kDesk)["watermarks"].back()["service"], "payment_clearing") << "a bank feed's go to another door";
    const Instant through = new_york("2002-06-27T11:00:00");
    evolve(desk_, {WatermarkProposed{{"fax-1", through, "its host burnt", "alice", through}}});
    EXPECT_EQ(source()["proposed"]["by"], "alice");
    const Json waiting = section(Section::kProposals);
    EXPECT_EQ(waiting["open"], 1);
    EXPECT_EQ(waiting["rows"][0]["kind"], "watermark");
    EXPECT_EQ(waiting["rows"][0]["proposed_by"], "alice");
    EXPECT_EQ(waiting["rows"][0]["through"], source()["proposed"]["through"]);
    evolve(desk_, {WatermarkDeclared{{"fax-1", through, {"alice", "bob"}, "its host burnt"}, through}});
    EXPECT_TRUE(source()["proposed"].is_null());
    EXPECT_EQ(source()["declared_by"], Json({"alice", "bob"}));
    EXPECT_EQ(section(Section::kProposals)["open"], 0);
}

TEST_F(AnOffering, exceptions_are_sorted_by_time_then_money_and_go_when_it_is_too_late) {
    take(a_notice().id("fax-1", 1).for_shares(10).undated().with_reasons({Reason::kUndated}).decided());
    take(a_notice().id("fax-1", 2).for_shares(1'000).undated().with_reasons({Reason::kUndated}).decided());
    take(AlertRaised{an_alert(1, "notice/fax-1.1", "notice_defective", "2002-06-28T17:00:00")});
    take(AlertRaised{an_alert(2, "notice/fax-1.2", "notice_defective", "2002-06-28T17:00:00")});
    take(AlertRaised{an_alert(3, "notice/fax-1.1", "cover_due", "2002-06-28T09:00:00")});
    take(AlertRaised{an_alert(4, "notice/fax-1.1", "cover_missed", "")});
    Json exceptions = section(Section::kExceptions);
    ASSERT_EQ(exceptions["total"], 3) << "what is on record only is none";
    EXPECT_EQ(exceptions["rows"][0]["kind"], "cover_due");
    EXPECT_EQ(exceptions["rows"][1]["notice"], "fax-1.2") << "at the same hour the one with more money";
    EXPECT_EQ(exceptions["rows"][1]["reasons"][0]["word"], "undated");
    const auto page = notice_page(board_, {desk_, open_, health_, lines_}, "fax-1.2");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->page["exceptions"][0]["money_cents"], exceptions["rows"][1]["money_cents"]) << "its own page says the same";
    EXPECT_EQ(section(Section::kExceptions, "2002-06-28T12:00:00")["total"], 2);
    EXPECT_EQ(section(Section::kExceptions, "2002-06-28T17:00:01")["total"], 0);

    take(AlertAcknowledged{2, "alice", "bob", "", new_york("2002-06-27T12:00:00")});
    EXPECT_EQ(section(Section::kExceptions)["rows"][1]["in_hand"], "bob");
    take(AlertResolved{2, "cured", new_york("2002-06-27T12:00:00"), true});
    exceptions = section(Section::kExceptions);
    EXPECT_EQ(exceptions["total"], 2);
    EXPECT_EQ(section(Section::kAlerts)["open"], 3);
}

TEST_F(AnOffering, ten_thousand_alerts_are_counted_one_by_one_and_shown_as_a_group) {
    for (std::uint64_t number = 1; number <= 10'000; ++number) {
        Alert alert = an_alert(number, "notice/fax-1." + std::to_string(number), "notice_defective", "2002-06-28T17:00:00");
        alert.group = 1;
        take(AlertRaised{alert});
    }
    const Json alerts = section(Section::kAlerts);
    EXPECT_EQ(alerts["open"], 10'000);
    ASSERT_EQ(alerts["rows"].size(), 1U);
    EXPECT_EQ(alerts["rows"][0]["group_size"], 10'000);
    EXPECT_LE(section(Section::kExceptions)["rows"].size(), console::kShownExceptions);
    const auto page = alerts_page(board_, {desk_, open_, health_, lines_}, {{"open", "1"}, {"before", "5000"}, {"limit", "3"}});
    ASSERT_TRUE(page);
    EXPECT_EQ((*page)["rows"][0]["number"], 4'999) << "and every one can be looked up";
}

TEST_F(AnOffering, what_changes_every_notice_is_looked_at_a_slice_at_a_time_where_there_are_many) {
    const std::size_t many = console::kFewNotices + 1;
    for (std::uint64_t number = 1; number <= many; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    EXPECT_EQ(step(section(Section::kFunnel), 1)["money_cents"], many * 2'000);
    take(FinalPriceSet{"price-1", Money(200), Money(300), {}});
    EXPECT_EQ(board_.to_look_at_again(), many) << "who waits for the next record does not wait for all of them";
    board_.look_again(many - 10);
    EXPECT_EQ(board_.to_look_at_again(), 10);
    take(a_notice().id("fax-1", many + 1).for_shares(10).decided());
    EXPECT_EQ(step(section(Section::kFunnel), 0)["notices"], many + 1) << "what comes meanwhile counts at once";
    board_.look_again(many);
    EXPECT_EQ(board_.to_look_at_again(), 0);
    EXPECT_EQ(step(section(Section::kFunnel), 1)["money_cents"], (many + 1) * 3'000);
}

TEST_F(AnOffering, a_projection_is_made_without_the_board_and_is_what_its_book_gives) {
    for (std::uint64_t number = 1; number <= 12; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    take(PaymentAdvised{a_payment(20), "", {}});
    take(PaymentMatched{"bank-1.1", {"fax-1.11", Money(2'000), Evidence::kPerson, "alice"}});
    ASSERT_TRUE(board_.projection_due(std::chrono::nanoseconds(0)));
    auto made = console::make_projection(board_.ask_projection());
    EXPECT_FALSE(board_.projection_due(std::chrono::nanoseconds(0))) << "until something changes";
    board_.take_projection(std::move(made), std::chrono::nanoseconds(0), std::chrono::nanoseconds(0), std::chrono::nanoseconds(0));
    const auto live = allocate_live(board_.book(), {true, true});
    ASSERT_TRUE(live);
    ASSERT_EQ(live->lines.size(), 1U);
    ASSERT_NE(board_.projected_line("fax-1.11"), nullptr);
    EXPECT_EQ(board_.projected_line("fax-1.11")->applied, live->lines.front().applied);
    EXPECT_EQ(board_.projected_line("fax-1.2"), nullptr);
    ASSERT_NE(board_.projected_out("fax-1.2"), nullptr);
    EXPECT_EQ(board_.projected_out("fax-1.2")->why, live->left_out[1].why);
}

TEST_F(AnOffering, what_is_looked_for_comes_a_page_at_a_time) {
    for (std::uint64_t number = 1; number <= 12; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    const auto first = notices_page(board_, {{"limit", "5"}});
    ASSERT_TRUE(first);
    EXPECT_EQ((*first)["rows"][4]["notice"], "fax-1.5");
    const auto last = notices_page(board_, {{"limit", "5"}, {"after", "10"}});
    ASSERT_TRUE(last);
    EXPECT_EQ((*last)["rows"].back()["notice"], "fax-1.12");
    EXPECT_TRUE((*last)["next"].is_null());
    EXPECT_EQ((*notices_page(board_, {{"search", "FAX-1.1"}}))["total"], 4);
    EXPECT_FALSE(notices_page(board_, {{"limit", "0"}}));
    EXPECT_FALSE(notices_page(board_, {{"sort", "colour"}}));
}

TEST_F(AnOffering, a_log_that_is_not_what_was_committed_is_followed_no_further) {
    const auto skipped = log_.next(a_notice().id("fax-1", 1).decided());
    const auto after_gap = log_.next(a_notice().id("fax-1", 2).decided());
    const auto gap = board_.take(after_gap);
    ASSERT_TRUE(gap);
    EXPECT_FALSE(*gap) << "what is between is read from the store";
    auto forged = skipped;
    forged.record = after_gap.record;
    EXPECT_EQ(board_.take(forged).error().kind, base::ErrorKind::kCorrupt);
    forged = skipped;
    forged.link = std::string(40, '0');
    EXPECT_EQ(board_.take(forged).error().kind, base::ErrorKind::kCorrupt);
    EXPECT_TRUE(board_.take(skipped));
}

TEST(BoardCommands, say_every_mistake_and_go_to_the_door_whose_matter_they_are) {
    const Instant now = new_york("2002-06-27T12:00:00");
    const std::string id = R"("id": "0123456789abcdef")";
    const auto cure = console::read_command("cure-defect", "{" + id + R"(, "offering": "o", "notice": "fax-1.1", "reason": "undated", "value": "2002-06-26", "evidence": "letter"})", now);
    ASSERT_TRUE(cure) << cure.error().message;
    EXPECT_EQ(std::get<CureDefect>(cure->command).at, now) << "where it is not said";
    EXPECT_EQ(cure->door, ServiceName::kIntake);
    const auto match = console::read_command("match-payment", "{" + id + R"(, "offering": "o", "payment": "b.1", "notice": "f.1", "amount_cents": 5, "why": ""})", now);
    ASSERT_TRUE(match) << match.error().message;
    EXPECT_EQ(std::get<MatchPayment>(match->command).amount, Money(5));
    const auto key = console::read_command("key-notice", "{" + id + R"(, "offering": "o", "notice": "f.1", "fields": {"dated": "2002-06-26", "aggregate_cents": 200, "names": ["A"]}, "blank": []})", now);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(std::get<KeyNotice>(key->command).fields.aggregate_cents, Money(200));
    for (const auto& [proposal, door] : {std::pair("extension-1", ServiceName::kDeadlineMonitor), std::pair("waiver-2", ServiceName::kIntake), std::pair("refunds-1", ServiceName::kPaymentClearing)}) {
        const auto approval = console::read_command("approve", "{" + id + R"(, "offering": "o", "proposal": ")" + proposal + "\"}", now);
        ASSERT_TRUE(approval) << approval.error().message;
        EXPECT_EQ(approval->door, door);
    }
    EXPECT_EQ(console::role_for("approve"), runtime::OperatorRole::kApprover);
    EXPECT_EQ(console::read_command("submit-notice", "{}", now).error().kind, base::ErrorKind::kNotFound) << "boards hand in no paper";
    for (const auto& [name, rest, door] : {std::tuple("return-certificates", R"("notice": "f.1", "delivery": "c-9", "reference": "courier 7741")", ServiceName::kIntake),
                                           std::tuple("amend-notice", R"("notice": "f.1", "basic_shares": 5, "excess_shares": 0, "evidence": "fax")", ServiceName::kIntake),
                                           std::tuple("represent-instrument", R"("payment": "m.1")", ServiceName::kPaymentClearing),
                                           std::tuple("record-rights-sale", R"("reference": "BR-7", "rights": 12000, "proceeds_cents": 144000, "sold_at": "2002-06-14T15:20:00Z", "evidence": "confirmation")", ServiceName::kIntake),
                                           std::tuple("reverse-rights-sale", R"("reference": "BR-7", "why": "another issue")", ServiceName::kIntake),
                                           std::tuple("settle-sending", R"("way": "mail-desk", "number": 17, "retry": true, "why": "it is back")", ServiceName::kNotification)}) {
        const auto read = console::read_command(name, "{" + id + R"(, "offering": "o", )" + rest + "}", now);
        ASSERT_TRUE(read) << name << ": " << read.error().message;
        EXPECT_EQ(read->door, door) << name;
    }
    const auto owners = console::read_command("certify-owners", "{" + id + R"(, "offering": "o", "notice": "f.1", "owners": [{"reference": "A-1", "rights": 500, "basic": 100, "over": 20}], "evidence": "e"})", now);
    ASSERT_TRUE(owners) << owners.error().message;
    EXPECT_EQ(std::get<CertifyOwners>(owners->command).owners, (std::vector<CertifiedOwner>{{"A-1", Rights(500), Shares(100), Shares(20)}}));
    EXPECT_EQ(std::get<CertifyOwners>(owners->command).at, now);
    const auto schedule = console::read_command("match-by-schedule", "{" + id + R"(, "offering": "o", "payment": "b.1", "parts": [{"notice": "f.1", "amount_cents": 5}], "why": "w"})", now);
    ASSERT_TRUE(schedule) << schedule.error().message;
    EXPECT_EQ(std::get<MatchBySchedule>(schedule->command).parts.at(0).amount, Money(5));
    const auto clock = console::read_command("accept-clock", "{" + id + R"(, "time": "2002-06-28T20:12:00Z", "why": "compared"})", now);
    ASSERT_TRUE(clock) << clock.error().message;
    EXPECT_EQ(clock->door, ServiceName::kDeadlineMonitor);
    const auto no_time = console::read_command("accept-clock", "{" + id + R"(, "why": "compared"})", now);
    ASSERT_FALSE(no_time) << "what the host's clock shows may be what is wrong";
    const auto bad = console::read_command("match-payment", "{" + id + R"(, "offering": 1, "payment": "b.1", "amount_cents": -5, "why": "", "colour": "red"})", now);
    ASSERT_FALSE(bad);
    for (const char* named : {"offering", "notice is missing", "amount_cents", "colour"}) EXPECT_NE(bad.error().message.find(named), std::string::npos) << bad.error().message;
    EXPECT_FALSE(console::read_command("settle-offering", R"({"id": "short", "offering": "o", "reference": "r"})", now));
    EXPECT_NE(console::number_of("alice", "0123456789abcdef"), console::number_of("bob", "0123456789abcdef")) << "two people's clicks are two commands";
}

TEST(BoardCommands, declare_a_watermark_at_the_door_that_the_sources_own_go_to) {
    const auto read = [](const std::string& name, const std::string& rest) {
        return console::read_command(name, R"({"id": "0123456789abcdef", "source": "bank-1", )" + rest + "}", new_york("2002-06-27T12:00:00"));
    };
    const auto proposal = read("propose-watermark", R"("through": "2002-06-27T11:00:00Z", "why": "it is dead", "service": "payment_clearing")");
    ASSERT_TRUE(proposal) << proposal.error().message;
    EXPECT_EQ(proposal->door, ServiceName::kPaymentClearing);
    ASSERT_TRUE(read("approve-watermark", R"("through": "2002-06-27T11:00:00Z", "proposed_by": "alice", "service": "payment_clearing")"));
    EXPECT_EQ(console::role_for("approve-watermark"), runtime::OperatorRole::kApprover);
    for (const char* service : {R"("service": "notification")", R"("service": "fax")"}) {
        const auto elsewhere = read("withdraw-watermark", R"("why": "it is up", )" + std::string(service));
        ASSERT_FALSE(elsewhere) << service;
        EXPECT_NE(elsewhere.error().message.find("intake or payment_clearing"), std::string::npos) << elsewhere.error().message;
    }
}

TEST(BoardCommands, release_at_the_door_of_the_service_whose_work_it_is) {
    const auto release = [](const std::string& rest) {
        return console::read_command("release-item", R"({"id": "0123456789abcdef", "item": "intake.rare-medium-2002.17", "why": "mended", )" + rest + "}", new_york("2002-06-27T12:00:00"));
    };
    const auto of_offering = release(R"("offering": "rare-medium-2002", "service": "payment_clearing")");
    ASSERT_TRUE(of_offering) << of_offering.error().message;
    EXPECT_EQ(of_offering->door, ServiceName::kPaymentClearing);
    EXPECT_EQ(std::get<ReleaseItem>(of_offering->command).offering, "rare-medium-2002");
    const auto of_desk = release(R"("offering": "desk", "service": "notification")");
    ASSERT_TRUE(of_desk) << of_desk.error().message;
    EXPECT_EQ(std::get<ReleaseItem>(of_desk->command).offering, "") << "as the door takes it";
    for (const char* wrong : {R"("offering": "o")", R"("offering": "o", "service": "auditor")", R"("offering": "o", "service": 7)"}) {
        const auto refused = release(wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_NE(refused.error().message.find("service must be"), std::string::npos) << refused.error().message;
    }
}

}  // namespace
}  // namespace rightsdesk::support
