#include "reading/templates_folder.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

#include "base/file.h"
#include "domain/types.h"
#include "paper/template_reading.h"

namespace rightsdesk::reading {

namespace {

constexpr std::size_t kMostRules = 200;      // of a kind, in one template
constexpr std::size_t kMostWords = 60;       // letters: what may be found misread (paper/misread.h)
constexpr std::uint32_t kMostLines = 6;
constexpr std::uint32_t kLeastEvidence = 600;  // thousandths of a template's words

bool is_field(std::string_view field) {
    bool found = false;
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& /*member*/) { found = found || name == field; });
    return found;
}

template <class E>
bool has_text(std::string_view value) { return base::enum_from_text<E>(value).has_value(); }

bool is_value_of(std::string_view field, std::string_view value) {
    if (field == "payment_delivery") return has_text<domain::PaymentDelivery>(value);
    return field == "payment_method" && has_text<domain::PaymentMethod>(value);
}

// Reads one file; mistakes are gathered.
class TemplateFile {
public:
    explicit TemplateFile(std::string file) : file_(std::move(file)) {}

    paper::FormTemplate read(const toml::table& table) {
        only(table, {"name", "title", "ours", "evidence", "against", "printed", "section", "field", "choice"});
        paper::FormTemplate form;
        form.name = text(table, "name", true);
        form.title = text(table, "title", true);
        if (const auto* ours = table.get("ours")) {
            if (const auto flag = ours->value_exact<bool>()) form.ours = *flag;
            else mistake(*ours, "ours must be true or false");
        }
        form.evidence = texts(table, "evidence", true);
        form.against = texts(table, "against", false);
        form.printed = texts(table, "printed", false);
        each(table, "section", [&](const toml::table& one) {
            only(one, {"name", "from"});
            form.sections.push_back({text(one, "name", true), texts(one, "from", true)});
        });
        each(table, "field", [&](const toml::table& one) { form.fields.push_back(field(one, form)); });
        each(table, "choice", [&](const toml::table& one) { form.choices.push_back(choice(one, form)); });
        if (form.ours && form.fields.empty()) mistake(table, "a layout of ours has at least one [[field]]");
        return form;
    }

    [[nodiscard]] const std::string& mistakes() const { return mistakes_; }

private:
    void mistake(const toml::node& at, const std::string& what) {
        mistakes_ += (mistakes_.empty() ? "" : "\n") + file_ + ":" + std::to_string(at.source().begin.line) + ": " + what;
    }

    void only(const toml::table& table, std::initializer_list<std::string_view> known) {
        for (const auto& [key, value] : table) {
            if (std::find(known.begin(), known.end(), key.str()) == known.end()) mistake(value, std::string(key.str()) + " is no key here");
        }
    }

    std::string text(const toml::table& table, std::string_view key, bool needed) {
        const toml::node* value = table.get(key);
        if (value == nullptr) {
            if (needed) mistake(table, std::string(key) + " is missing");
            return {};
        }
        const auto read = value->value_exact<std::string>();
        if (!read || read->empty() || read->size() > kMostWords * 2) mistake(*value, std::string(key) + " must be a text in quotes, of at most " + std::to_string(kMostWords * 2) + " letters");
        return read.value_or("");
    }

    std::vector<std::string> texts(const toml::table& table, std::string_view key, bool needed) {
        std::vector<std::string> all;
        const toml::node* value = table.get(key);
        if (value == nullptr) {
            if (needed) mistake(table, std::string(key) + " is missing: a list of texts");
            return all;
        }
        const toml::array* list = value->as_array();
        if (list == nullptr || list->empty() || list->size() > kMostRules) {
            mistake(*value, std::string(key) + " must be a list of 1 to " + std::to_string(kMostRules) + " texts");
            return all;
        }
        all.reserve(list->size());
        for (const toml::node& one : *list) {
            const auto read = one.value_exact<std::string>();
            const auto letters = read ? std::count_if(read->begin(), read->end(), [](char letter) { return letter != ' '; }) : 0;
            if (letters == 0 || letters > static_cast<std::ptrdiff_t>(kMostWords)) mistake(one, std::string(key) + " has a text of no or more than " + std::to_string(kMostWords) + " letters");
            else all.push_back(*read);
        }
        return all;
    }

    template <class Take>
    void each(const toml::table& table, std::string_view key, Take take) {
        const toml::node* value = table.get(key);
        if (value == nullptr) return;
        const toml::array* list = value->as_array();
        if (list == nullptr || !list->is_homogeneous<toml::table>() || list->size() > kMostRules) {
            mistake(*value, "[[" + std::string(key) + "]] must be at most " + std::to_string(kMostRules) + " tables");
            return;
        }
        for (const toml::node& one : *list) take(*one.as_table());
    }

