// SPDX-License-Identifier: Apache-2.0
#include "MessageText.h"

#include "text/Base64.h"
#include "text/MailAddress.h"
#include "text/Utf8.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t longestPlain = 60;

bool isLetterOrDigit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

bool isPrintable(char letter) {
    return letter >= ' ' && letter <= '~';
}

/// Nobody takes it for an encoded word.
bool isPlainLine(std::string_view text) {
    return text.size() <= longestPlain && text.find("=?") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), isPrintable);
}

/// Words that need no quotes (RFC 5322 section 3.2.5).
bool isPlainPhrase(std::string_view text) {
    return text.size() <= longestPlain && std::all_of(text.begin(), text.end(), [](char letter) {
               return letter == ' ' || isLetterOrDigit(letter);
           });
}

bool isControl(char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
}

std::string dateOf(TimePoint moment) {
    const Poco::Timestamp time(
        std::chrono::duration_cast<std::chrono::microseconds>(moment.time_since_epoch()).count());
    return Poco::DateTimeFormatter::format(time, "%w, %d %b %Y %H:%M:%S +0000");
}

std::string withCrlf(std::string_view text) {
    std::string lines;
    for (const char letter : text) {
        lines += letter == '\n' ? std::string("\r\n") : std::string(letter == '\r' ? 0 : 1, letter);
    }
    return lines;
}

std::string inLines(const std::string& text) {
    constexpr std::size_t length = 76;
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += length) {
        lines.append(text, at, length).append("\r\n");
    }
    return lines;
}

std::string fromField(const SmtpSettings& settings) {
    const auto address = "<" + settings.from + ">";
    return settings.fromName.empty()
               ? address
               : headerText(settings.fromName, isPlainPhrase(settings.fromName))
                     .append("\r\n ")
                     .append(address);
}

}  // namespace

std::string headerText(std::string_view text, bool isPlain) {
    constexpr std::size_t most = 39;  // bytes: a line with a field name has 76 characters at most
    if (isPlain) {
        return std::string(text);
    }
    std::string words;
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && length + utf8Length(text.substr(length)) <= most) {
            length += std::max<std::size_t>(utf8Length(text.substr(length)), 1);
        }
        words.append(words.empty() ? "" : "\r\n ")
            .append("=?UTF-8?B?")
            .append(base64(text.substr(0, length)))
            .append("?=");
        text.remove_prefix(length);
    }
    return words;
}

std::string messageText(const Mail& mail, const SmtpSettings& settings) {
    const auto domain = settings.from.substr(settings.from.find('@'));
    return "Date: " + dateOf(mail.made) + "\r\nFrom: " + fromField(settings) + "\r\nTo: <" +
           mail.to + ">\r\nSubject: " + headerText(mail.subject, isPlainLine(mail.subject)) +
           "\r\nMessage-ID: <" + mail.id + domain +
           ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           inLines(base64(withCrlf(mail.text)));
}

std::string mailProblem(const Mail& mail) {
    if (!isMailAddress(mail.to)) {
        return "the address is none that mails are sent to";
    }
    if (mail.id.empty() || !std::all_of(mail.id.begin(), mail.id.end(), isLetterOrDigit)) {
        return "its id has other than letters and digits";
    }
    if (std::any_of(mail.subject.begin(), mail.subject.end(), isControl)) {
        return "its subject is not one line";
    }
    if (!isUtf8(mail.subject) || !isUtf8(mail.text)) {
        return "it is not UTF-8";
    }
    return {};
}

}  // namespace gatehouse
