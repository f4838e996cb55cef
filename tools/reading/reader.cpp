#include <algorithm>
#include <map>
#include <set>

#include "paper/boxes.h"
#include "paper/field_meaning.h"
#include "paper/form.h"
#include "paper/notes.h"
#include "paper/page.h"
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
constexpr std::string_view kFormItself = "form_itself";  // whose text the form's own reader knows better

// Puts readings and missing fields in the order of NoticeFields.
void sort_by_field(PageReading& read) {
    std::map<std::string, int> order;
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& /*member*/) { order.emplace(name, static_cast<int>(order.size())); });
    std::stable_sort(read.readings.begin(), read.readings.end(), [&](const domain::ReadField& one, const domain::ReadField& other) { return order[one.field] < order[other.field]; });
    std::sort(read.missing.begin(), read.missing.end(), [&](const std::string& one, const std::string& other) { return order[one] < order[other]; });
    read.missing.erase(std::unique(read.missing.begin(), read.missing.end()), read.missing.end());
}

void conclude(PageReading& read) {
    read.verdict = read.missing.empty() ? Verdict::kRead : Verdict::kNeedsKeying;
    if (read.missing.empty()) return;
    read.reason = read.missing.size() == 1 ? "one field is not certain:" : std::to_string(read.missing.size()) + " fields are not certain:";
    for (const std::string& field : read.missing) read.reason += (field == read.missing.front() ? " " : ", ") + field;
}

// What the form's own reader found in a text: nothing on it was misread, and what is not certain it left out itself.
void read_text_of_form(const paper::Reading& form, PageReading& read) {
    read.layout = kFormItself;
    read.fields = form.fields;
    for (const auto& [field, sources] : form.read_from) {
        const bool certain = paper::value_text(form.fields, field).has_value();
        std::string text;
        for (const std::string& source : sources) text += (text.empty() ? "" : "\n") + source;
        const bool nothing = !certain && sources.size() == 1 && paper::says_nothing_there(text);
        read.readings.push_back({field, text, certain || nothing ? 1'000U : 0U, {}, certain || nothing ? std::vector<std::string>{} : sources});
        if (!certain && !nothing) read.missing.push_back(field);
    }
    sort_by_field(read);
    conclude(read);
}

// Whether the box in front of an option's words is ticked, by the letters that draw it.
paper::BoxState box_before(const paper::Sheet& sheet, const paper::OptionPlace& option) {
    std::string before;
    for (std::size_t index = 0; index < option.word; ++index) {
        const paper::SheetWord& word = sheet.words[index];
        if (word.line == sheet.words[option.word].line) before += (before.empty() ? "" : " ") + word.text;
    }
    return before.empty() ? paper::BoxState::kNone : paper::last_box(before + " ").state;
}

void read_text_choices(const paper::TemplateReading& form, PageReading& read) {
    std::map<std::string, std::vector<std::string>> ticked;
    std::map<std::string, bool> clear;
    for (const paper::OptionPlace& option : form.options) {
        const paper::BoxState state = box_before(form.sheet, option);
        clear.emplace(option.field, true);
        if (state == paper::BoxState::kTicked) ticked[option.field].push_back(option.value);
        if (state == paper::BoxState::kUnclear) clear[option.field] = false;
    }
    for (const auto& [field, values] : ticked) {
        const bool certain = values.size() == 1 && clear[field];
        if (certain) paper::set_field(read.fields, field, values.front());
        else read.missing.push_back(field);
        read.readings.push_back({field, values.front(), certain ? 1'000U : 0U, {}, certain ? std::vector<std::string>{} : values});
    }
}

void read_text_by(const paper::FormTemplate& layout, const paper::Sheet& sheet, PageReading& read) {
    read.layout = layout.name;
    if (!layout.ours) {
        read.verdict = Verdict::kNotOurs;
        read.reason = "it is " + layout.title;
        return;
    }
    const paper::TemplateReading form = paper::read_by_template(layout, sheet);
    std::map<std::string, std::set<std::string>> values;
    for (const paper::FieldPlace& place : form.fields) {
        if (place.text.empty()) continue;
        domain::NoticeFields alone;
        const paper::Meaning meaning = paper::set_field(alone, place.field, place.text);
        if (meaning != paper::Meaning::kNothing) values[place.field].insert(meaning == paper::Meaning::kValue ? *paper::value_text(alone, place.field) : "");
        const bool first = values[place.field].size() == 1 && paper::set_field(read.fields, place.field, place.text) == paper::Meaning::kValue;
        if (meaning != paper::Meaning::kNothing) read.readings.push_back({place.field, place.text, first ? 1'000U : 0U, {}, {}});
    }
    for (const auto& [field, said] : values) {
        // Said twice, and not the same; or not to be understood.
        if (said.size() < 2 && (said.empty() || !said.begin()->empty())) continue;
        paper::clear_field(read.fields, field);
        read.missing.push_back(field);
    }
    read_text_choices(form, read);
    sort_by_field(read);
    conclude(read);
}

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
        FieldReader reader(pages, plain, prose);
        for (const auto& [field, places] : by_field) reader.decide(form, places, read);
        read_choices(form, pages, read);
        for (const std::string& field : form.unfound) {
            const bool read_elsewhere = std::any_of(read.readings.begin(), read.readings.end(), [&](const domain::ReadField& reading) { return reading.field == field; });
            if (!read_elsewhere) read.missing.push_back(field);
        }
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
    return Reader(std::make_unique<Parts>(Parts{*std::move(prose), *std::move(plain), *std::move(templates)}));
}

base::Result<PageReading> Reader::read_text(std::string_view text) {
    if (text.size() > paper::kMaxFormOctets) return base::invalid("the text has more than 256 KiB: that is no notice");
    if (!paper::says_something(text)) return base::invalid("there is no text");
    PageReading read;
    read.text = text;
    const paper::Sheet sheet = paper::sheet_of(text);
    const paper::FormTemplate* form = parts_->choose(sheet);
    if (form != nullptr && (!form->ours || form->name != kFormItself)) {
        read_text_by(*form, sheet, read);
    } else if (const auto itself = paper::parse_form(text)) {
        read_text_of_form(*itself, read);
    } else {
        read.reason = itself.error().message;
    }
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
