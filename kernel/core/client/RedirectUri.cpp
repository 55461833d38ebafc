// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectUri.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

bool isUriText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f &&
               std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool isScheme(std::string_view text) {
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && isLower(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return isLower(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
           });
}

/// The host of what stands after "scheme://", without port.
std::string_view hostOf(std::string_view rest) {
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    if (!authority.empty() && authority.front() == '[') {
        return authority.substr(0, authority.find(']') + 1);
    }
    return authority.substr(0, authority.find(':'));
}

bool isLoopback(std::string_view host) {
    constexpr std::array<std::string_view, 3> names{"127.0.0.1", "[::1]", "localhost"};
    return std::find(names.begin(), names.end(), host) != names.end();
}

std::string webUriProblem(std::string_view scheme, std::string_view rest) {
    if (rest.substr(0, 2) != "//" || hostOf(rest.substr(2)).empty()) {
        return "has no host";
    }
    if (rest.substr(0, rest.find_first_of("/?", 2)).find('@') != std::string_view::npos) {
        return "has a user name in it";
    }
    if (scheme == "http" && !isLoopback(hostOf(rest.substr(2)))) {
        return "must be https; http is for loopback addresses only";
    }
    return "";
}

}  // namespace

std::string redirectUriProblem(std::string_view uri) {
    const auto colon = uri.find(':');
    if (colon == std::string_view::npos || !isScheme(uri.substr(0, colon))) {
        return "is not an absolute URI with a lower-case scheme";
    }
    if (!isUriText(uri)) {
        return "has a character that does not belong in a URI";
    }
    if (uri.find('#') != std::string_view::npos) {
        return "has a fragment";
    }
    const auto scheme = uri.substr(0, colon);
    if (scheme == "https" || scheme == "http") {
        return webUriProblem(scheme, uri.substr(colon + 1));
    }
    return scheme.find('.') != std::string_view::npos
               ? ""
               : "has a scheme that is neither https, http nor a reversed domain name";
}

}  // namespace gatehouse
