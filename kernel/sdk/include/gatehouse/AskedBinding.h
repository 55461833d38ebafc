// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Possession.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string_view>

namespace gatehouse {

/// What a token_binding has where an authorization request may say already what its code is bound
/// to (RFC 9449 section 10): who redeems the code has to prove just that.
class AskedBinding {
public:
    static constexpr Capability capability{"token_binding.asked", 1};

    virtual ~AskedBinding() = default;
    /// The parameter of the authorization request that says it; static storage. Two bindings with
    /// one parameter, and one that the server reads itself, are an error at start.
    virtual std::string_view parameter() const noexcept = 0;
    /// What a value of the parameter stands for: as bind() would answer who proves it.
    virtual Result<Value, OAuthError> read(std::string_view value) const = 0;
    /// What a request proves that its client itself sends (RFC 9449 section 10.1): a text, the
    /// value of the parameter. nullopt: it proves nothing of the kind, which nobody has to. A mark
    /// is written when all else of the request is good.
    virtual Result<std::optional<Possession>, OAuthError> proven(const Context&, const HttpRequest&,
                                                                 const Client& client) const = 0;
};

}  // namespace gatehouse
