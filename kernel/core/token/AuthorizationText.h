// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Ticket.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// An authorization as the JSON that codes and families keep; what is empty is left out.
std::string authorizationText(const Authorization& authorization);
/// The other way round; members of the wrong kind are taken as absent. The family is not part of
/// it.
Authorization authorizationFrom(const ValueMap& value);

}  // namespace gatehouse
