// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/Storage.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What an access token looks like. Chosen by the client's `access_token_format`, otherwise the
/// first configured.
class TokenFormat : public Plugin {
public:
    static constexpr Point point{"token_format", 1, Cardinality::many};
    /// The token's text. A format that keeps its tokens adds their record to `batch`, which is
    /// applied with the rest of the exchange.
    virtual Result<std::string> write(const Context&, const AccessToken& token,
                                      Batch& batch) const = 0;
    /// nullopt for a text that is not one of its own, forged, or gone. Expiry and revocation are
    /// the caller's.
    virtual Result<std::optional<TokenClaim>> read(const Context&, std::string_view text) const = 0;
};

}  // namespace gatehouse
