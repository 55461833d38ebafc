// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// What commands tell of a client: its metadata and its secrets' times, never a secret.
ValueMap describedClient(const Client& client);

}  // namespace gatehouse
