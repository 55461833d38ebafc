// SPDX-License-Identifier: Apache-2.0
#include "login/KnownBrowser.h"

#include "page/BrowserCookie.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "known";
constexpr std::size_t nameSize = 16;
constexpr std::size_t mostAccounts = 5;
constexpr std::chrono::hours lifetime{365 * 24};

std::string_view nameIn(std::string_view entry) {
    return entry.substr(0, std::min(entry.find('.'), entry.size()));
}

/// Of the cookie, the newest first: "NAME.PROOF~NAME.PROOF".
std::vector<std::string_view> entriesIn(std::string_view cookie) {
    std::vector<std::string_view> entries;
    while (!cookie.empty() && entries.size() < mostAccounts) {
        const auto end = std::min(cookie.find('~'), cookie.size());
        entries.push_back(cookie.substr(0, end));
        cookie.remove_prefix(std::min(end + 1, cookie.size()));
    }
    return entries;
}

}  // namespace

std::string KnownBrowser::nameFor(const Context& context, const HttpRequest& request,
                                  std::string_view account) const {
    for (const auto entry : entriesIn(readCookie(context.issuer, request, purpose))) {
        if (isTheirs(context, entry, account)) {
            return std::string(nameIn(entry));
        }
    }
    return {};
}

Cookie KnownBrowser::remember(const Context& context, const HttpRequest& request,
                              std::string_view account) const {
    const auto name = base64url(host_.random().bytes(nameSize));
    std::string value = name + "." + proofOf(context, name, account);
    const std::size_t longest = value.size();
    std::size_t accounts = 1;
    for (const auto entry : entriesIn(readCookie(context.issuer, request, purpose))) {
        if (accounts < mostAccounts && entry.size() <= longest &&
            !isTheirs(context, entry, account)) {
            value.append("~").append(entry);
            ++accounts;
        }
    }
    auto cookie = makeCookie(context.issuer, purpose, std::move(value));
    cookie.lifetime = lifetime;
    return cookie;
}

bool KnownBrowser::isTheirs(const Context& context, std::string_view entry,
                            std::string_view account) const {
    const auto name = nameIn(entry);
    return host_.crypto().equal(entry.substr(std::min(name.size() + 1, entry.size())),
                                proofOf(context, name, account));
}

std::string KnownBrowser::proofOf(const Context& context, std::string_view name,
                                  std::string_view account) const {
    std::string source = std::to_string(context.issuer.id);
    source.append("|").append(name).append("|").append(account);
    return base64url(host_.crypto().mac("known_browser", source));
}

}  // namespace gatehouse
