// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// What libxcrypt makes of a password with the method, cost and salt of a hash. Empty when it
/// cannot: a password with NUL or of more than 511 bytes.
std::string cryptOf(const Secret& password, const std::string& hash);

/// Whether that is the hash itself.
bool fitsCrypt(const Secret& password, const std::string& hash);

}  // namespace gatehouse