    std::string section(const toml::table& one, const paper::FormTemplate& form) {
        if (one.get("section") == nullptr) return {};
        std::string name = text(one, "section", true);
        const bool known = std::any_of(form.sections.begin(), form.sections.end(), [&](const paper::SectionRule& rule) { return rule.name == name; });
        if (!known) mistake(*one.get("section"), "there is no [[section]] of the name \"" + name + "\"");
        return name;
    }

    paper::FieldRule field(const toml::table& one, const paper::FormTemplate& form) {
        only(one, {"field", "between", "until", "behind", "above", "section", "lines", "repeated"});
        paper::FieldRule rule;
        rule.field = text(one, "field", true);
        if (!is_field(rule.field)) mistake(one, "field must be one of a notice's (domain::NoticeFields), was \"" + rule.field + "\"");
        const int kinds = (one.contains("between") ? 1 : 0) + (one.contains("behind") ? 1 : 0) + (one.contains("above") ? 1 : 0);
        if (kinds != 1) mistake(one, "a field has exactly one of between, behind, above");
        rule.stands = one.contains("between") ? paper::Stands::kBetween : one.contains("above") ? paper::Stands::kAbove : paper::Stands::kBehind;
        rule.words = texts(one, one.contains("between") ? "between" : one.contains("above") ? "above" : "behind", false);
        if (rule.stands == paper::Stands::kBetween) rule.until = texts(one, "until", true);
        else if (one.contains("until")) mistake(one, "until goes with between");
        rule.section = section(one, form);
        if (const toml::node* lines = one.get("lines")) {
            const auto count = lines->value_exact<std::int64_t>().value_or(0);
            if (count < 1 || count > kMostLines) mistake(*lines, "lines must be 1 to " + std::to_string(kMostLines));
            else rule.lines = static_cast<std::uint32_t>(count);
        }
        if (const toml::node* repeated = one.get("repeated")) {
            if (const auto flag = repeated->value_exact<bool>()) rule.repeated = *flag;
            else mistake(*repeated, "repeated must be true or false");
        }
        return rule;
    }

    paper::ChoiceRule choice(const toml::table& one, const paper::FormTemplate& form) {
        only(one, {"field", "section", "option"});
        paper::ChoiceRule rule;
        rule.field = text(one, "field", true);
        rule.section = section(one, form);
        each(one, "option", [&](const toml::table& option) {
            only(option, {"value", "words"});
            rule.options.push_back({text(option, "value", true), texts(option, "words", true)});
            if (!is_value_of(rule.field, rule.options.back().value)) mistake(option, "\"" + rule.options.back().value + "\" is no value of " + rule.field);
        });
        if (rule.options.empty()) mistake(one, "a choice has at least one [[choice.option]]");
        return rule;
    }

    std::string file_;
    std::string mistakes_;
};

}  // namespace

base::Result<paper::FormTemplate> parse_template(std::string_view text, const std::string& file) {
    try {
        const toml::table table = toml::parse(text, file);
        TemplateFile reader(file);
        paper::FormTemplate form = reader.read(table);
        if (!reader.mistakes().empty()) return base::invalid(reader.mistakes());
        return form;
    } catch (const toml::parse_error& error) {
        return base::invalid(file + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
}

base::Result<std::vector<paper::FormTemplate>> load_templates(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".toml") files.push_back(at->path());
        if (files.size() > kMostTemplates) return base::invalid(folder + " has more than " + std::to_string(kMostTemplates) + " templates");
    }
    if (error) return base::invalid("the templates' folder " + folder + " cannot be read: " + error.message());
    if (files.empty()) return base::invalid("there is no template (*.toml) in " + folder + ": deploy/templates has those of the house");
    std::sort(files.begin(), files.end());
    std::vector<paper::FormTemplate> forms;
    forms.reserve(files.size());
    for (const std::filesystem::path& file : files) {
        const auto text = base::read_file(file.string());
        if (!text) return tl::unexpected(text.error());
        if (!text->has_value()) return base::invalid(file.string() + " was taken away while it was read");
        auto form = parse_template(**text, file.string());
        if (!form) return tl::unexpected(form.error());
        const bool twice = std::any_of(forms.begin(), forms.end(), [&](const paper::FormTemplate& other) { return other.name == form->name; });
        if (twice) return base::invalid(file.string() + ": there is another template of the name \"" + form->name + "\"");
        forms.push_back(*std::move(form));
    }
    return forms;
}

const paper::FormTemplate* choose_template(const std::vector<paper::FormTemplate>& templates, const paper::Sheet& sheet) {
    const paper::FormTemplate* best = nullptr;
    std::uint32_t most = kLeastEvidence - 1;
    for (const paper::FormTemplate& form : templates) {
        const std::uint32_t evidence = paper::evidence_for(form, sheet);
        if (evidence <= most) continue;
        most = evidence;
        best = &form;
    }
    return best;
}

}  // namespace rightsdesk::reading
