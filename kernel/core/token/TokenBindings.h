// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/TokenBinding.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

/// What the tokens of an answer are bound to.
struct BoundTo {
    std::string_view tokenType = "Bearer";  ///< of the binding, which outlives the answer
    ValueMap confirmation;  ///< `cnf`; empty: nothing
};

/// The configured bindings of tokens. Threads: any.
class TokenBindings {
public:
    /// In the order of the configuration.
    explicit TokenBindings(std::vector<Host::Named<TokenBinding>> bindings);

    /// Fault::badInput for two that confirm by one name.
    Status check() const;
    /// What a token request binds its tokens to.
    Result<BoundTo, OAuthError> bind(const Context& context, const HttpRequest& request,
                                     const Client& client) const;
    /// The same for a confirmation that is there; Fault::internal when no binding has it.
    Result<BoundTo> of(ValueMap confirmation) const;
    /// The `token_type` of a token with this confirmation; empty: no binding has it, it is not
    /// good.
    std::string_view typeOf(const ValueMap& confirmation) const;
    /// Does the request prove what the token it shows is bound to? `scheme`: by which of schemes().
    Result<std::monostate, OAuthError> prove(const Context& context, const HttpRequest& request,
                                             std::string_view scheme, std::string_view accessToken,
                                             const ValueMap& confirmation) const;
    /// By which tokens are shown; "Bearer" first.
    const std::vector<std::string_view>& schemes() const noexcept { return schemes_; }

private:
    const TokenBinding* bindingOf(const ValueMap& confirmation) const;

    std::vector<Host::Named<TokenBinding>> bindings_;
    std::vector<std::string_view> schemes_;
};

}  // namespace gatehouse
