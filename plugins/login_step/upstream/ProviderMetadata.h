// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Where a provider is asked for what.
struct ProviderMetadata {
    std::string authorizationEndpoint;
    std::string tokenEndpoint;
    std::string userinfoEndpoint;  ///< may be empty
    std::string jwksUri;
    std::string endSessionEndpoint;  ///< may be empty
    bool sendsIssuer = false;  ///< with each authorization response (RFC 9207)
};

/// Reads the document of this issuer (OpenID Connect Discovery 1.0 section 3). Fault::badInput: it
/// is none, or another's. Only what is said to be at http:// itself leads there.
Result<ProviderMetadata> readProviderMetadata(std::string_view text, std::string_view issuer);

/// Where that lies (section 4).
std::string metadataAddress(std::string_view issuer);

}  // namespace gatehouse
