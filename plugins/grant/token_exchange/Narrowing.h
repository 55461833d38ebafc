// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>

#include "ExchangePolicy.h"

#include <string>
#include <vector>

namespace gatehouse {

/// What is asked for by `resource` and `audience`, or all of `most` that the policy allows; never
/// anything else.
Result<std::vector<std::string>, OAuthError>
audienceOf(const Form& form, const ExchangePolicy& policy, const std::vector<std::string>& most);

}  // namespace gatehouse
