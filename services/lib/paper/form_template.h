// Templates: what a form "substantially equivalent" looks like, as values. Where each field stands is said by the form's own
// words around it; a template is a file (deploy/templates), read by who reads files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rightsdesk::paper {

// Where a field's value stands to the form's words.
enum class Stands {
    kBetween,  // "representing ______ Rights and that": within the prose
    kBehind,   // "Name of maker: ______": behind its label, or below it where it had no room
    kAbove,    // above its caption: "______ (Name of Firm)"
};

// Part of the form, from its first words to the next part's.
struct SectionRule {
    std::string name;
    std::vector<std::string> from;  // any of these words
};

struct FieldRule {
    std::string field;               // as domain::NoticeFields names it
    Stands stands = Stands::kBehind;
    std::vector<std::string> words;  // before it, its label, or its caption: any of these
    std::vector<std::string> until = {};  // kBetween: the words behind it, any of these
    std::string section = {};        // sought in; empty: the whole form
    std::uint32_t lines = 1;         // that it may take
    bool repeated = false;           // stands several times on the form, and must be the same each time
};

struct OptionRule {
    std::string value;               // as the field's enumeration names it, "uncertified_check"
    std::vector<std::string> words;  // beside its box: any of these
};

struct ChoiceRule {
    std::string field;
    std::string section = {};
    std::vector<OptionRule> options;
};

struct FormTemplate {
    std::string name;
    std::string title;                  // for a person
    bool ours = true;                   // false: a notice of another kind, recognised so that it is sent back
    std::vector<std::string> evidence;  // words that stand on this layout, each worth the same
    std::vector<std::string> against;   // words that never stand on it
    std::vector<std::string> printed;   // words of the form that are no label and stand where a value might be sought
    std::vector<SectionRule> sections;
    std::vector<FieldRule> fields;
    std::vector<ChoiceRule> choices;
};

}  // namespace rightsdesk::paper
