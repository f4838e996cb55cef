// What arrives in a spool: read, handed on to in/ with what was read, taken up after a crash at any of its steps.
#include "feeds/arrivals.h"

#include <gtest/gtest.h>

#include "domain/civil.h"
#include "rightsdesk/spool.h"
#include "support/builders.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::feeds {
namespace {

namespace fs = std::filesystem;
using base::to_text;

const std::string kPage = "fax000000001.tif";
const std::string kTiff("II*\0 the page", 13);
const std::string kBeside = R"({"kind": "notice", "channel": "fax", "address": "+17185550101", "stamp": "2002-06-28T16:58:00-04:00", "pages": 2})";

// Answers what the test gives, and counts.
class ReaderOfTheTest final : public PageReader {
public:
    base::Result<reading::PageReading> answer = reading::PageReading{};
    int asked = 0;
    base::Result<reading::PageReading> read(std::string_view document) override {
        EXPECT_EQ(document, kTiff);
        ++asked;
        return answer;
    }
    base::Result<reading::PageReading> read_text(std::string_view /*text*/) override { return base::invalid("no text arrives on a fax line"); }
};

reading::PageReading a_page(reading::Verdict verdict) {
    reading::PageReading read;
    read.verdict = verdict;
    read.layout = "form";
    read.fields = support::a_notice().fields();
    read.readings = {{"dated", "June Z7", 412, domain::ReadPlace{1, 100, 800, 120, 15}, {"2002-06-27"}}, {"names", "Ida M. Holder", 990, std::nullopt, {}}};
    return read;
}

class Arriving : public testing::Test {
protected:
    Arriving() { settings.spool = spool.path(), settings.source = "fax-1", settings.rescan = {}, restart(); }

    // As after kill -9: nothing is left but the files.
    void restart() {
        arrivals = std::make_unique<Arrivals>(reader, settings, [this] { return now; }, [this](const std::string& text) { told.push_back(text); });
        ASSERT_TRUE(arrivals->recover());
    }
    void put(const std::string& name, const std::string& document, const std::string& sidecar) {
        support::write_file(at("arrived", name), document);
        if (!sidecar.empty()) support::write_file(at("arrived", name + ".json"), sidecar);
    }
    void bring_in() {
        int steps = 0;
        do {
            ASSERT_TRUE(arrivals->step());
        } while (++steps < 20 && !arrivals->is_idle());
    }
    [[nodiscard]] fs::path at(const std::string& folder, const std::string& name) const { return spool / folder / name; }
    [[nodiscard]] bool is_in(const std::string& folder, const std::string& name) const { return fs::exists(at(folder, name)); }

    // As the gateway reads it from in/.
    [[nodiscard]] domain::SubmitNotice submitted(const std::string& name = kPage) const {
        const auto item = tools::Spool::look_into(settings.spool).read(name, "fax-1");
        if (!item) throw std::runtime_error(item.error().message);
        return std::get<domain::SubmitNotice>(item->command);
    }

