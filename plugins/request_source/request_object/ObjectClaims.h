// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/RequestInHand.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/RequestSource.h>

#include <string>

namespace gatehouse {

/// Which rule the claims of a request object break (RFC 9101 sections 4 and 10.8, OpenID Connect
/// Core section 6.1); empty: none. With a `longestLife` they need nbf and exp, so far apart at
/// most; 0: they may do without.
std::string objectProblem(const ValueMap& claims, const RequestInHand& request, TimePoint now,
                          seconds longestLife);

/// The request that the claims stand for. One with a jti that expires within a day is good for one
/// answer.
RequestRead requestOf(const ValueMap& claims, const Client& client, TimePoint now);

}  // namespace gatehouse
