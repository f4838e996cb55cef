#include <algorithm>
#include <map>

#include "paper/field_meaning.h"
#include "paper/form.h"
#include "paper/page.h"
#include "paper/template_reading.h"
#include "reading/check_box.h"
#include "reading/concluding.h"
#include "reading/document.h"
#include "reading/field_reading.h"
#include "reading/line_network.h"
#include "reading/pages.h"
#include "reading/reading.h"
#include "reading/recogniser.h"
#include "reading/sums.h"
#include "reading/templates_folder.h"
#include "reading/watch.h"

namespace rightsdesk::reading {

namespace {


// A page of no known layout: a notice all the same where the form's own words stand on it, which a person then keys.
void read_unknown(PageReading& read) {
    const auto form = paper::parse_form(read.text);
    if (!form) {
        read.verdict = Verdict::kNotANotice;
        read.reason = form.error().message;
        return;
    }
    read.verdict = Verdict::kNeedsKeying;
    read.reason = "it is a notice of a layout that no template has: key it, and add the template (deploy/templates)";
    for (const auto& [field, sources] : form->read_from) {
        if (!sources.empty()) read.readings.push_back({field, sources.front(), 0, {}, sources});
    }
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& /*member*/) { read.missing.emplace_back(name); });
    sort_by_field(read);
}

}  // namespace

struct Reader::Parts {
    Recogniser prose;
    Recogniser plain;
    LineNetwork network;
    std::vector<paper::FormTemplate> templates;
    Timings timings = {};

    void read_fields(const paper::TemplateReading& form, const Pages& pages, PageReading& read) {
        std::map<std::string, std::vector<const paper::FieldPlace*>> by_field;
        for (const paper::FieldPlace& place : form.fields) by_field[place.field].push_back(&place);
        FieldReader reader(pages, plain, prose, network);
        for (const auto& [field, places] : by_field) reader.decide(form, places, read);
        reader.confirm_names(read);
        read_choices(form, pages, read);
        for (const std::string& field : form.unfound) {
            const bool read_elsewhere = std::any_of(read.readings.begin(), read.readings.end(), [&](const domain::ReadField& reading) { return reading.field == field; });
            if (!read_elsewhere) read.missing.push_back(field);
        }
        settle_sums(reader.numbers(), read);
        sort_by_field(read);
    }

    void read_choices(const paper::TemplateReading& form, const Pages& pages, PageReading& read) {
        std::map<std::string, std::vector<const paper::OptionPlace*>> by_field;
        for (const paper::OptionPlace& option : form.options) by_field[option.field].push_back(&option);
        for (const auto& [field, options] : by_field) {
            domain::ReadField choice;
            choice.field = field;
            std::size_t ticked = 0;
            bool clear = std::find(form.unfound.begin(), form.unfound.end(), field) == form.unfound.end();
            for (const paper::OptionPlace* option : options) {
                const CleanPage& page = pages.clean[option->words.page - 1];
                const Area words{option->words.left, option->words.top, option->words.right - option->words.left, option->words.bottom - option->words.top};
                const CheckBox box = find_check_box(page, words);
                clear = clear && (box.filled == Filled::kEmpty || box.filled == Filled::kTicked);
                if (box.filled == Filled::kEmpty || box.filled == Filled::kNoBox) continue;
                choice.candidates.push_back(option->value);
                if (box.filled == Filled::kTicked && ++ticked == 1) {
                    choice.text = option->value;
                    choice.place = place_on(page, option->words.page, box.area);
                }
            }
            choice.confidence = clear && ticked == 1 ? 1'000 : 0;
            if (clear && ticked == 0) continue;
            if (clear && ticked == 1) {
                choice.candidates.clear();
                paper::set_field(read.fields, field, choice.text);
            } else {
                read.missing.push_back(field);
            }
            read.readings.push_back(std::move(choice));
        }
    }
};

Reader::Reader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

const Timings& Reader::timings() const { return parts_->timings; }

base::Result<Reader> Reader::open(const std::string& templates_folder) {
    auto templates = load_templates(templates_folder);
    if (!templates) return tl::unexpected(templates.error());
    auto prose = Recogniser::open(true);
    if (!prose) return tl::unexpected(prose.error());
    auto plain = Recogniser::open(false);
    if (!plain) return tl::unexpected(plain.error());
    auto network = LineNetwork::built_in();
    if (!network) return tl::unexpected(network.error());
    return Reader(std::make_unique<Parts>(Parts{*std::move(prose), *std::move(plain), *std::move(network), *std::move(templates)}));
}

base::Result<PageReading> Reader::read(std::span<const std::byte> octets, const Limits& limits) {
    Timings& timings = parts_->timings;
    timings = {};
    auto document = open_document(octets, limits);
    if (!document) return tl::unexpected(document.error());
    const auto pages = read_pages(**document, parts_->prose, parts_->network, timings);
    if (!pages) return tl::unexpected(pages.error());
    const Watch watch(timings.fields);
    PageReading read;
    read.text = paper::text_of(pages->sheet);
    const paper::FormTemplate* form = choose_template(parts_->templates, pages->sheet);
    if (form == nullptr) {
        read_unknown(read);
        return read;
    }
    read.layout = form->name;
    if (!form->ours) {
        read.verdict = Verdict::kNotOurs;
        read.reason = "it is " + form->title;
        return read;
    }
    parts_->read_fields(paper::read_by_template(*form, pages->sheet), *pages, read);
    conclude(read);
    return read;
}

}  // namespace rightsdesk::reading
