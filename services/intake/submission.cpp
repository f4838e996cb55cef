#include "intake/submission.h"

#include "domain/intake.h"
#include "domain/notice_judgement.h"
#include "paper/form.h"

namespace rightsdesk::intake {

namespace {

// "text/plain", with or without parameters: "text/plain; charset=utf-8".
bool is_text(const std::string& media_type) { return media_type.substr(0, media_type.find(';')) == "text/plain"; }

}  // namespace

KeptDocuments keep_documents(documents::Documents& documents, const std::vector<const domain::SubmitNotice*>& commands) {
    std::vector<const domain::SubmitNotice*> intact;
    std::vector<const base::Bytes*> papers;
    for (const domain::SubmitNotice* command : commands) {
        if (!domain::document_is_intact(*command)) continue;
        intact.push_back(command);
        papers.push_back(&command->document);
    }
    auto names = documents.keep_all(papers);
    KeptDocuments kept;
    for (std::size_t at = 0; at < intact.size(); ++at) kept.insert_or_assign(intact[at]->sha256, std::move(names[at]));
    return kept;
}

base::Result<> keep_document(documents::Documents& documents, const KeptDocuments& prepared, const domain::SubmitNotice& command) {
    const auto found = prepared.find(command.sha256);
    // Bytes that are not what is stated may have been prepared under that hash by another: nothing is decided on them.
    if (found != prepared.end() && found->second) return {};
    if (!domain::document_is_intact(command)) return {};
    const auto kept = found != prepared.end() ? found->second : documents.keep(command.document);
    if (!kept) return tl::unexpected(kept.error());
    return {};
}

std::optional<domain::NoticeFields> read_notice(const domain::SubmitNotice& command) {
    if (!is_text(command.media_type) || command.reading) return command.keyed;  // whoever read it knew its layout
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
