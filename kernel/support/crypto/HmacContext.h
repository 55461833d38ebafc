// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"

#include <string>

namespace gatehouse {

/// An HMAC (RFC 2104) with the hash of this name in OpenSSL, without a key yet. Throws
/// std::runtime_error when there is no memory.
MacContext newHmac(std::string hash);

}  // namespace gatehouse
