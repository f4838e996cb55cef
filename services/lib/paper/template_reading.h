// A form read by its template: what stands for each field, and where. What it means is for `field_meaning.h`, how certain it
// is for whoever saw the page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "paper/form_template.h"
#include "paper/sheet.h"

namespace rightsdesk::paper {

// Part of a sheet, in its units.
struct SheetArea {
    std::uint32_t page = 1;
    std::int32_t left = 0;
    std::int32_t top = 0;
    std::int32_t right = 0;
    std::int32_t bottom = 0;
};

struct FieldPlace {
    std::string field;
    std::string text;                  // its lines apart by "\n"; empty where the blank is, as far as words go
    std::vector<std::size_t> words;    // of the sheet read, in their order
    std::vector<std::size_t> breaks;   // how many of the words each line has
    std::vector<SheetArea> blanks;     // where it could be written, line by line
};

struct OptionPlace {
    std::string field;
    std::string value;
    SheetArea words;     // its first word; the box stands in front of it
    std::size_t word = 0;
};

struct TemplateReading {
    Sheet sheet;                       // as it was given, with words parted where the form's own ended within them
    std::vector<bool> own;             // by word of it: the form's own, found as a label or the like
    std::vector<FieldPlace> fields;    // in the template's order; several of a field that is repeated
    std::vector<OptionPlace> options;
    std::vector<std::string> unfound;  // fields whose words do not stand on the form, and choices of which one does not
    std::vector<std::string> torn;     // fields of two parts, of which one's words were not found
};

// How many of a template's words stand on the sheet, in thousandths; 0 where one that never stands on it does.
std::uint32_t evidence_for(const FormTemplate& form, const Sheet& sheet);

// Reads a sheet that is of this template. Time is linear in the words, times the number of rules of the template. Pure.
TemplateReading read_by_template(const FormTemplate& form, Sheet sheet);

}  // namespace rightsdesk::paper
