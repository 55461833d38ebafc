// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>

#include <string>
#include <string_view>

namespace gatehouse {

// Cookies of the login pages. On https they carry the prefix "__Host-" (RFC 6265bis
// section 4.1.3.2), so that no neighbouring host can set them; issuers that share a host have
// cookies of their own.

/// The cookie's value; empty when the browser sent none.
std::string_view readCookie(const Issuer& issuer, const HttpRequest& request,
                            std::string_view purpose);

/// A cookie that lives as long as the browser runs.
Cookie makeCookie(const Issuer& issuer, std::string_view purpose, std::string value);

/// Takes the cookie away.
Cookie dropCookie(const Issuer& issuer, std::string_view purpose);

}  // namespace gatehouse
