// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include "authorization/AuthorizationRequest.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

class AskedSteps;
class ClaimsPolicy;
class ResponseModes;
class ResponseTypes;
class TokenBindings;
class ResourcePolicy;

/// Why a request is refused; nullopt: it is not.
using Objection = std::optional<OAuthError>;

inline Objection invalidRequest(std::string_view description, std::string detail = {}) {
    return OAuthError::of(OAuthCode::invalidRequest, description, std::move(detail));
}

/// What a rule of the kernel looks at.
struct RuleInput {
    const Context& context;
    const Form& form;  ///< the request's parameters
    Jose& jose;
    const ClaimsPolicy& claims;
    const ResponseModes& modes;
    const ResponseTypes& types;
    const TokenBindings& bindings;
    const ResourcePolicy& resources;
    const AskedSteps& steps;
};

/// A rule of the kernel: which parameters it reads, and what it makes of them. It is asked about
/// every request: that a parameter is missing is its to say.
struct OwnRule {
    std::string_view name;
    std::array<std::string_view, 4> parameters;  ///< the rest is empty
    Objection (*check)(const RuleInput& input, AuthorizationRequest& request);
};

extern const OwnRule doubledRule;
extern const OwnRule requestObjectRule;
extern const OwnRule responseTypeRule;
extern const OwnRule responseModeRule;
extern const OwnRule scopeRule;
extern const OwnRule pkceRule;
extern const OwnRule promptRule;
extern const OwnRule maxAgeRule;
extern const OwnRule resourceRule;
extern const OwnRule wishesRule;
extern const OwnRule claimsRule;
extern const OwnRule idTokenHintRule;
extern const OwnRule tokenBindingRule;

/// All of them, in the order in which they are asked; those of plugins come behind.
inline constexpr std::array ownRules{
    &doubledRule, &requestObjectRule, &responseTypeRule, &responseModeRule, &scopeRule,
    &pkceRule,    &promptRule,        &maxAgeRule,       &resourceRule,     &wishesRule,
    &claimsRule,  &idTokenHintRule,   &tokenBindingRule};

}  // namespace gatehouse
