#include "intake/intake.h"

#include "domain/attributing.h"
#include "domain/certificate_delivery.h"
#include "domain/certificates.h"
#include "domain/certifying.h"
#include "domain/direct_exercise.h"
#include "domain/intake.h"
#include "domain/keying.h"
#include "domain/listed_addresses.h"
#include "domain/notice_changes.h"
#include "domain/notice_cures.h"
#include "domain/register_import.h"
#include "domain/rights_sales.h"
#include "domain/watermarks.h"

namespace rightsdesk::intake {

using namespace domain;  // the handler is told in the domain's words

namespace {

// Decides with the offering's register of holders, where it has one. While that cannot be read nothing is decided by it.
template <class Decide>
Decision with_register(Registers& registers, const Book& book, const Context& context, Decide decide) {
    const auto holders = registers.of(book);
    if (!holders) {
        return try_later("the register of holders cannot be read (" + holders.error().message + "): bring its documents back, or import the list again with " +
                     "rightsdesk register import");
    }
    if (*holders == nullptr) return decide(context);
    Context knowing = context;
    knowing.holders = *holders;
    return decide(knowing);
}

// Where a command goes: by the number or address that it came in on, or by the offering that it is about.
struct Routing {
    const runtime::Books& books;

    std::string operator()(const SubmitNotice& command) const {
        return offering_of_address(books.desk, command.channel, command.address).value_or(kDesk);
    }
    std::string operator()(const DeliverCertificates& command) const { return listed(command.offering); }
    std::string operator()(const ReturnCertificates& command) const { return listed(command.offering); }
    std::string operator()(const SettleCertificates& command) const { return listed(command.offering); }
    std::string operator()(const ExerciseDirectly& command) const { return listed(command.offering); }
    std::string operator()(const ConfirmByTelephone& command) const { return listed(command.offering); }
    std::string operator()(const CureDefect& command) const { return listed(command.offering); }
    std::string operator()(const ProposeWaiver& command) const { return listed(command.offering); }
    std::string operator()(const KeyNotice& command) const { return listed(command.offering); }
    std::string operator()(const RejectNotice& command) const { return listed(command.offering); }
    std::string operator()(const WithdrawNotice& command) const { return listed(command.offering); }
    std::string operator()(const AmendNotice& command) const { return listed(command.offering); }
    std::string operator()(const CertifyOwners& command) const { return listed(command.offering); }
    std::string operator()(const Approve& command) const { return listed(command.offering); }
    // To the offering that has the item.
    std::string operator()(const TakeBackNotice& command) const {
        const UnattributedItem* item = books.desk.item(command.item);
        return item == nullptr || !item->attributed_to ? std::string(kDesk) : listed(*item->attributed_to);
    }
    std::string operator()(const KeepRegisterPart& command) const { return listed(command.offering); }
    std::string operator()(const ImportRegister& command) const { return listed(command.offering); }
    std::string operator()(const RecordRightsSale& command) const { return listed(command.offering); }
    std::string operator()(const ReverseRightsSale& command) const { return listed(command.offering); }
    template <class Other>
    std::string operator()(const Other&) const { return kDesk; }

    [[nodiscard]] std::string listed(const OfferingId& id) const { return books.offering(id) == nullptr ? std::string(kDesk) : id; }
};

// What a reader was certain of in a notice: in its first record, the offering's own or that of the desk's item that it was.
base::Result<std::optional<NoticeFields>> read_before(const runtime::Surroundings& around, const std::string& log, const NoticeId& id) {
    auto first = around.record_of(log, id);
    if (!first && first.error().worth_retrying()) return tl::unexpected(first.error());
    if (first) {
        const auto* decided = std::get_if<NoticeDecided>(&first->event);
        if (decided != nullptr && !decided->sealed.opened) return base::unavailable("its record is sealed, and the offering's key is not on this host");
        if (decided != nullptr) return decided->sealed.personal.read;
    }
    first = around.record_of(kDesk, id);
    if (!first && first.error().worth_retrying()) return tl::unexpected(first.error());
    const auto* item = first ? std::get_if<NoticeUnattributed>(&first->event) : nullptr;
    return item == nullptr ? std::nullopt : item->notice.keyed;
}

// One overload a command. Those that another door takes were refused before they came here.
struct Deciding {
    documents::Documents& documents;
    Registers& registers;
    const KeptDocuments& prepared;
    const runtime::Surroundings& around;
    const std::string& log;
    const Context& context;

