// The holder's block of the form: "Signature(s) ... Address ... Name(s) ... Tel. No.(s) ... Rights Certificate No(s)."
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/cells.h"
#include "paper/notes.h"
#include "paper/page.h"

namespace rightsdesk::paper {

// Reads signatures, names, address, telephone and certificate numbers. As printed, the address stands in the right column
// beside signature and name; other forms set one label below the other. Where a piece may belong to either column, the
// fields of both stay absent.
class HolderBlock {
public:
    HolderBlock(const Page& page, Notes notes) : page_(page), notes_(notes) {}

    // `from`: where the block can begin.
    void read(std::size_t from);

private:
    struct Labels {
        std::optional<Span> signatures, address, names, print, telephone, certificates;
        std::size_t end = 0;  // of the block
    };
    enum class Side { kLeft, kRight, kUnclear };

    void find_labels(std::size_t from);
    [[nodiscard]] std::size_t next_label(std::size_t after) const;
    [[nodiscard]] std::string after_label(const Span& label) const;
    void read_columns();
    void read_names();
    void read_one_below_the_other();
    void read_name_row(const Cell& cell, bool alone);
    void sort_cell(const Cell& cell, bool first, bool alone, std::string& left);
    [[nodiscard]] Side side_of(const Cell& cell, bool first, bool alone) const;
    [[nodiscard]] bool is_under(const Span& label, const Cell& cell) const;
    void set_fields();
    void read_telephone();
    void read_certificates();

    const Page& page_;
    Notes notes_;
    Labels labels_;
    std::string signatures_;            // their lines
    std::string names_;
    std::vector<std::string> address_;  // its lines
    bool signatures_unclear_ = false;   // one may stand elsewhere
    std::string telephone_above_;       // its label
    bool unclear_ = false;              // a piece may belong to either column
};

}  // namespace rightsdesk::paper
