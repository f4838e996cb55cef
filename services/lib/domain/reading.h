// What a reader of pages made of a document: which layout, each field with how sure it is and where it stood, and what a person must
// key because it is not certain. A gateway's reader says it (tools/reading); the rules only keep it.
#pragma once

#include "domain/types.h"

namespace rightsdesk::domain {

// A place on the page as it came, which may lie on its side: thousandths of its width and height from the left and the top.
struct ReadPlace {
    std::uint32_t page = 0;                  // from 1
    std::uint32_t left = 0;
    std::uint32_t top = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    RIGHTSDESK_DESCRIBE(ReadPlace, page, left, top, width, height)
};

struct ReadField {
    std::string field;                       // a member of NoticeFields: "rights_held"
    std::string text;                        // as it stood there; empty where nothing was found
    std::uint32_t confidence = 0;            // 0 to 1000
    std::optional<ReadPlace> place = {};
    std::vector<std::string> candidates = {};  // the likeliest first
    RIGHTSDESK_DESCRIBE(ReadField, field, text, confidence, place, candidates)
};

// What is beyond these is left out of the record: the picture is kept whole, and a person looks at that.
inline constexpr std::size_t kMaxReadFields = 64;
inline constexpr std::size_t kMaxReadCandidates = 8;
inline constexpr std::size_t kMaxReadText = 512;   // octets of each text

struct NoticeReading {
    bool certain = true;                     // false: it is not decided before a person has keyed it
    std::string reason;                      // why not, for that person
    std::string layout;                      // of the form: a template's name; empty: none was recognised
    std::vector<ReadField> fields;           // personal
    std::vector<std::string> missing;        // members of NoticeFields that a person must key
    RIGHTSDESK_DESCRIBE(NoticeReading, certain, reason, layout, fields, missing)
};

// What the notice itself keeps of it. Nothing in it is personal.
struct ReadingOnFile {
    std::string layout;
    std::string reason;
    std::vector<std::string> missing;        // to be keyed, or what was
    std::string keyed_by = {};               // a person; empty: nobody has keyed it
    std::optional<Instant> keyed_at = {};
    std::string keyed_as = {};               // of the keyed fields, hashed: the same again changes nothing
    std::optional<NoticeId> same_as = {};    // keyed, it turned out to be a notice on file: its delivery is counted there
    RIGHTSDESK_DESCRIBE(ReadingOnFile, layout, reason, missing, keyed_by, keyed_at, keyed_as, same_as)
};

}  // namespace rightsdesk::domain
