#include "bank/xml_stream.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <limits>

#include "bank/statement.h"

namespace rightsdesk::bank {

namespace {

std::string owned(const xmlChar* text) { return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text)); }

// Where the present node stands; the parser itself has read ahead.
int line_of(xmlTextReader* reader) {
    const xmlNode* node = xmlTextReaderCurrentNode(reader);
    // A DOCTYPE has no line of its own.
    const int own = node == nullptr ? 0 : static_cast<int>(xmlGetLineNo(node));
    return own > 0 ? own : xmlTextReaderGetParserLineNumber(reader);
}

void trim(std::string& text) {
    constexpr const char* kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string::npos) {
        text.clear();
        return;
    }
    text.erase(text.find_last_not_of(kBlanks) + 1);
    text.erase(0, first);
}

}  // namespace

struct XmlStream::State {
    struct FreeReader {
        void operator()(xmlTextReader* freed) const { xmlFreeTextReader(freed); }
    };
    std::unique_ptr<xmlTextReader, FreeReader> reader;
    std::string name;
    std::string xml_namespace;
    int depth = 0;
    int line = 0;
    bool stands_on_next = false;  // take() has already read on to what follows
    bool at_end = false;
    std::string complaint;
    int complaint_line = 0;

    static void complain(void* self, const xmlError* error);
    base::Result<int> read();
    void look();
    [[nodiscard]] base::Error malformed() const;
};

void XmlStream::State::complain(void* self, const xmlError* error) {
    auto* state = static_cast<State*>(self);
    if (!state->complaint.empty() || error->level < XML_ERR_ERROR) return;
    state->complaint = error->message == nullptr ? "not well-formed" : error->message;
    trim(state->complaint);
    state->complaint_line = error->line;
}

base::Error XmlStream::State::malformed() const {
    const int where = complaint_line > 0 ? complaint_line : xmlTextReaderGetParserLineNumber(reader.get());
    return {base::ErrorKind::kInvalid, "line " + std::to_string(where) + ": not well-formed XML: " + (complaint.empty() ? "it ends too early" : complaint)};
}

// One node on; what libxml2 says. Everything that is refused is refused here.
base::Result<int> XmlStream::State::read() {
    const int status = xmlTextReaderRead(reader.get());
    if (status < 0 || !complaint.empty()) return tl::unexpected(malformed());
    if (status == 0) return 0;
    const int type = xmlTextReaderNodeType(reader.get());
    const auto where = [this] { return "line " + std::to_string(line_of(reader.get())) + ": "; };
    if (type == XML_READER_TYPE_DOCUMENT_TYPE) return base::invalid(where() + "a DOCTYPE; a bank's message has none, and none is read");
    if (type == XML_READER_TYPE_ENTITY_REFERENCE) return base::invalid(where() + "an entity of the document's own; a bank's message has none, and none is read");
    if (xmlTextReaderDepth(reader.get()) > kMaxXmlDepth) return base::invalid(where() + "elements nested deeper than " + std::to_string(kMaxXmlDepth));
    return type;
}

void XmlStream::State::look() {
    name = owned(xmlTextReaderConstLocalName(reader.get()));
    xml_namespace = owned(xmlTextReaderConstNamespaceUri(reader.get()));
    depth = xmlTextReaderDepth(reader.get());
    line = line_of(reader.get());
}

XmlStream::XmlStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
XmlStream::XmlStream(XmlStream&&) noexcept = default;
XmlStream& XmlStream::operator=(XmlStream&&) noexcept = default;
XmlStream::~XmlStream() = default;

