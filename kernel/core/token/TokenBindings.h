// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedBinding.h>
#include <gatehouse/BindingAnswer.h>
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

    /// Fault::badInput for two that confirm by one name, read one parameter, or are both required.
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
    /// What the code of this authorization request is to be bound to, as `cnf`; empty: nothing.
    Result<ValueMap, OAuthError> asked(const Form& form) const;
    /// The parameters of an authorization request that its client itself sends, with those for what
    /// it proves: they are then asked for. Refused when it proves something else than it asks for.
    Result<Form, OAuthError> proven(const Context& context, const HttpRequest& request,
                                    Form parameters) const;
    /// The refusal of a request to a resource, with the WWW-Authenticate fields of all who may be
    /// asked for; `scheme`: by which the token was shown.
    OAuthError challenge(OAuthError error, std::string_view scheme, const Issuer& issuer) const;
    /// What a good answer to this request says beside the rest.
    std::vector<Header> fields(const Context& context, const HttpRequest& request) const;
    /// By which tokens are shown; "Bearer" first.
    const std::vector<std::string_view>& schemes() const noexcept { return schemes_; }

private:
    template <class C> struct Able {
        const TokenBinding* binding;
        const C* has;
    };
    Status checkNames() const;
    const TokenBinding* bindingOf(const ValueMap& confirmation) const;

    std::vector<Host::Named<TokenBinding>> bindings_;
    std::vector<Able<AskedBinding>> askable_;
    std::vector<Able<BindingAnswer>> answering_;
    std::vector<std::string_view> schemes_;
};

}  // namespace gatehouse
