// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Which rule (OpenID Connect Back-Channel Logout section 2.6) a logout token whose signature held
/// breaks; empty: none. It has to say whose sessions end: one with a `sid` alone is not taken.
std::string logoutTokenProblem(const VerifiedJwt& token, std::string_view issuer,
                               std::string_view clientId, TimePoint now);

/// When such a token is good for the first time, and no longer: meanwhile it is remembered.
struct LogoutTokenTimes {
    explicit LogoutTokenTimes(const VerifiedJwt& token);
    TimePoint from;
    TimePoint until;
};

}  // namespace gatehouse
