// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Grant.h>

#include "ExchangePolicy.h"

namespace gatehouse {

/// The part of an authorization that is asked for by `scope`, `resource` and `audience` and that
/// the policy allows; never anything else.
Result<Authorization, OAuthError> narrowed(const Form& form, const ExchangePolicy& policy,
                                           Authorization authorization);

}  // namespace gatehouse
