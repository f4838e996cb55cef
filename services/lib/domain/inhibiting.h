// Inhibition: while an offering is suspended no deadline is acted upon, and nobody is reminded of one. A reminder that is raised all the same (of
// what happened just before) is numbered and kept, and held: it is sent when the offering goes on, if it is still true.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether alerts of this kind (the word of a row) are held in this book now.
bool is_inhibited(const Book& book, const std::string& kind);

// AlertReleased for what is held and still true; AlertResolved for what reminded of an instant that has passed meanwhile. Nothing while the
// offering is suspended; at most about `context.most_effects`, and it is asked again for the rest.
Decision release_held(const Book& book, const Context& context);

}  // namespace rightsdesk::domain
