#include "reading/typed_text.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "paper/boxes.h"
#include "paper/field_meaning.h"
#include "paper/form.h"
#include "paper/notes.h"
#include "paper/page.h"
#include "paper/sheet.h"
#include "paper/template_reading.h"
#include "reading/concluding.h"
#include "reading/templates_folder.h"

namespace rightsdesk::reading {

namespace {

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

// What stands in one blank, in the pieces that wide gaps make of it: beyond one is another column, of which the text shows no more.
std::vector<std::string> pieces_of(const paper::Sheet& sheet, const paper::FieldPlace& place) {
    constexpr std::int32_t kWideGap = 3 * paper::kColumnWidth;
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < place.words.size(); ++at) {
        const paper::SheetWord& word = sheet.words[place.words[at]];
        const paper::SheetWord* before = at == 0 ? nullptr : &sheet.words[place.words[at - 1]];
        const bool same_line = before != nullptr && before->line == word.line;
        if (before == nullptr || (same_line && word.left - before->right >= kWideGap)) pieces.emplace_back();
        pieces.back() += (pieces.back().empty() ? "" : same_line ? " " : "\n") + word.text;
    }
    return pieces;
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
        if (auto pieces = pieces_of(form.sheet, place); pieces.size() > 1) {
            values[place.field].insert("");
            read.readings.push_back({place.field, place.text, 0U, {}, std::move(pieces)});
            continue;
        }
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

}  // namespace

base::Result<PageReading> read_typed(const std::vector<paper::FormTemplate>& templates, std::string_view text) {
    if (text.size() > paper::kMaxFormOctets) return base::invalid("the text has more than 256 KiB: that is no notice");
    if (!paper::says_something(text)) return base::invalid("there is no text");
    PageReading read;
    read.text = text;
    const paper::Sheet sheet = paper::sheet_of(text);
    const paper::FormTemplate* form = choose_template(templates, sheet);
    if (form != nullptr && (!form->ours || form->name != kFormItself)) {
        read_text_by(*form, sheet, read);
    } else if (const auto itself = paper::parse_form(text)) {
        read_text_of_form(*itself, read);
    } else {
        read.reason = itself.error().message;
    }
    return read;
}

}  // namespace rightsdesk::reading
