// SPDX-License-Identifier: Apache-2.0
#include "login/KnownBrowser.h"

#include "page/BrowserCookie.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <chrono>

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "known";
constexpr std::size_t nameSize = 16;
constexpr std::chrono::hours lifetime{365 * 24};

}  // namespace

std::string KnownBrowser::nameFor(const Context& context, const HttpRequest& request,
                                  std::string_view account) const {
    const auto cookie = readCookie(context.issuer, request, purpose);
    if (cookie.empty()) {
        return {};
    }
    const auto name = cookie.substr(0, std::min(cookie.find('.'), cookie.size()));
    const auto proof = cookie.substr(std::min(name.size() + 1, cookie.size()));
    const bool isTheirs = host_.crypto().equal(proof, proofOf(context, name, account));
    return isTheirs ? std::string(name) : std::string{};
}

Cookie KnownBrowser::remember(const Context& context, std::string_view account) const {
    const auto name = base64url(host_.random().bytes(nameSize));
    auto cookie = makeCookie(context.issuer, purpose, name + "." + proofOf(context, name, account));
    cookie.lifetime = lifetime;
    return cookie;
}

std::string KnownBrowser::proofOf(const Context& context, std::string_view name,
                                  std::string_view account) const {
    std::string source = std::to_string(context.issuer.id);
    source.append("|").append(name).append("|").append(account);
    return base64url(host_.crypto().mac("known_browser", source));
}

}  // namespace gatehouse
