// SPDX-License-Identifier: Apache-2.0
#include "login/FormGuard.h"

#include "page/BrowserCookie.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

constexpr std::string_view purposeOfCookie = "browser";
constexpr std::size_t nameSize = 32;

std::string purposeOf(std::string_view tab) {
    std::string purpose(purposeOfCookie);
    return tab.empty() ? purpose : purpose.append("_").append(tab);
}

}  // namespace

FormGuard::Browser FormGuard::browser(const Context& context, const HttpRequest& request,
                                      std::string_view tab) const {
    const std::string issuer = std::to_string(context.issuer.id) + "|";
    for (const auto& purpose : {purposeOf(tab), purposeOf({})}) {
        const auto cookie = readCookie(context.issuer, request, purpose);
        const auto bytes = fromBase64url(cookie);
        if (bytes && bytes->size() == nameSize) {
            return {issuer + std::string(cookie), {}};
        }
    }
    const auto name = base64url(host_.random().bytes(nameSize));
    return {issuer + name, {makeCookie(context.issuer, purposeOfCookie, name)}};
}

FormGuard::Browser FormGuard::begin(const Context& context, const HttpRequest& request,
                                    std::string_view tab) const {
    auto browser = this->browser(context, request);
    if (!browser.cookies.empty()) {
        browser.cookies.push_back(
            makeCookie(context.issuer, purposeOf(tab), browser.cookies.front().value));
    }
    return browser;
}

std::string FormGuard::hashOf(std::string_view name) const {
    return base64url(host_.crypto().mac("browser", name));
}

std::string FormGuard::token(const Browser& browser, std::string_view purpose) const {
    return base64url(host_.crypto().mac("form", browser.name + "|" + std::string(purpose)));
}

bool FormGuard::accepts(const Context& context, const HttpRequest& request, const Form& form,
                        std::string_view purpose, std::string_view tab) const {
    const Browser known = browser(context, request, tab);
    return known.cookies.empty() && host_.crypto().equal(form.text("csrf"), token(known, purpose));
}

}  // namespace gatehouse
