// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "jose/JweAlgorithm.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The longest JWE that is read.
constexpr std::size_t maximumJweSize = std::size_t{64} * 1024;

/// A JWE in its compact form (RFC 7516 section 7.1), taken apart and not decrypted.
struct CompactJwe {
    ValueMap header;
    const JweAlgorithm* algorithm;
    const JweEncryption* encryption;
    std::string encryptedKey;
    std::string nonce;  ///< of the size that `encryption` needs, as is `tag`
    std::string content;
    std::string tag;
    std::string_view bound;  ///< the header as it stands in the text that was parsed: valid as long
                             ///< as that
};

/// nullopt unless it is exactly five parts in strict base64url, with a header that
/// parseJoseHeader() takes and of which `alg` and `enc` are known. Refuses `zip`: a short text
/// could become a huge one (RFC 7516 section 4.1.3).
std::optional<CompactJwe> parseJwe(std::string_view text);

}  // namespace gatehouse
