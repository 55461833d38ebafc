// SPDX-License-Identifier: Apache-2.0
#include "text/Base64.h"

#include "text/Base64Url.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

/// The same digit of base64url; what is none of base64's is none there either.
char urlDigit(char digit) {
    switch (digit) {
    case '+': return '-';
    case '/': return '_';
    case '-':
    case '_': return '=';
    default: return digit;
    }
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text = base64url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return text.append((4 - text.size() % 4) % 4, '=');
}

std::optional<std::string> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    for (int pad = 0; pad < 2 && !text.empty() && text.back() == '='; ++pad) {
        text.remove_suffix(1);
    }
    std::string url;
    url.reserve(text.size());
    std::transform(text.begin(), text.end(), std::back_inserter(url), urlDigit);
    return fromBase64url(url);
}

}  // namespace gatehouse
