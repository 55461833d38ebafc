// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include "crypto/OpenSsl.h"

#include <string_view>

namespace gatehouse {

/// An unencrypted PKCS#8 key (RFC 5208, DER), and nothing behind it; null when it is none.
Key readPkcs8(std::string_view der);

/// The form readPkcs8() reads. Throws std::runtime_error when OpenSSL fails (no memory).
Secret writePkcs8(EVP_PKEY* key);

}  // namespace gatehouse
