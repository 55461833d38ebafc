// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedBinding.h>
#include <gatehouse/BindingAnswer.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/TokenBinding.h>

#include "store/InstanceNames.h"
#include "token/ProofUse.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

/// What the tokens of an answer are bound to.
struct BoundTo {
    std::string_view tokenType = "Bearer";  ///< of the binding, which outlives the answer
    ValueMap confirmation;  ///< `cnf`; empty: nothing
    std::vector<ProofUse> uses;  ///< of what proves it, to be written with the tokens
};

/// Where marks of proofs are written.
struct ProofMarks {
    Records* records = nullptr;
    std::map<std::string, InstanceNames> names{};  ///< of each binding
    /// Can the batch of the tokens have this mark in it? None: always.
    std::function<bool(const ProofUse&)> isWithTokens{};
};

/// An authorization request, and what was used for it.
struct ProvenRequest {
    Form parameters;
    std::vector<ProofUse> uses;
};

/// The configured bindings of tokens. Threads: any.
class TokenBindings {
public:
    /// In the order of the configuration.
    explicit TokenBindings(std::vector<Host::Named<TokenBinding>> bindings, ProofMarks marks = {});

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
    Result<ProvenRequest, OAuthError> proven(const Context& context, const HttpRequest& request,
                                             const Client& client, Form parameters) const;
    /// What was proved is used for nothing but this. Refused when it was used before.
    Result<std::monostate, OAuthError> use(const Context& context,
                                           const std::vector<ProofUse>& uses) const;
    /// The same for what is given with tokens: marks that cannot be written with these are now, and
    /// taken out.
    Result<std::monostate, OAuthError> useBefore(const Context& context,
                                                 std::vector<ProofUse>& uses) const;
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
    std::vector<ProofUse> usesOf(const TokenBinding& binding, Possession& proof) const;
    const TokenBinding* bindingOf(const ValueMap& confirmation) const;

    std::vector<Host::Named<TokenBinding>> bindings_;
    ProofMarks marks_;
    std::vector<Able<AskedBinding>> askable_;
    std::vector<Able<BindingAnswer>> answering_;
    std::vector<std::string_view> schemes_;
};

}  // namespace gatehouse
