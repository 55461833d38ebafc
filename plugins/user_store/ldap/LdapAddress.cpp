// SPDX-License-Identifier: Apache-2.0
#include "LdapAddress.h"

#include <ldap.h>

#include <memory>
#include <string_view>

namespace gatehouse {

namespace {

struct Free {
    void operator()(LDAPURLDesc* url) const noexcept { ldap_free_urldesc(url); }
};

bool isThisMachine(std::string_view host) {
    return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

bool hasMore(const LDAPURLDesc& url) {
    const bool hasDn = url.lud_dn != nullptr && *url.lud_dn != '\0';
    return hasDn || url.lud_attrs != nullptr || url.lud_filter != nullptr ||
           url.lud_exts != nullptr;
}

}  // namespace

std::string ldapUrlProblem(const std::string& url, bool startsTls) {
    LDAPURLDesc* parsed = nullptr;
    // What the library would take for several.
    const bool isOne = url.find_first_of(" ,") == std::string::npos;
    const int code = ldap_url_parse(url.c_str(), &parsed);
    const std::unique_ptr<LDAPURLDesc, Free> parts(parsed);
    if (!isOne || code != LDAP_URL_SUCCESS || parts->lud_host == nullptr ||
        *parts->lud_host == '\0' || hasMore(*parts)) {
        return "has " + url + ", which is not ldaps://HOST or ldap://HOST, perhaps with a :PORT";
    }
    const std::string_view scheme = parts->lud_scheme;
    if (scheme == "ldaps") {
        return startsTls ? "has " + url + ", which has TLS already: without start_tls" : "";
    }
    if (scheme != "ldap") {
        return "has " + url + ", which is neither ldaps:// nor ldap://";
    }
    return startsTls || isThisMachine(parts->lud_host)
               ? ""
               : "has " + url +
                     ", where passwords would be read on the way: take ldaps:// or "
                     "set start_tls";
}

}  // namespace gatehouse
