// SPDX-License-Identifier: Apache-2.0
#include "page/BrowserCookie.h"

namespace gatehouse {

namespace {

bool isHttps(const Issuer& issuer) {
    return issuer.url.rfind("https:", 0) == 0;
}

std::string nameOf(const Issuer& issuer, std::string_view purpose) {
    std::string name = isHttps(issuer) ? "__Host-gatehouse_" : "gatehouse_";
    name.append(purpose);
    return issuer.path.empty() ? name : name + "_" + std::to_string(issuer.id);
}

}  // namespace

std::string_view readCookie(const Issuer& issuer, const HttpRequest& request,
                            std::string_view purpose) {
    return request.cookie(nameOf(issuer, purpose));
}

Cookie makeCookie(const Issuer& issuer, std::string_view purpose, std::string value) {
    Cookie cookie;
    cookie.name = nameOf(issuer, purpose);
    cookie.value = std::move(value);
    cookie.isSecure = isHttps(issuer);
    return cookie;
}

Cookie dropCookie(const Issuer& issuer, std::string_view purpose) {
    Cookie cookie = makeCookie(issuer, purpose, {});
    cookie.lifetime = seconds{-1};
    return cookie;
}

}  // namespace gatehouse
