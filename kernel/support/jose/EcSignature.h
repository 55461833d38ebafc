// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// ECDSA signatures: OpenSSL wants DER, JWS r and s side by side, each of fixed length (RFC 7518
// section 3.4).

/// nullopt when it is no ECDSA signature of that size.
std::optional<std::string> ecdsaFromDer(std::string_view der, std::size_t partSize);

/// nullopt unless it has exactly twice the part's size.
std::optional<std::string> ecdsaToDer(std::string_view raw, std::size_t partSize);

}  // namespace gatehouse