base::Result<XmlStream> XmlStream::open(std::string_view octets) {
    if (octets.empty() || octets.size() > kMaxFileOctets) return base::invalid("an XML document of 1 to " + std::to_string(kMaxFileOctets) + " octets is read");
    auto state = std::make_unique<State>();
    // Neither NOENT (entities stay unread) nor any DTD option; never the network; nothing to standard error.
    state->reader.reset(xmlReaderForMemory(octets.data(), static_cast<int>(octets.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES));
    if (!state->reader) return base::invalid("this XML cannot be read at all");
    xmlTextReaderSetStructuredErrorHandler(
        state->reader.get(), [](void* self, xmlErrorPtr error) { State::complain(self, error); }, state.get());
    return XmlStream(std::move(state));
}

base::Result<bool> XmlStream::next() {
    if (state_->at_end) return false;
    if (state_->stands_on_next) {
        state_->stands_on_next = false;
        if (xmlTextReaderNodeType(state_->reader.get()) == XML_READER_TYPE_ELEMENT) {
            state_->look();
            return true;
        }
    }
    while (true) {
        const auto type = state_->read();
        if (!type) return tl::unexpected(type.error());
        if (*type == 0) {
            state_->at_end = true;
            return false;
        }
        if (*type != XML_READER_TYPE_ELEMENT) continue;
        state_->look();
        return true;
    }
}

const std::string& XmlStream::name() const { return state_->name; }
const std::string& XmlStream::xml_namespace() const { return state_->xml_namespace; }
int XmlStream::depth() const { return state_->depth; }
int XmlStream::line() const { return state_->line; }

base::Result<XmlElement> XmlStream::take() {
    XmlElement root;
    std::vector<XmlElement*> open;
    std::size_t nodes = 0;
    xmlTextReader* reader = state_->reader.get();
    const auto begin = [&](XmlElement& element) {
        element.name = owned(xmlTextReaderConstLocalName(reader));
        element.line = line_of(reader);
        const bool is_empty = xmlTextReaderIsEmptyElement(reader) == 1;
        if (xmlChar* currency = xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>("Ccy")); currency != nullptr) {
            element.currency = owned(currency);
            xmlFree(currency);
        }
        if (!is_empty) open.push_back(&element);
    };
    begin(root);
    while (!open.empty()) {
        const auto type = state_->read();
        if (!type) return tl::unexpected(type.error());
        if (*type == 0) return tl::unexpected(state_->malformed());
        if (++nodes > kMaxElementNodes) return base::invalid("line " + std::to_string(root.line) + ": a " + root.name + " of more than " + std::to_string(kMaxElementNodes) + " parts");
        if (*type == XML_READER_TYPE_ELEMENT) {
            // The pointers in `open` are of elements whose list of children no longer grows but at its last, the one that is open.
            open.back()->children.emplace_back();
            begin(open.back()->children.back());
        } else if (*type == XML_READER_TYPE_TEXT || *type == XML_READER_TYPE_CDATA) {
            std::string& text = open.back()->text;
            if (text.size() < kMaxTextOctets) text += owned(xmlTextReaderConstValue(reader)).substr(0, kMaxTextOctets - text.size());
        } else if (*type == XML_READER_TYPE_END_ELEMENT) {
            trim(open.back()->text);
            open.pop_back();
        }
    }
    const auto beyond = state_->read();
    if (!beyond) return tl::unexpected(beyond.error());
    state_->at_end = *beyond == 0;
    state_->stands_on_next = *beyond != 0;
    return root;
}

const XmlElement* XmlElement::child(std::string_view name_wanted) const {
    const auto found = std::find_if(children.begin(), children.end(), [name_wanted](const XmlElement& one) { return one.name == name_wanted; });
    return found == children.end() ? nullptr : &*found;
}

const XmlElement* XmlElement::at(std::string_view path) const {
    const XmlElement* here = this;
    while (here != nullptr && !path.empty()) {
        const std::size_t end = path.find('/');
        here = here->child(path.substr(0, end));
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
    }
    return here;
}

std::string XmlElement::text_at(std::string_view path) const {
    const XmlElement* found = at(path);
    return found == nullptr ? std::string() : found->text;
}

std::string XmlElement::first_text(std::initializer_list<std::string_view> paths) const {
    for (const std::string_view path : paths) {
        std::string found = text_at(path);
        if (!found.empty()) return found;
    }
    return {};
}

}  // namespace rightsdesk::bank