    support::Folder spool{"arrivals"};
    ReaderOfTheTest reader;
    ArrivalSettings settings;
    std::optional<domain::Instant> now = support::new_york("2002-06-28T17:03:00");
    std::vector<std::string> told;
    std::unique_ptr<Arrivals> arrivals;
};

TEST_F(Arriving, a_page_that_is_certain_goes_on_with_its_fields_and_its_own_stamp) {
    reader.answer = a_page(reading::Verdict::kRead);
    put(kPage, kTiff, kBeside);
    bring_in();
    const domain::SubmitNotice notice = submitted();
    EXPECT_EQ(notice.document.value, kTiff);
    EXPECT_EQ(notice.media_type, "image/tiff");
    EXPECT_EQ(notice.stamp, support::new_york("2002-06-28T16:58:00"));
    EXPECT_EQ(notice.pages, 2);
    EXPECT_EQ(notice.keyed, support::a_notice().fields()) << "money and all";
    ASSERT_TRUE(notice.reading);
    EXPECT_TRUE(notice.reading->certain);
    EXPECT_EQ(notice.reading->fields, a_page(reading::Verdict::kRead).readings);
    EXPECT_TRUE(is_in("taken", kPage + ".json"));
    EXPECT_EQ(support::text_of_file(at("taken", kPage + ".json")), kBeside) << "as it came";
    EXPECT_FALSE(is_in("arrived", kPage));
    EXPECT_FALSE(is_in("arrived", kPage + ".json"));
    EXPECT_TRUE(arrivals->is_idle());
    EXPECT_TRUE(told.empty());
}

TEST_F(Arriving, one_that_is_not_certain_goes_to_keying_with_what_must_be_keyed) {
    reader.answer = a_page(reading::Verdict::kNeedsKeying);
    reader.answer->reason = "a streak runs through the date";
    reader.answer->missing = {"dated", "rights_held", "drawee"};
    put(kPage, kTiff, kBeside);
    bring_in();
    const domain::SubmitNotice notice = submitted();
    EXPECT_FALSE(notice.reading->certain);
    EXPECT_EQ(notice.reading->reason, "a streak runs through the date");
    EXPECT_EQ(notice.reading->missing, (std::vector<std::string>{"dated", "rights_held"})) << "where nothing stands and nothing must, nobody is asked";
    EXPECT_TRUE(notice.keyed) << "what is certain is told";
}

TEST_F(Arriving, what_looks_like_something_else_is_not_lost_but_a_persons) {
    for (const reading::Verdict verdict : {reading::Verdict::kNotOurs, reading::Verdict::kNotANotice}) {
        SCOPED_TRACE(to_text(verdict));
        reader.answer = a_page(verdict);
        reader.answer->reason = "a tender offer's";
        const std::string name = to_text(verdict) + ".tif";
        put(name, kTiff, kBeside);
        bring_in();
        EXPECT_FALSE(submitted(name).reading->certain);
        EXPECT_NE(submitted(name).reading->reason.find("a tender offer's"), std::string::npos);
        EXPECT_FALSE(submitted(name).keyed) << "nothing of it is taken for a notice's";
    }
}

TEST_F(Arriving, a_page_that_kills_its_reader_or_has_none_is_a_persons_at_once) {
    for (const base::ErrorKind kind : {base::ErrorKind::kInvalid, base::ErrorKind::kNotFound}) {
        reader.answer = base::failure(kind, "rightsdesk-read-page was ended by SIGSEGV");
        reader.asked = 0;
        const std::string name = "killer-" + std::to_string(static_cast<int>(kind)) + ".tif";
        put(name, kTiff, kBeside);
        bring_in();
        EXPECT_EQ(reader.asked, 1);
        EXPECT_FALSE(submitted(name).reading->certain);
        EXPECT_EQ(submitted(name).reading->reason, "no page reader could read it (rightsdesk-read-page was ended by SIGSEGV)");
        EXPECT_EQ(submitted(name).stamp, support::new_york("2002-06-28T16:58:00"));
    }
    EXPECT_FALSE(told.empty());
}

TEST_F(Arriving, a_reader_that_cannot_be_started_is_asked_again_and_not_for_ever) {
    reader.answer = base::unavailable("no memory");
    put(kPage, kTiff, kBeside);
    ASSERT_TRUE(arrivals->step());
    EXPECT_TRUE(is_in("arrived", kPage));
    EXPECT_FALSE(arrivals->is_idle());
    bring_in();
    EXPECT_EQ(reader.asked, 3);
    EXPECT_EQ(submitted().reading->reason, "no page reader could read it (after 3 attempts: no memory)");
}

TEST_F(Arriving, what_is_no_picture_or_was_keyed_goes_on_as_it_came) {
    const std::string keyed = R"({"kind": "notice", "address": "+17185550101", "stamp": "2002-06-28T16:58:00-04:00", "media_type": "image/tiff", "keyed": {"rights_held": 5}})";
    put("form.txt", "NOTICE OF GUARANTEED DELIVERY", kBeside);
    put("keyed.tif", kTiff, keyed);
    put("certificates", "", R"({"kind": "certificates"})");
    put("torn.tif", kTiff, "{\"kind\": ");
    bring_in();
    EXPECT_EQ(reader.asked, 0);
    EXPECT_FALSE(submitted("form.txt").reading);
    EXPECT_EQ(submitted("form.txt").media_type, "text/plain");
    EXPECT_EQ(submitted("keyed.tif").keyed->rights_held, domain::Rights(5));
    EXPECT_EQ(support::text_of_file(at("in", "torn.tif.json")), "{\"kind\": ") << "the gateway says what is wrong, and keeps it in refused/";
    EXPECT_TRUE(is_in("in", "certificates.json"));
}

TEST_F(Arriving, a_crash_at_any_step_repeats_nothing_and_loses_nothing) {
    reader.answer = a_page(reading::Verdict::kRead);
    // After the document's move.
    put("a.tif", kTiff, kBeside);
    fs::rename(at("arrived", "a.tif"), at("in", "a.tif"));
    // After its sidecar was written: what it came with is still there.
    put("b.tif", kTiff, kBeside);
    fs::rename(at("arrived", "b.tif"), at("in", "b.tif"));
    support::write_file(at("in", "b.tif.json"), "as it was written");
    // In the middle of writing it.
    put("c.tif", kTiff, kBeside);
    fs::rename(at("arrived", "c.tif"), at("in", "c.tif"));
    support::write_file(at("in", "c.tif.json.part"), "{\"kin");
    restart();
    bring_in();
    EXPECT_EQ(reader.asked, 2);
    for (const char* name : {"a.tif", "c.tif"}) EXPECT_TRUE(submitted(name).reading) << name;
    EXPECT_EQ(support::text_of_file(at("in", "b.tif.json")), "as it was written");
    for (const char* name : {"a.tif", "b.tif", "c.tif"}) EXPECT_TRUE(is_in("taken", std::string(name) + ".json")) << name;
    EXPECT_TRUE(fs::is_empty(spool / "arrived"));
}

TEST_F(Arriving, nothing_is_written_over) {
    reader.answer = a_page(reading::Verdict::kRead);
    put(kPage, kTiff, kBeside);
    support::write_file(at("in", kPage), "another");
    support::write_file(at("in", kPage + ".json"), "another's");
    ASSERT_TRUE(arrivals->step());
    EXPECT_EQ(support::text_of_file(at("in", kPage)), "another");
    EXPECT_TRUE(is_in("arrived", kPage));
    EXPECT_FALSE(arrivals->is_idle());
    ASSERT_FALSE(told.empty());
    EXPECT_NE(told.back().find("goes first"), std::string::npos) << told.back();
    fs::remove(at("in", kPage));
    fs::remove(at("in", kPage + ".json"));
    bring_in();
    EXPECT_EQ(submitted().document.value, kTiff);
}

TEST_F(Arriving, of_what_came_without_a_sidecar_the_first_sight_is_the_stamp_also_after_a_crash_and_a_person_keys_it) {
    reader.answer = a_page(reading::Verdict::kRead);
    settings.without_sidecar = std::chrono::hours(1);
    restart();
    put(kPage, kTiff, "");
    ASSERT_TRUE(arrivals->step());
    EXPECT_FALSE(arrivals->is_idle());
    EXPECT_EQ(arrivals->earliest(), domain::Instant(1)) << "no watermark is told while nobody knows its stamp";
    now = support::new_york("2002-06-28T17:30:00");
    settings.without_sidecar = std::chrono::seconds(0);
    restart();
    bring_in();
    EXPECT_EQ(submitted().stamp, support::new_york("2002-06-28T17:03:00"));
    EXPECT_FALSE(submitted().reading->certain);
    EXPECT_NE(submitted().reading->reason.find("nobody knows when it came"), std::string::npos);
    EXPECT_TRUE(submitted().keyed) << "what the page says is certain all the same";
}

TEST_F(Arriving, the_watermark_stays_before_what_is_not_brought_in) {
    reader.answer = base::unavailable("no memory");
    settings.attempts = 1'000;
    restart();
    EXPECT_FALSE(arrivals->earliest());
    put("later.tif", kTiff, R"({"kind": "notice", "address": "+17185550101", "stamp": "2002-06-28T16:59:00-04:00"})");
    put(kPage, kTiff, kBeside);
    ASSERT_TRUE(arrivals->step());
    EXPECT_EQ(arrivals->earliest(), support::new_york("2002-06-28T16:58:00"));
}

TEST_F(Arriving, it_reads_no_further_ahead_than_the_gateway_takes) {
    reader.answer = a_page(reading::Verdict::kRead);
    settings.most_ahead = 2;
    restart();
    for (int page = 0; page < 5; ++page) put("page-" + std::to_string(page) + ".tif", kTiff, kBeside);
    for (int steps = 0; steps < 20; ++steps) ASSERT_TRUE(arrivals->step());
    EXPECT_EQ(reader.asked, 2);
    EXPECT_FALSE(arrivals->is_idle());
}

TEST_F(Arriving, what_is_still_being_written_is_left_alone) {
    put(kPage + ".part", kTiff, "");
    put(".hidden", kTiff, "");
    bring_in();
    EXPECT_TRUE(arrivals->is_idle());
    EXPECT_FALSE(arrivals->earliest());
}

TEST(PageReads, come_back_from_their_text) {
    reading::PageReading read = a_page(reading::Verdict::kNeedsKeying);
    read.missing = {"dated"};
    read.text = "NOTICE \"OF\"\n";
    const auto back = page_read_from(page_read_text(read));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, read);
    for (const char* bad : {"", "[]", "{\"verdict\": \"maybe\"}", "{\"readings\": [{\"confidence\": -1}]}", "{\"colour\": 1}"}) EXPECT_FALSE(page_read_from(bad)) << bad;
}

TEST(PageReads, are_asked_of_a_program_in_confinement) {
    ConfinedPageReader reader("/bin/cat", "");
    const auto read = reader.read(page_read_text(a_page(reading::Verdict::kRead)));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, a_page(reading::Verdict::kRead));
    EXPECT_EQ(reader.read("no JSON").error().kind, base::ErrorKind::kInvalid);
    ConfinedPageReader none("/nowhere/read", "");
    EXPECT_EQ(none.read("a page").error().kind, base::ErrorKind::kNotFound);
}

}  // namespace
}  // namespace rightsdesk::feeds
