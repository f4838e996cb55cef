#include "mail_gateway/mail_items.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/hash.h"
#include "documents/documents.h"
#include "mail_gateway/mail_room.h"
#include "paper/form.h"

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kMaxMediaTypeOctets = 100;

std::string printable(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char octet) { return octet <= ' ' || octet > '~'; }, '_');
    return text.substr(0, kMaxMediaTypeOctets);
}

class Taking {
public:
    Taking(const ReceivedMail& mail, const MimeMail& mime, feeds::PageReader& pages, const std::string& gateway)
        : mail_(mail), mime_(mime), pages_(pages), gateway_(gateway), way_(way_of(mail, mime, gateway)) {}

    MailItems all() {
        made_.notes = way_.notes;
        if (!mime_.beyond.empty()) {
            made_.notes.push_back("it is not taken apart: " + mime_.beyond);
            whole_message(mime_.beyond);
            return std::move(made_);
        }
        if (mail_.mail_room) take_sidecars();
        for (const MailPart& part : mime_.parts) {
            if (!done_.contains(part.number)) take(part);
        }
        if (made_.items.empty() && made_.aside.empty()) {
            made_.notes.emplace_back("nothing in it is a notice or an attachment: the desk gets the message itself");
            whole_message("nothing in it is a notice");
        }
        return std::move(made_);
    }

private:
    // What became of a part, for the record.
    void tell(const MailPart& part, const std::string& became, const std::string& note) {
        made_.parts.push_back({{"part", part.number}, {"media_type", part.media_type}, {"octets", part.octets.size()}, {"sha256", base::sha256_hex(part.octets.view())},
                               {"became", became}, {"note", note}});
    }

    domain::SubmitNotice notice(const base::Bytes& document, const std::string& media_type) const {
        domain::SubmitNotice command;
        command.document = document;
        command.media_type = printable(media_type);
        command.sha256 = base::sha256_hex(document.view());
        command.stamp = way_.stamp;
        command.channel = way_.channel;
        command.address = way_.address;
        command.sender_station = way_.station;
        command.delivery = way_.delivery;
        return command;
    }

    void send(const MailPart& part, tools::SpoolItem item, const std::string& became, const std::string& note) {
        tell(part, became, note);
        made_.items.push_back({std::to_string(part.number), std::move(item), note});
    }

    void submit(const MailPart& part, domain::SubmitNotice command, const std::string& became, const std::string& note) {
        if (part.octets.size() > documents::kMaxDocumentOctets) {
            const std::string why = "it has " + std::to_string(part.octets.size()) + " octets, and the desk takes documents of " + std::to_string(documents::kMaxDocumentOctets) +
                                    ": scan it with fewer colours or in several, and hand it in with rightsdesk notice submit --stamp and --delivery " + way_.delivery;
            tell(part, "set aside", why);
            made_.aside.push_back({std::to_string(part.number), part.octets.value, why});
            return;
        }
        const domain::Instant stamp = command.stamp;
        send(part, {std::move(command), domain::ServiceName::kIntake, stamp}, became, note);
    }
    // A person keys it, or rejects it.
    void submit_unread(const MailPart& part, const std::string& note) { submit(part, unread(part, note), "handed in unread", note); }
    domain::SubmitNotice unread(const MailPart& part, const std::string& why) const {
        auto command = notice(part.octets, part.media_type);
        command.reading = domain::NoticeReading{};
        command.reading->certain = false;
        command.reading->reason = why;
        return command;
    }

    void take(const MailPart& part) {
        if (part.octets.size() == 0) return tell(part, "nothing", "it is empty");
        if (part.kind == PartKind::kDecoration) return tell(part, "nothing", "it only goes with the text");
        if (mail_.mail_room && says_instrument(part)) return instrument(part);
        switch (part.kind) {
            case PartKind::kPdf:
            case PartKind::kTiff: return pages(part);
            case PartKind::kText: return text(part);
            case PartKind::kSidecar:  // of nothing, or of somebody who is not the mail room
            case PartKind::kClosed:
            case PartKind::kOther:
                if (part.attached || part.kind == PartKind::kClosed) return submit_unread(part, part.note);
                return tell(part, "nothing", part.note);
            case PartKind::kDecoration: return;
        }
    }

