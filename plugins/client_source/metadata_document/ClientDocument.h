// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Twice what the draft recommends: some have keys in them.
constexpr std::size_t longestDocument = std::size_t{10} * 1024;

/// Reads the document that lies at an address (draft-ietf-oauth-client-id-metadata-document,
/// "Client ID Metadata Document"): the client's metadata, as far as such clients may have them
/// here. They use codes and refresh tokens, ask for `scopes` at most, and link to nothing but their
/// own host. Fault::badInput: it is none, is another client's, or has or needs a secret.
Result<ValueMap> readClientDocument(std::string_view text, std::string_view url,
                                    const std::vector<std::string>& scopes);

}  // namespace gatehouse
