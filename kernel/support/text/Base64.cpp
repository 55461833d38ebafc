// SPDX-License-Identifier: Apache-2.0
#include "text/Base64.h"

#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {

std::string base64(std::string_view bytes) {
    std::string text = base64url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return text.append((4 - text.size() % 4) % 4, '=');
}

std::optional<std::string> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) {
        return std::nullopt;
    }
    for (int pad = 0; pad < 2 && !text.empty() && text.back() == '='; ++pad) {
        text.remove_suffix(1);
    }
    std::string url(text);
    std::replace(url.begin(), url.end(), '+', '-');
    std::replace(url.begin(), url.end(), '/', '_');
    return fromBase64url(url);
}

}  // namespace gatehouse
