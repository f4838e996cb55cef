// The guarantor's block of the form: "Dated: ... (Address) ... (Name of Firm) ... (Authorized Signature)".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/cells.h"
#include "paper/notes.h"
#include "paper/page.h"

namespace rightsdesk::paper {

// Reads the guarantor's name, address and telephone, who signed, the notice's date, and the period that runs from it. As printed, the labels stand in
// brackets below their values, in two columns; other forms set them in front ("Name of Firm:"). Where a piece may belong to
// either column, the fields of both stay absent.
class GuaranteeBlock {
public:
    GuaranteeBlock(const Page& page, Notes notes) : page_(page), notes_(notes) {}
    void read();

private:
    struct Labels {
        std::optional<Span> dated, address, firm, telephone, signature;
        std::size_t begin = 0;  // of the block
        std::size_t end = 0;
    };
    enum class Side { kLeft, kRight, kUnclear };

    [[nodiscard]] bool find_labels();
    void read_period(std::size_t before);
    [[nodiscard]] bool labels_in_front() const;
    [[nodiscard]] std::string after_label(const std::optional<Span>& label) const;
    void read_in_front();
    void read_below();
    [[nodiscard]] std::size_t read_date_below();
    void read_upper(Span block, Span date);
    void sort_cells(const std::vector<Cell>& cells);
    [[nodiscard]] bool is_joined(const std::vector<Cell>& cells, std::size_t index) const;
    void sort_joined(const Cell& cell);
    [[nodiscard]] Side side_of(const Cell& cell, bool first, bool alone) const;
    void read_lower(Span block);
    void set_telephone(const std::string& text);
    void set_signatory(const std::string& text);

    const Page& page_;
    Notes notes_;
    Labels labels_;
    std::vector<std::string> address_;  // its lines
    std::vector<std::string> firm_;
    std::size_t joined_from_ = std::string::npos;  // first cell behind the date in its line: from another line
    bool unclear_ = false;              // a piece may belong to either column
};

}  // namespace rightsdesk::paper
