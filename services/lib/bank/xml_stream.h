// XML as banks send it, read piece by piece over libxml2's reader (Debian: libxml2-dev, chosen because every encoding, namespace and
// well-formedness rule is in it and it has been under attack for twenty years). Names lose their prefixes: banks use any namespace, or none.
//
// What may hurt is refused: a DOCTYPE, so no entity of the document's own and nothing external; nothing is fetched; depth, octets and
// nodes are bounded. Inside this room. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rightsdesk::bank {

inline constexpr int kMaxXmlDepth = 64;
inline constexpr std::size_t kMaxElementNodes = 2'000'000;  // of one subtree that is kept

struct XmlElement {
    std::string name;             // without a prefix
    std::string text;             // its own, trimmed
    std::string currency;         // attribute Ccy, the only one that these messages have
    int line = 0;
    std::vector<XmlElement> children;

    // The first child of the name; null when there is none.
    [[nodiscard]] const XmlElement* child(std::string_view name_wanted) const;
    // The first at the path, "RmtInf/Strd/CdtrRefInf/Ref"; null when there is none.
    [[nodiscard]] const XmlElement* at(std::string_view path) const;
    // Its text; empty when there is none.
    [[nodiscard]] std::string text_at(std::string_view path) const;
    // The text of the first of these paths that has one.
    [[nodiscard]] std::string first_text(std::initializer_list<std::string_view> paths) const;
    // Calls with every child of the name.
    template <class Call>
    void each(std::string_view name_wanted, Call call) const {
        for (const XmlElement& one : children) {
            if (one.name == name_wanted) call(one);
        }
    }
};

class XmlStream {
public:
    // `octets` must live as long. Invalid when there is nothing to read.
    static base::Result<XmlStream> open(std::string_view octets);
    XmlStream(XmlStream&&) noexcept;
    XmlStream& operator=(XmlStream&&) noexcept;
    ~XmlStream();

    // Goes on to the next start of an element, at whatever depth; false at the document's end. Invalid: not well-formed, or one of the
    // things refused; with the line.
    base::Result<bool> next();
    [[nodiscard]] const std::string& name() const;
    [[nodiscard]] const std::string& xml_namespace() const;
    [[nodiscard]] int depth() const;   // 0: the document's root
    [[nodiscard]] int line() const;

    // The present element with all below it; the stream then stands behind it, so that next() gives what follows. Invalid as next().
    base::Result<XmlElement> take();

private:
    struct State;
    explicit XmlStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace rightsdesk::bank
