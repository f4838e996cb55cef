#include <algorithm>
#include <map>

#include "paper/field_meaning.h"
#include "paper/form.h"
#include "paper/template_reading.h"
#include "reading/check_box.h"
#include "reading/document.h"
#include "reading/field_reading.h"
#include "reading/pages.h"
#include "reading/reading.h"
#include "reading/recogniser.h"
#include "reading/templates_folder.h"
#include "reading/watch.h"

namespace rightsdesk::reading {

namespace {

constexpr std::uint32_t kLeastEvidence = 600;  // thousandths of a template's words

// Puts readings and missing fields in the order of NoticeFields.
void sort_by_field(PageReading& read) {
    std::map<std::string, int> order;
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& /*member*/) { order.emplace(name, static_cast<int>(order.size())); });
    std::stable_sort(read.readings.begin(), read.readings.end(), [&](const FieldReading& one, const FieldReading& other) { return order[one.field] < order[other.field]; });
    std::sort(read.missing.begin(), read.missing.end(), [&](const std::string& one, const std::string& other) { return order[one] < order[other]; });
    read.missing.erase(std::unique(read.missing.begin(), read.missing.end()), read.missing.end());
}

}  // namespace

struct Reader::Parts {
    Recogniser prose;
    Recogniser plain;
    std::vector<paper::FormTemplate> templates;
    Timings timings = {};

    // Null where there is none that is near enough.
    [[nodiscard]] const paper::FormTemplate* choose(const paper::Sheet& sheet) const {
        const paper::FormTemplate* best = nullptr;
        std::uint32_t most = kLeastEvidence - 1;
        for (const paper::FormTemplate& form : templates) {
            const std::uint32_t evidence = paper::evidence_for(form, sheet);
            if (evidence > most) {
                most = evidence;
                best = &form;
            }
        }
        return best;
    }

    void read_fields(const paper::TemplateReading& form, const Pages& pages, PageReading& read) {
        std::map<std::string, std::vector<const paper::FieldPlace*>> by_field;
        for (const paper::FieldPlace& place : form.fields) by_field[place.field].push_back(&place);
        FieldReader reader(pages, plain);
        for (const auto& [field, places] : by_field) reader.decide(form, places, read);
        read_choices(form, pages, read);
        for (const std::string& field : form.unfound) {
            const bool read_elsewhere = std::any_of(read.readings.begin(), read.readings.end(), [&](const FieldReading& reading) { return reading.field == field; });
            if (!read_elsewhere) read.missing.push_back(field);
        }
        sort_by_field(read);
    }

    void read_choices(const paper::TemplateReading& form, const Pages& pages, PageReading& read) {
        std::map<std::string, std::vector<const paper::OptionPlace*>> by_field;
        for (const paper::OptionPlace& option : form.options) by_field[option.field].push_back(&option);
        for (const auto& [field, options] : by_field) {
            FieldReading choice;
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
    return Reader(std::make_unique<Parts>(Parts{*std::move(prose), *std::move(plain), *std::move(templates)}));
}

base::Result<PageReading> Reader::read_text(std::string_view text) {
    PageReading read;
    read.text = text;
    const auto form = paper::parse_form(text);
    if (!form) {
        read.reason = form.error().message;
        return read;
    }
    read.fields = form->fields;
    read.missing = form->missing;
    read.layout = "form_itself";
    read.verdict = Verdict::kNeedsKeying;
    return read;
}

base::Result<PageReading> Reader::read(std::span<const std::byte> octets, const Limits& limits) {
    Timings& timings = parts_->timings;
    timings = {};
    auto document = open_document(octets, limits);
    if (!document) return tl::unexpected(document.error());
    const auto pages = read_pages(**document, parts_->prose, timings);
    if (!pages) return tl::unexpected(pages.error());
    const Watch watch(timings.fields);
    PageReading read;
    read.text = paper::text_of(pages->sheet);
    const paper::FormTemplate* form = parts_->choose(pages->sheet);
    if (form == nullptr) {
        read.verdict = Verdict::kNotANotice;
        read.reason = "the words of no layout that is known stand on it";
        return read;
    }
    read.layout = form->name;
    if (!form->ours) {
        read.verdict = Verdict::kNotOurs;
        read.reason = form->title;
        return read;
    }
    parts_->read_fields(paper::read_by_template(*form, pages->sheet), *pages, read);
    read.verdict = read.missing.empty() ? Verdict::kRead : Verdict::kNeedsKeying;
    return read;
}

}  // namespace rightsdesk::reading
