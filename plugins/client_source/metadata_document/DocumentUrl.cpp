// SPDX-License-Identifier: Apache-2.0
#include "DocumentUrl.h"

#include "text/SiteAddress.h"
#include "text/WebHost.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view scheme = "https://";
constexpr std::size_t longest = 255;

/// Also as "%2e" (RFC 3986 section 2.4).
bool isDot(std::string_view& segment) noexcept {
    const bool isPlain = segment.substr(0, 1) == ".";
    const auto code = segment.substr(0, 3);
    if (!isPlain && code != "%2e" && code != "%2E") {
        return false;
    }
    segment.remove_prefix(isPlain ? 1 : code.size());
    return true;
}

bool isDots(std::string_view segment) noexcept {
    return isDot(segment) && (segment.empty() || (isDot(segment) && segment.empty()));
}

bool hasDots(std::string_view path) noexcept {
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        if (isDots(path.substr(0, end))) {
            return true;
        }
        path.remove_prefix(end);
    }
    return false;
}

}  // namespace

bool isDocumentUrl(std::string_view text) noexcept {
    if (text.size() > longest || text.substr(0, scheme.size()) != scheme || !isSiteAddress(text)) {
        return false;
    }
    const auto rest = text.substr(originOfAddress(text).size());
    const auto path = rest.substr(0, rest.find('?'));
    return !path.empty() && !hasDots(path);
}

std::string_view hostOfDocument(std::string_view url) noexcept {
    return splitAuthority(originOfAddress(url).substr(scheme.size())).first;
}

}  // namespace gatehouse