    // One on another offering's layout is read here. The form itself intake reads, which needs no reader for it.
    void text(const MailPart& part) {
        const auto form = paper::parse_form(part.octets.view());
        const auto read = pages_.read_text(part.octets.view());
        if (read && read->verdict != reading::Verdict::kNotANotice && read->layout != reading::kFormItself) return submit_read(part, notice(part.octets, "text/plain"), *read);
        if (form) return submit(part, notice(part.octets, "text/plain"), "a notice", "");
        if (part.attached) return submit_unread(part, form.error().message);
        tell(part, "nothing", "a text that is no notice: " + form.error().message);
    }

    void pages(const MailPart& part) {
        auto command = notice(part.octets, part.media_type);
        if (part.octets.size() > documents::kMaxDocumentOctets) return submit(part, std::move(command), "", "");
        const auto read = pages_.read(part.octets.view());
        // A stamp waits for nobody: what no reader could read a person keys.
        if (!read) return submit_unread(part, "no page reader could read it (" + read.error().message + ")");
        submit_read(part, std::move(command), *read);
    }
    void submit_read(const MailPart& part, domain::SubmitNotice command, const reading::PageReading& read) {
        command.reading = feeds::reading_for_notice(read);
        if (read.verdict == reading::Verdict::kRead || read.verdict == reading::Verdict::kNeedsKeying) command.keyed = read.fields;
        submit(part, std::move(command), read.verdict == reading::Verdict::kRead ? "a notice" : "handed in to be keyed", command_note(read));
    }
    static std::string command_note(const reading::PageReading& read) {
        const std::string reason = feeds::reading_for_notice(read).reason;
        return reason.empty() ? read.layout : reason;
    }

    void instrument(const MailPart& part) {
        auto item = instrument_of(part, way_, gateway_);
        if (item) return send(part, std::move(*item), "an instrument", "");
        // The desk has to see it: a check that nobody entered is money that nobody clears.
        submit_unread(part, "the mail room says that it shows an instrument, and not all of it (" + item.error().message + "): record it with rightsdesk payment receive --delivery " + way_.delivery);
    }

    // NAME.json says what NAME is.
    void take_sidecars() {
        for (const MailPart& sidecar : mime_.parts) {
            if (sidecar.kind != PartKind::kSidecar) continue;
            done_.insert(sidecar.number);
            const std::string of = sidecar.name.substr(0, sidecar.name.size() - std::string(".json").size());
            const auto beside = std::find_if(mime_.parts.begin(), mime_.parts.end(), [&](const MailPart& part) { return part.name == of && part.number != sidecar.number && !done_.contains(part.number); });
            take_sidecar(sidecar, beside == mime_.parts.end() ? nullptr : &*beside);
        }
    }
    void take_sidecar(const MailPart& sidecar, const MailPart* beside) {
        if (beside != nullptr) done_.insert(beside->number);
        auto item = sidecar_item(sidecar, beside == nullptr ? nullptr : &beside->octets, way_, gateway_);
        const MailPart& shown = beside == nullptr ? sidecar : *beside;
        if (!item) {
            made_.notes.push_back("the sidecar in part " + std::to_string(sidecar.number) + " cannot be used: " + item.error().message);
            return submit_unread(shown, "its sidecar cannot be used: " + item.error().message);
        }
        if (auto* command = std::get_if<domain::SubmitNotice>(&item->command)) {
            if (command->sender_station.empty()) command->sender_station = way_.station;
            const domain::SubmitNotice submitted = *command;
            return submit(shown, submitted, "a notice", "as its sidecar says");
        }
        send(shown, std::move(*item), "as its sidecar says", "");
    }

    void whole_message(const std::string& why) {
        MailPart whole;
        whole.media_type = "message/rfc822";
        whole.octets = base::Bytes(mail_.message);
        if (whole.octets.size() > documents::kMaxDocumentOctets) {
            made_.aside.push_back({"message", mail_.message, why + ", and it has " + std::to_string(mail_.message.size()) + " octets: a person looks at it, and hands in what belongs to the desk with rightsdesk notice submit"});
            return;
        }
        auto command = unread(whole, why);
        made_.items.push_back({"message", {std::move(command), domain::ServiceName::kIntake, way_.stamp}, why});
    }

    const ReceivedMail& mail_;
    const MimeMail& mime_;
    feeds::PageReader& pages_;
    const std::string& gateway_;
    const Way way_;
    std::set<std::size_t> done_;   // parts, by number
    MailItems made_;
};

}  // namespace

MailItems items_of(const ReceivedMail& mail, const MimeMail& mime, feeds::PageReader& pages, const std::string& gateway) {
    return Taking(mail, mime, pages, gateway).all();
}

}  // namespace rightsdesk::mail_gateway
