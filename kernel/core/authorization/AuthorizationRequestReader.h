// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Value.h>

#include "authorization/AuthorizationRequest.h"
#include "authorization/FoundRequest.h"

namespace gatehouse {

class AskedSteps;
class ClaimsPolicy;
class ClientDirectory;
class RequestSources;
class ResponseModes;
class ResponseTypes;
class ResourcePolicy;
struct RuleInput;
class RuleChain;
class TokenBindings;

/// Reads and checks authorization requests, in the order that keeps answers safe: first the client
/// and its redirect URI, without which nothing is sent anywhere, then the rest. Parameters nobody
/// knows are ignored. Threads: any.
class AuthorizationRequestReader {
public:
    /// All of it outlives the reader.
    struct Parts {
        ClientDirectory& clients;
        Jose& jose;
        const ClaimsPolicy& claims;
        const RequestSources& sources;
        const RuleChain& rules;
        const ResponseModes& modes;
        const ResponseTypes& types;
        const TokenBindings& bindings;
        const ResourcePolicy& resources;
        const AskedSteps& steps;
    };
    explicit AuthorizationRequestReader(const Parts& parts) : parts_(parts) {}

    /// What these parameters stand for: a source answers for them, or they are the request
    /// themselves. `isPushed`: the client sent them itself.
    Result<FoundRequest, Refusal> find(const Context& context, const HttpRequest& http,
                                       const Form& form, bool isPushed = false) const;
    /// All of a request of which there may be but where it is kept; nullopt: it is there no more.
    Result<std::optional<FoundRequest>> find(const Context& context, FoundRequest known) const;
    /// `notes`: what plugins' rules noted when this request came; nullopt: they are asked now.
    Result<AuthorizationRequest, Refusal> read(const Context& context, const HttpRequest& http,
                                               const Form& form, std::optional<ValueMap> notes,
                                               bool isPushed = false) const;

    /// The same for one that is answered by keeping a promise: what asks for a redirect is not
    /// looked at. `returnTo`: where its person goes on.
    Result<AuthorizationRequest, Refusal>
    readPromised(const Context& context, const HttpRequest& http, const Form& form,
                 std::optional<ValueMap> notes, std::string returnTo, bool isPushed = false) const;

private:
    struct How {
        bool isPromised;
        bool isPushed;
    };
    Result<AuthorizationRequest, Refusal> check(const Context& context, const HttpRequest& http,
                                                const Form& form, AuthorizationRequest request,
                                                std::optional<ValueMap> notes, How how) const;
    RuleInput inputOf(const Context& context, const Form& form) const;
    Result<FoundRequest, Refusal> fromSource(const Context& context, const HttpRequest& http,
                                             const Form& form, bool isPushed) const;
    std::optional<Refusal> withoutSource(const Context& context, const Form& form,
                                         bool isPushed) const;
    Result<std::shared_ptr<const Client>, OAuthError> readClient(const Context& context,
                                                                 const Form& form) const;
    ReplyTo readReplyTo(const Form& form, std::string redirectUri) const;
    Refusal refuse(const OAuthError& error, const Form& form,
                   const std::shared_ptr<const Client>& client) const;

    Parts parts_;
};

}  // namespace gatehouse
