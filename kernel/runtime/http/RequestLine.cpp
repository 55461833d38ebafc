// SPDX-License-Identifier: Apache-2.0
#include "http/RequestLine.h"

#include "http/HttpGrammar.h"

namespace gatehouse {

namespace {

constexpr std::size_t longestMethod = 32;

bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool looksLikeVersion(std::string_view text) noexcept {
    return text.size() == 8 && text.substr(0, 5) == "HTTP/" && isDigit(text[5]) && text[6] == '.' &&
           isDigit(text[7]);
}

/// Of "http://HOST" and "https://HOST"; empty for anything else.
std::string_view webScheme(std::string_view target) noexcept {
    const auto end = target.find("://");
    const std::string_view scheme = target.substr(0, end);
    const bool isWeb = equalsIgnoringCase(scheme, "http") || equalsIgnoringCase(scheme, "https");
    return end != std::string_view::npos && isWeb ? scheme : std::string_view{};
}

}  // namespace

RequestRefusal RequestLine::read(std::string_view line) noexcept {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return {400, "request line is not three words"};
    }
    method = line.substr(0, first);
    if (!isToken(method) || method.size() > longestMethod) {
        return {400, "method is not a token"};
    }
    const auto refusal = readVersion(line.substr(last + 1));
    return refusal ? refusal : readTarget(line.substr(first + 1, last - first - 1));
}

RequestRefusal RequestLine::readVersion(std::string_view version) noexcept {
    if (!looksLikeVersion(version)) {
        return {400, "no HTTP version"};
    }
    isOld = version == "HTTP/1.0";
    // RFC 9110 section 2.5: a minor version of the future is read as the highest one known
    return version[5] == '1' ? RequestRefusal{}
                             : RequestRefusal{505, "HTTP version not spoken here"};
}

RequestRefusal RequestLine::readTarget(std::string_view target) noexcept {
    if (target.empty() || !isVisible(target)) {
        return {400, "request target has a character that must be encoded"};
    }
    if (target.front() != '/') {
        const auto scheme = webScheme(target);
        if (scheme.empty()) {
            return {400, "request target is neither a path nor a web address"};
        }
        target.remove_prefix(scheme.size() + 3);
        const auto end = target.find_first_of("/?");
        authority = target.substr(0, end);
        if (!isAuthority(authority)) {
            return {400, "request target has no valid authority"};
        }
        target = end == std::string_view::npos ? std::string_view{} : target.substr(end);
    }
    const auto mark = target.find('?');
    path = target.substr(0, mark);
    query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    if (path.empty()) {
        path = "/";
    }
    return {};
}

}  // namespace gatehouse
