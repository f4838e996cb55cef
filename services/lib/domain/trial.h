// Trial: what would follow if this had happened. A decision's later events often rest on its earlier ones; within a trial
// the book is as if they had been folded, and when the trial ends the book is what it was.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Borrows the book for its own life: nobody else may look at it meanwhile (decisions run in one thread). One at a time.
class Trial {
public:
    explicit Trial(const Book& book) : folding_(const_cast<Book&>(book)) {}  // NOLINT: lent, and given back as it was
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;
    ~Trial() { folding_.undo(); }

    // Folds an event on trial and adds it to the decision.
    void add(Decision& decision, const Event& event) {
        folding_.apply(event);
        decision.add(event);
    }

private:
    Folding folding_;
};

}  // namespace rightsdesk::domain
