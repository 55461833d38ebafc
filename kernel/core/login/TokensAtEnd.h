// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// Which authorizations end with the session in which they were given.
enum class TokensAtEnd {
    none,
    online,  ///< those without offline_access (OpenID Connect Back-Channel Logout section 2.7)
    all
};

}  // namespace gatehouse
