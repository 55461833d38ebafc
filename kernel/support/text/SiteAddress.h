// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// The address of something on the web that a site has, as it may be registered: https, or http,
/// which only goes where the operator lets it; a host, no user name, no fragment (RFC 3986); at
/// most 512 printable ASCII characters.
bool isSiteAddress(std::string_view text) noexcept;

/// What to say of another.
constexpr std::string_view notASiteAddress =
    "must be an https:// address with a host, of at most 512 characters, without a user name or "
    "fragment; http:// only where outgoing.allow names it";

/// Its scheme, host and port as they stand there: "https://host:8443". Empty: it is none.
std::string_view originOfAddress(std::string_view address) noexcept;

/// The same as a browser calls it (RFC 6454 section 6.2): in lower case, without the port that
/// everybody takes.
std::string pageOrigin(std::string_view address);

}  // namespace gatehouse
