// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// The page that sites load in a frame to ask whether the session is still the same (OpenID Connect
/// Session Management 1.0 section 3.2): the one page that any site may frame. `cookieName`: where
/// its script reads the browser's state.
HttpResponse statePage(const Crypto& crypto, std::string_view cookieName);

}  // namespace gatehouse
