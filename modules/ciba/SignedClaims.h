// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// How long one may be good.
constexpr seconds longestSigned{3600};

/// Which rule the claims of a signed request break (OpenID Connect CIBA section 7.1.1); empty:
/// none.
std::string signedProblem(const ValueMap& claims, const Issuer& issuer, const Client& client,
                          TimePoint now);
/// The parameters that they stand for, as a form would have brought them.
Form parametersOf(const ValueMap& claims);

}  // namespace gatehouse
