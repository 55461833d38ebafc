// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/People.h>
#include <gatehouse/point/Grant.h>

#include "ExchangePolicy.h"
#include "ShownToken.h"

namespace gatehouse {

/// Who acts in the token that is given for this one: its `act`. Without an actor token it is the
/// client as the subject, and those who acted before stay named.
Result<ValueMap, OAuthError> actFor(const TokenRequest& request, const ExchangePolicy& policy,
                                    const ShownToken& subject, const People& people);

}  // namespace gatehouse
