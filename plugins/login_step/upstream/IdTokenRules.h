// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What the ID token of an answer must say.
struct IdTokenWanted {
    std::string_view issuer;
    std::string_view clientId;
    std::string_view nonce;
    std::string_view accessToken;
};

/// Which rule (OpenID Connect Core section 3.1.3.7) an ID token whose signature held breaks; empty:
/// none.
std::string idTokenProblem(const VerifiedJwt& idToken, const IdTokenWanted& wanted, TimePoint now);

/// Says it that its person has signed in there no longer ago than this? 0: since they were sent
/// there.
bool isFresh(const ValueMap& claims, seconds maxAge, TimePoint asked, TimePoint now);

}  // namespace gatehouse
