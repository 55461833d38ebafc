// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The longest JWS that is read.
constexpr std::size_t maximumJwsSize = std::size_t{64} * 1024;

/// A JWS in its compact form (RFC 7515 section 7.1), taken apart and not verified.
struct CompactJws {
    ValueMap header;  ///< has a text `alg`; `kid`, when there, is a text
    std::string payload;  ///< decoded
    std::string signature;  ///< decoded; empty when that part is
    std::string_view signingInput;  ///< into the text that was parsed: valid as long as that
};

/// nullopt unless it is exactly three parts in strict base64url with a JSON object as its header.
/// Refuses `crit`, for no extension is understood (RFC 7515 section 4.1.11), and `b64` (RFC 7797).
std::optional<CompactJws> parseJws(std::string_view text);

}  // namespace gatehouse
