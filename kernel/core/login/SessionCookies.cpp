// SPDX-License-Identifier: Apache-2.0
#include "login/SessionCookies.h"

#include "page/BrowserCookie.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view used = "session";
constexpr std::string_view others = "sessions";
constexpr char joint = '.';

/// What is no handle, or one too many, is passed over.
std::vector<Handle> handlesIn(std::string_view text) {
    std::vector<Handle> handles;
    while (!text.empty() && handles.size() + 1 < SessionCookies::most) {
        const auto end = std::min(text.find(joint), text.size());
        if (auto handle = Handle::parse(text.substr(0, end))) {
            handles.push_back(*std::move(handle));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return handles;
}

std::string textOf(const std::vector<Handle>& handles) {
    std::string text;
    for (const auto& handle : handles) {
        text.append(text.empty() ? 0 : 1, joint).append(handle.text());
    }
    return text;
}

}  // namespace

bool SessionCookies::haveOthers(const Issuer& issuer, const HttpRequest& request) {
    return !readCookie(issuer, request, others).empty();
}

SessionCookies::SessionCookies(const Issuer& issuer, const HttpRequest& request)
    : issuer_(issuer), sentInUse_(readCookie(issuer, request, used)),
      sentBeside_(readCookie(issuer, request, others)) {
    inUse_ = Handle::parse(sentInUse_);
    beside_ = handlesIn(sentBeside_);
}

std::vector<Handle> SessionCookies::all() const {
    std::vector<Handle> handles;
    if (inUse_) {
        handles.push_back(*inUse_);
    }
    handles.insert(handles.end(), beside_.begin(), beside_.end());
    return handles;
}

std::optional<Handle> SessionCookies::use(const Handle& handle) {
    const auto before = inUse_;
    std::optional<Handle> forgotten;
    forget(handle.selector);
    if (before && before->selector != handle.selector) {
        beside_.insert(beside_.begin(), *before);
    }
    if (beside_.size() == most) {
        forgotten = std::move(beside_.back());
        beside_.pop_back();
    }
    inUse_ = handle;
    return forgotten;
}

void SessionCookies::forget(std::string_view selector) {
    if (inUse_ && inUse_->selector == selector) {
        inUse_.reset();
    }
    beside_.erase(std::remove_if(beside_.begin(), beside_.end(),
                                 [&](const Handle& one) { return one.selector == selector; }),
                  beside_.end());
}

std::vector<Cookie> SessionCookies::changes() const {
    std::vector<Cookie> cookies;
    const auto tell = [&](std::string_view purpose, std::string_view sent, std::string now) {
        if (now.empty() && !sent.empty()) {
            cookies.push_back(dropCookie(issuer_, purpose));
        } else if (now != sent) {
            cookies.push_back(makeCookie(issuer_, purpose, std::move(now)));
        }
    };
    tell(used, sentInUse_, inUse_ ? inUse_->text() : std::string());
    tell(others, sentBeside_, textOf(beside_));
    return cookies;
}

}  // namespace gatehouse
