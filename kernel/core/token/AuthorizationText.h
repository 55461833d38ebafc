// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Ticket.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// An authorization as it is kept in codes and families; what is empty is left out.
ValueMap authorizationValue(const Authorization& authorization);
/// The other way round; members of the wrong kind are taken as absent. The family is not part of
/// it.
Authorization authorizationFrom(const ValueMap& value);

}  // namespace gatehouse
