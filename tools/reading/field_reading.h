// A field's value, held against further readings of the same place. Inside this room.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "paper/template_reading.h"
#include "reading/ballot.h"
#include "reading/line_network.h"
#include "reading/pages.h"
#include "reading/reading.h"

namespace rightsdesk::reading {

class FieldReader {
public:
    // `plain` reads without a dictionary; `prose` has one. `network` is of another kind than both.
    FieldReader(const Pages& pages, Recogniser& plain, const Recogniser& prose, const LineNetwork& network) : pages_(pages), plain_(plain), prose_(prose), network_(network) {}

    // Decides the field of `places`, all of one field (several where it is repeated), and sets it in `read` where it is certain.
    // Adds what it found to `read.readings`, and the field's name to `read.missing` where it is not certain.
    void decide(const paper::TemplateReading& form, const std::vector<const paper::FieldPlace*>& places, PageReading& read);
    // After all fields: a name that was not certain and stands elsewhere on the page too, read there by itself, is.
    void confirm_names(PageReading& read) const;
    // What was said of each number that was decided.
    [[nodiscard]] const std::map<std::string, Ballot>& numbers() const { return numbers_; }

private:
    // One look at the place of a field.
    struct Look {
        std::string text;
        int confidence = 0;     // 0 to 100: of its least certain word
        std::string raw = {};   // its text before anything was put right
        std::string value = {};  // what it means; empty where it says that there is nothing
        bool clear = false;     // it means something, and can be by its form
        bool shapeless = false;  // it has more digits than letters of their height stand there: it says nothing
        bool borrowed = false;   // it is the network's, which speaks for itself
    };
    struct LinePlace {
        std::uint32_t page = 1;
        Area area;
    };
    // The lines of a field, as they are looked at.
    struct Cut {
        std::vector<Picture> lines;
        std::vector<LinePicture> pictures;  // for the network
        std::vector<Picture> digits;  // of a number in digits: nothing else of it
        int tall = 0;                 // letters of full height, of all lines
        int low = 0;                  // points and commas
        std::vector<int> hanging;     // letters that hang below their line, of each
    };
    // What the network makes of them.
    struct Heard {
        std::vector<LineReading> readings;  // of each line
        int tall = 0;                       // letters of full height
        int low = 0;                        // points and commas
    };
    [[nodiscard]] Look first_of(const paper::TemplateReading& form, const paper::FieldPlace& place) const;
    [[nodiscard]] static std::vector<LinePlace> lines_of(const paper::TemplateReading& form, const paper::FieldPlace& place);
    Look again(const std::string& field, const std::vector<Picture>& lines, int percent);
    void add_looks(const std::string& field, const std::vector<LinePlace>& places, std::vector<Look>& looks, Heard& heard);
    void add_digits(const std::string& field, const Cut& cut, std::vector<Look>& looks);
    [[nodiscard]] Cut cut_lines(const std::string& field, const std::vector<LinePlace>& places, bool in_words) const;
    void weigh(const std::string& field, Look& look, const Cut& cut) const;
    static void settle_low_letters(const std::string& field, std::vector<Look>& looks);
    static void settle_end_figures(const std::string& field, std::vector<Look>& looks);
    [[nodiscard]] std::vector<LineReading> readings_of(const std::string& field, const Cut& cut, bool in_words) const;
    [[nodiscard]] static bool fits(const std::string& field, const std::string& text, const Heard& heard);
    [[nodiscard]] Witness witness_of(const std::string& field, const Heard& heard, const std::vector<Look>& looks) const;
    [[nodiscard]] std::string with_known(const std::string& field, const std::string& text) const;
    // Looks until enough agree.
    std::vector<Look> look_at(const paper::TemplateReading& form, const paper::FieldPlace& place, Ballot& ballot);
    void count_looks(const paper::TemplateReading& form, const paper::FieldPlace& place, domain::ReadField& field, Ballot& ballot);
    void settle(domain::ReadField& field, const Ballot& ballot, PageReading& read);
    [[nodiscard]] bool is_of_known_words(const std::string& text) const;
    [[nodiscard]] bool stands_as_title(const std::string& issuer) const;
    [[nodiscard]] std::map<std::string, int> with_title(const std::map<std::string, int>& votes, std::map<std::string, std::string>& texts) const;

    [[nodiscard]] bool stands_elsewhere(const std::string& field, const std::string& value, const PageReading& read) const;

    std::map<std::string, Ballot> doubted_;  // of names that are not certain
    std::map<std::string, Ballot> numbers_;
    const Pages& pages_;
    Recogniser& plain_;
    const Recogniser& prose_;
    const LineNetwork& network_;
};

// A place on a page, in thousandths of it.
domain::ReadPlace place_on(const CleanPage& page, std::uint32_t number, const Area& area);

}  // namespace rightsdesk::reading
