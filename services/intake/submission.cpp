#include "intake/submission.h"

#include "domain/notice_judgement.h"
#include "paper/form.h"

namespace rightsdesk::intake {

namespace {

// "text/plain", with or without parameters: "text/plain; charset=utf-8".
bool is_text(const std::string& media_type) { return media_type.substr(0, media_type.find(';')) == "text/plain"; }

}  // namespace

base::Result<> keep_document(documents::Documents& documents, const domain::SubmitNotice& command) {
    const auto kept = documents.keep(command.document);
    if (!kept) return tl::unexpected(kept.error());
    return {};
}

std::optional<domain::NoticeFields> read_notice(const domain::SubmitNotice& command) {
    if (!is_text(command.media_type)) return command.keyed;
    const auto reading = paper::parse_form(command.document.value);
    if (!reading) return command.keyed;
    return command.keyed ? domain::merged_fields(*command.keyed, reading->fields) : reading->fields;
}

base::Result<domain::SubmitNotice> with_document(documents::Documents& documents, domain::SubmitNotice item) {
    auto bytes = documents.fetch(item.sha256);
    if (!bytes) return tl::unexpected(bytes.error());
    item.document = std::move(*bytes);
    return item;
}

}  // namespace rightsdesk::intake