    Decision operator()(const SubmitNotice& command) const {
        if (const auto kept = keep_document(documents, prepared, command); !kept) {
            return not_kept("SubmitNotice", item_name(context.new_id()), kept.error());
        }
        if (log == kDesk) return submit_to_desk(around.books.desk, command, context);
        const Book& book = around.books.book(log);
        return with_register(registers, book, context, [&](const Context& knowing) { return submit_notice(book, command, read_notice(command), knowing); });
    }
    Decision operator()(const DeliverCertificates& command) const { return in_offering_by_register(command, deliver_certificates); }
    Decision operator()(const SettleCertificates& command) const { return in_offering(command, settle_certificates); }
    Decision operator()(const ReturnCertificates& command) const { return in_offering(command, return_certificates); }
    Decision operator()(const ExerciseDirectly& command) const { return in_offering_by_register(command, exercise_directly); }
    Decision operator()(const ConfirmByTelephone& command) const { return in_offering(command, confirm_by_telephone); }
    Decision operator()(const AdvanceWatermark& command) const { return advance_watermark(around.books.desk, command.through, context); }
    Decision operator()(const ProposeWatermark& command) const {
        return propose_watermark(around.books.desk, command, sources_waited_for(around.books.all_offerings(), &Terms::gateways), context);
    }
    Decision operator()(const ApproveWatermark& command) const { return approve_watermark(around.books.desk, command, context); }
    Decision operator()(const WithdrawWatermark& command) const { return withdraw_watermark(around.books.desk, command, context); }
    Decision operator()(const CureDefect& command) const {
        const bool by_register = command.reason == Reason::kRightsMissing || command.reason == Reason::kSeveralHolders;
        return by_register ? in_offering_by_register(command, cure_defect) : in_offering(command, cure_defect);
    }
    Decision operator()(const ProposeWaiver& command) const { return in_offering(command, propose_waiver); }
    Decision operator()(const KeyNotice& command) const {
        return in_offering_by_register(command, [this](const Book& book, const KeyNotice& key, const Context& with) {
            if (book.notice(key.notice) == nullptr) return key_notice(book, key, std::nullopt, with);
            const auto read = read_before(around, book.log(), key.notice);
            if (!read) return try_later("what was read of " + key.notice + ": " + read.error().message);
            return key_notice(book, key, *read, with);
        });
    }
    Decision operator()(const RejectNotice& command) const { return in_offering(command, reject_notice); }
    Decision operator()(const WithdrawNotice& command) const { return in_offering(command, withdraw_notice); }
    Decision operator()(const AmendNotice& command) const { return in_offering(command, amend_notice); }
    Decision operator()(const CertifyOwners& command) const { return in_offering(command, certify_owners); }
    Decision operator()(const Approve& command) const { return in_offering(command, approve_waiver); }
    Decision operator()(const KeepRegisterPart& command) const {
        Decision decision = in_offering(command, keep_register_part);
        const bool to_be_kept = !decision.events.empty() && std::holds_alternative<RegisterPartKept>(decision.events.front());
        if (!to_be_kept) return decision;
        if (const auto kept = documents.keep(command.part); !kept) return not_kept("KeepRegisterPart", register_name(), kept.error());
        return decision;
    }
    Decision operator()(const ImportRegister& command) const {
        return in_offering(command, [this](const Book& book, const ImportRegister& import, const Context& with) {
            return import_register(book, import, registers.read(book.log(), import.parts), with);
        });
    }
    Decision operator()(const RecordRightsSale& command) const { return in_offering(command, record_rights_sale); }
    Decision operator()(const ReverseRightsSale& command) const { return in_offering(command, reverse_rights_sale); }
    Decision operator()(const AttributeNotice& command) const {
        const UnattributedItem* item = around.books.desk.item(command.item);
        if (item == nullptr) return attribute_notice(around.books.desk, command, std::nullopt);
        if (is_being_taken_back(*item)) return try_later(command.item + " is being taken back: send it again in a moment");
        const auto record = around.record_of(kDesk, command.item);
        if (!record) return try_later(record.error().message);
        const auto* unattributed = std::get_if<NoticeUnattributed>(&record->event);
        return attribute_notice(around.books.desk, command, unattributed == nullptr ? std::nullopt : std::optional(unattributed->notice));
    }
    Decision operator()(const TakeBackNotice& command) const {
        const UnattributedItem* item = around.books.desk.item(command.item);
        const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("TakeBackNotice", item_name(command.item), refusal, detail); };
        if (item == nullptr || item->kind != ItemKind::kNotice) return refused(Refusal::kUnknownItem, command.item);
        const bool opened = item->attributed_to && around.books.offering(*item->attributed_to) != nullptr;
        if (!opened && log == kDesk) return refused(Refusal::kNothingToDo, "it waits, and is no offering's");
        if (item->attributed_to != log) return try_later("it is with another offering now: send it again");
        if (!around.follows(log, kDesk)) return try_later(log + " has not taken in all that was attributed to it: send it again in a moment");
        return take_back_notice(around.books.book(log), *item, command, context);
    }
    template <class Other>
    Decision operator()(const Other&) const {
        return refuse(std::string(Other::kTypeName), "", Refusal::kWrongDoor, "this is intake's");
    }

private:
    // Its offering has let it go, and the desk has not heard of it yet.
    [[nodiscard]] bool is_being_taken_back(const UnattributedItem& item) const {
        if (!item.attributed_to || around.books.offering(*item.attributed_to) == nullptr || around.follows(kDesk, *item.attributed_to)) return false;
        const Notice* notice = around.books.book(*item.attributed_to).notice(item.id);
        return notice != nullptr && notice->taken_back;
    }
    template <class Operation, class Decide>
    Decision in_offering(const Operation& command, Decide decide) const {
        if (log == kDesk) {
            return refuse(std::string(Operation::kTypeName), offering_name(command.offering), Refusal::kUnknownOffering, command.offering);
        }
        return decide(around.books.book(log), command, context);
    }
    // The same, of what the register of holders is asked about.
    template <class Operation, class Decide>
    Decision in_offering_by_register(const Operation& command, Decide decide) const {
        return in_offering(command, [&](const Book& book, const Operation& operation, const Context& with) {
            return with_register(registers, book, with, [&](const Context& knowing) { return decide(book, operation, knowing); });
        });
    }
    [[nodiscard]] static Decision not_kept(const std::string& command, const std::string& subject, const base::Error& error) {
        if (error.worth_retrying()) return try_later(error.message);
        return refuse(command, subject, Refusal::kValueUnusable, error.message);
    }
};

// What happens in an offering because of a record of its own log.
struct Reacting {
    const Book& book;
    const Context& context;

