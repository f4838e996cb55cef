// Messages as mail programs and a mail room's scanning station make them.
//
//     a_mail().to("notices@agent.example").text("see attached").pdf("notice.pdf", octets).made()
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace rightsdesk::support {

inline std::string in_base64(const std::string& octets) {
    static constexpr const char* kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < octets.size(); at += 3) {
        const std::size_t have = octets.size() - at;
        unsigned block = 0;
        for (std::size_t each = 0; each < 3; ++each) block = (block << 8U) | (each < have ? static_cast<unsigned char>(octets[at + each]) : 0U);
        for (std::size_t each = 0; each < 4; ++each) text += each <= have ? kLetters[(block >> (18U - 6U * each)) & 63U] : '=';
        if ((at / 3 + 1) % 19 == 0) text += "\r\n";
    }
    return text + "\r\n";
}

// As far as a reader of the first octets can tell.
inline std::string a_pdf(const std::string& more = "") { return "%PDF-1.4\n% a page " + more + "\n%%EOF\n"; }
inline std::string a_tiff(const std::string& more = "") { return std::string("II*\0", 4) + "a page " + more; }

inline std::string with_crlf(const std::string& text) {
    std::string made;
    for (const char letter : text) {
        if (letter == '\n' && (made.empty() || made.back() != '\r')) made += '\r';
        made += letter;
    }
    return made;
}

class Mail {
public:
    Mail& header(const std::string& name, const std::string& value) {
        headers_ += name + ": " + value + "\r\n";
        return *this;
    }
    Mail& text(const std::string& body) { return part("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", with_crlf(body)); }
    Mail& attached(const std::string& name, const std::string& media_type, const std::string& octets, const std::string& headers = "") {
        return part("Content-Type: " + media_type + "; name=\"" + name + "\"\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\n" + headers,
                    in_base64(octets));
    }
    Mail& pdf(const std::string& name, const std::string& octets = a_pdf(), const std::string& headers = "") { return attached(name, "application/pdf", octets, headers); }
    Mail& tiff(const std::string& name, const std::string& octets = a_tiff(), const std::string& headers = "") { return attached(name, "image/tiff", octets, headers); }
    Mail& part(const std::string& headers, const std::string& body) {
        parts_.emplace_back(headers, body);
        return *this;
    }
    // As the mail room's scanning station heads it.
    Mail& from_the_mail_room(const std::string& received, const std::string& delivery = "", const std::string& channel = "mail") {
        header("X-Rightsdesk-Channel", channel).header("X-Rightsdesk-Address", "59 Maiden Lane, New York, NY 10038").header("X-Rightsdesk-Received", received);
        return delivery.empty() ? *this : header("X-Rightsdesk-Delivery", delivery);
    }

    [[nodiscard]] std::string made() const {
        std::string message = headers_ + "MIME-Version: 1.0\r\n";
        if (parts_.size() == 1) return message + parts_.front().first + "\r\n" + parts_.front().second;
        message += "Content-Type: multipart/mixed; boundary=\"=-between\"\r\n\r\n";
        for (const auto& [headers, body] : parts_) message += "--=-between\r\n" + headers + "\r\n" + body + "\r\n";
        return message + "--=-between--\r\n";
    }

private:
    std::string headers_;
    std::vector<std::pair<std::string, std::string>> parts_;
};

inline Mail a_mail(const std::string& subject = "notice of guaranteed delivery") {
    Mail mail;
    return mail.header("From", "Operations <ops@broker.example>").header("To", "notices@agent.example").header("Subject", subject).header("Message-ID", "<1@broker.example>");
}

}  // namespace rightsdesk::support
