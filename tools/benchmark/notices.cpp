#include "benchmark/notices.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/hash.h"
#include "domain/civil.h"
#include "domain/money_text.h"
#include "paper/form.h"
#include "wire/wire.h"

namespace rightsdesk::benchmark {

namespace {

// What at-the-hour.txt is filled in with.
constexpr std::int64_t kRights = 10'000;
constexpr std::int64_t kOver = 2'500;
constexpr std::size_t kPictureOctets = 800;
constexpr const char* kHolder = "Coastline Partners LP";
constexpr const char* kConfirmation = "20020628D1QCST1R000007";
constexpr const char* kDated = "Dated: June 28, 2002__";
constexpr const char* kUndated = "Dated: _______________";

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the sample's form has no '" + from + "'");
    for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// A word of six letters that no other number has: "Aaabcd".
std::string word_of(std::uint64_t number) {
    std::string word(6, 'a');
    for (auto letter = word.rbegin(); letter != word.rend(); ++letter) {
        *letter = static_cast<char>('a' + number % 26);
        number /= 26;
    }
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

std::string six_digits(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

}  // namespace

domain::Money money_of(std::uint64_t number) { return domain::Money(200 * (kRights + static_cast<std::int64_t>(number) + kOver)); }

std::string confirmation_of(std::uint64_t number) { return "20020628D1QCST1R" + six_digits(number); }

Addressed afternoon() {
    const auto stamp = domain::parse_instant(kTime);
    if (!stamp) throw std::runtime_error(std::string(kTime) + " is no instant");
    Addressed addressed;
    addressed.stamp = *stamp;
    return addressed;
}

NoticeMaker::NoticeMaker(const std::string& source_dir, Reading reading) : form_(read(source_dir + "/tools/sample/notices/at-the-hour.txt")), reading_(reading) {
    const auto read_form = paper::parse_form(form(1));
    if (!read_form || !read_form->fields.dated) throw std::runtime_error("the sample's form cannot be read");
    fields_ = read_form->fields;
}

std::string NoticeMaker::form(std::uint64_t number) const {
    std::string text = form_;
    const std::int64_t rights = kRights + static_cast<std::int64_t>(number);
    replace_all(text, domain::grouped(kRights), domain::grouped(rights));
    replace_all(text, "$25,000.00", "$" + domain::grouped(2 * (rights + kOver)) + ".00");
    replace_all(text, kHolder, word_of(number) + " Partners LP");
    replace_all(text, kConfirmation, confirmation_of(number));
    if (number % kOneUndatedIn == 0) replace_all(text, kDated, kUndated);
    return text;
}

domain::NoticeFields NoticeMaker::keyed(std::uint64_t number) const {
    domain::NoticeFields fields = fields_;
    const std::int64_t rights = kRights + static_cast<std::int64_t>(number);
    fields.rights_held = domain::Rights(rights);
    fields.basic_shares = domain::Shares(rights);
    fields.aggregate_cents = domain::Money(200 * (rights + fields.excess_shares.value_or(domain::Shares(0)).value));
    fields.names = {word_of(number) + " Partners LP"};
    fields.confirmation_number = confirmation_of(number);
    return fields;
}

domain::SubmitNotice NoticeMaker::submission(std::uint64_t number, domain::Instant stamp, const std::string& fax) const {
    domain::SubmitNotice submission;
    if (reading_ == Reading::kText) {
        submission.document = base::Bytes(form(number));
        submission.media_type = "text/plain";
    } else {
        submission.keyed = keyed(number);
        submission.document = base::Bytes(std::to_string(reading_ == Reading::kListed ? number / kOnAList : number) + std::string(kPictureOctets, '\x2a'));
        submission.media_type = "image/tiff";
    }
    submission.sha256 = base::sha256_hex(submission.document.view());
    submission.stamp = stamp;
    submission.address = fax;
    submission.sender_station = "+12125550199";
    submission.pages = 2;
    return submission;
}

std::vector<PreparedNotice> NoticeMaker::next(std::size_t count, const Addressed& addressed) {
    std::vector<PreparedNotice> notices;
    notices.reserve(count);
    while (notices.size() < count) notices.push_back(prepare(addressed, (made_ + 1) % kOneUndatedIn == 0));
    return notices;
}

std::vector<PreparedNotice> NoticeMaker::next_undated(std::size_t count, const Addressed& addressed) {
    std::vector<PreparedNotice> notices;
    notices.reserve(count);
    while (notices.size() < count) notices.push_back(prepare(addressed, true));
    return notices;
}

PreparedNotice NoticeMaker::next(const Addressed& addressed) { return prepare(addressed, false); }

PreparedNotice NoticeMaker::prepare(const Addressed& addressed, bool undated) {
    ++made_;
    domain::SubmitNotice notice = submission(made_, addressed.stamp, addressed.fax);
    if (addressed.dated && notice.keyed) {
        notice.keyed->dated = addressed.dated;
        notice.keyed->expiration_date.reset();
        notice.keyed->prospectus_date.reset();
    }
    if (undated && notice.keyed) notice.keyed->dated.reset();
    const domain::Envelope envelope{{kGateway, made_}, "", domain::Command(std::move(notice))};
    return {made_, wire::encode(envelope), undated ? domain::ReceiptKind::kDefective : domain::ReceiptKind::kAccepted, undated ? "undated" : "", addressed.log};
}

}  // namespace rightsdesk::benchmark