    Decision operator()(const OfferingExtended&) const { return redecide_after_extension(book, context); }
    Decision operator()(const ClosingAdded& event) const { return redecide_after_closing(book, event.day, context); }
    Decision operator()(const PaymentMatched& event) const { return redecide_after_money(book, event.payment, event.match.notice); }
    Decision operator()(const PaymentMatchUndone& event) const { return redecide_after_money_left(book, event.notice); }
    Decision operator()(const PaymentBounced& event) const { return redecide_after_money_turned(book, event.payment, context); }
    Decision operator()(const PaymentRepresented& event) const { return redecide_after_money_turned(book, event.payment, context); }
    Decision operator()(const PaymentGood& event) const { return redecide_after_money_turned(book, event.payment, context); }
};

}  // namespace

std::string Intake::route(const runtime::Surroundings& around, const Command& command) const { return std::visit(Routing{around.books}, command); }

void Intake::prepare(const std::vector<const Command*>& commands) {
    std::vector<const SubmitNotice*> notices;
    for (const Command* command : commands) {
        if (const auto* notice = std::get_if<SubmitNotice>(command)) notices.push_back(notice);
    }
    kept_ = keep_documents(documents_, notices);
}

Decision Intake::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    return std::visit(Deciding{documents_, registers_, kept_, around, log, context}, command);
}

bool Intake::reacts_to(const std::string& source, const Event& event) const {
    if (std::holds_alternative<NoticeTakenBack>(event)) return true;
    if (source == kDesk) return std::holds_alternative<NoticeAttributed>(event);
    return std::holds_alternative<RegisterImported>(event) || std::holds_alternative<RegisterCompared>(event) || runtime::reacts_by<Reacting>(event);
}

Decision Intake::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                       const Context& context) {
    if (target == kDesk) {
        const auto* undone = std::get_if<NoticeTakenBack>(&record.event);
        return undone == nullptr ? Decision{} : undo_attribution(around.books.desk, source, *undone);
    }
    const Book& book = around.books.book(target);
    if (source != kDesk) {
        const auto* compared = std::get_if<RegisterCompared>(&record.event);
        if (std::holds_alternative<RegisterImported>(record.event) || (compared != nullptr && compared->more)) return compare(around, book, context);
        return runtime::react_by(Reacting{book, context}, record.event);
    }
    const auto* attributed = std::get_if<NoticeAttributed>(&record.event);
    if (attributed == nullptr || attributed->offering != target) return {};
    const auto submitted = with_document(documents_, attributed->notice);
    if (!submitted) return try_later("the document of " + attributed->item + ": " + submitted.error().message);
    const auto first = around.record_of(kDesk, attributed->item);
    if (!first) return try_later(first.error().message);
    return with_register(registers_, book, context, [&](const Context& knowing) {
        return take_attributed(book, *attributed, read_notice(*submitted), first->at, knowing);
    });
}

Decision Intake::compare(const runtime::Surroundings& around, const Book& book, const Context& context) {
    std::string trouble;
    const auto names_of = [&](const NoticeId& id) -> std::vector<std::string> {
        const auto first = around.record_of(book.log(), id);
        // An attributed notice's first record is the desk's: its names are not compared.
        if (!first && first.error().worth_retrying()) trouble = first.error().message;
        const auto* decided = first ? std::get_if<NoticeDecided>(&first->event) : nullptr;
        return decided == nullptr ? std::vector<std::string>() : decided->sealed.personal.names;
    };
    Decision decision = with_register(registers_, book, context, [&](const Context& knowing) { return compare_with_register(book, names_of, knowing); });
    return trouble.empty() ? decision : try_later("the names on a notice: " + trouble);
}

Decision Intake::due(const runtime::Surroundings&, const std::string&, const Context&) { return {}; }

runtime::Answer Intake::answer(const runtime::Surroundings&, const Question&) { return runtime::wrong_door(); }

}  // namespace rightsdesk::intake
