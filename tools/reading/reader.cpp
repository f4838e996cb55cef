#include <algorithm>
#include <chrono>
#include <map>

#include "paper/field_meaning.h"
#include "paper/form.h"
#include "paper/furniture.h"
#include "paper/template_reading.h"
#include "reading/check_box.h"
#include "reading/document.h"
#include "reading/field_reading.h"
#include "reading/reading.h"
#include "reading/recogniser.h"
#include "reading/templates_folder.h"

namespace rightsdesk::reading {

namespace {

constexpr std::uint32_t kLeastEvidence = 600;  // thousandths of a template's words
constexpr int kFurnitureShare = 12;            // of the page's height, at either end

// Adds its time to a counter.
class Watch {
public:
    explicit Watch(std::uint64_t& into) : into_(into), from_(std::chrono::steady_clock::now()) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { into_ += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - from_).count()); }

private:
    std::uint64_t& into_;
    std::chrono::steady_clock::time_point from_;
};

// Words of fax machines' lines, at the page's ends, are no part of the form.
void drop_furniture(std::vector<PageWord>& words, int height) {
    std::map<int, std::string> lines;
    std::map<int, int> at;
    for (const PageWord& word : words) {
        std::string& line = lines[word.line];
        line += (line.empty() ? "" : " ") + word.text;
        at[word.line] = word.area.top;
    }
    std::erase_if(words, [&](const PageWord& word) {
        const int top = at[word.line];
        return (top < height / kFurnitureShare || top > height - height / kFurnitureShare) && paper::is_page_furniture(lines[word.line]);
    });
}

void add_page(paper::Sheet& sheet, Pages& pages, std::vector<PageWord> words, std::uint32_t number) {
    const std::uint32_t lines = sheet.words.empty() ? 0 : sheet.words.back().line + 1;
    for (PageWord& word : words) {
        sheet.words.push_back({word.text, number, word.area.left, word.area.top, word.area.right(), word.area.bottom(), lines + static_cast<std::uint32_t>(word.line),
                               static_cast<std::uint32_t>(pages.words.size())});
        pages.words.push_back(std::move(word));
    }
    for (const RuledLine& line : pages.clean.back().lines) sheet.rules.push_back({number, line.left, line.right, line.y});
}

std::int32_t letter_of(const paper::Sheet& sheet) {
    std::vector<std::int32_t> heights;
    heights.reserve(sheet.words.size());
    for (const paper::SheetWord& word : sheet.words) heights.push_back(word.bottom - word.top);
    if (heights.empty()) return kAcross / 10;
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    return std::max(1, heights[heights.size() / 2]);
}

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
    Pages pages;
    paper::Sheet sheet;
    for (std::uint32_t number = 0; number < (*document)->pages(); ++number) {
        base::Result<SourcePage> page = base::invalid("");
        {
            const Watch watch(timings.decode);
            page = (*document)->page(number);
        }
        if (!page) return tl::unexpected(page.error());
        ++timings.pages;
        {
            const Watch watch(timings.clean);
            auto clean = clean_page(*std::move(page));
            if (!clean) return tl::unexpected(clean.error());
            pages.clean.push_back(*std::move(clean));
        }
        const Watch watch(timings.recognise);
        std::vector<PageWord> words = read_words(pages.clean.back(), parts_->prose);
        drop_furniture(words, pixGetHeight(pages.clean.back().grey.get()));
        add_page(sheet, pages, std::move(words), number + 1);
    }
    sheet.letter = letter_of(sheet);
    const Watch watch(timings.fields);
    PageReading read;
    read.text = paper::text_of(sheet);
    const paper::FormTemplate* form = parts_->choose(sheet);
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
    parts_->read_fields(paper::read_by_template(*form, sheet), pages, read);
    read.verdict = read.missing.empty() ? Verdict::kRead : Verdict::kNeedsKeying;
    return read;
}

}  // namespace rightsdesk::reading
