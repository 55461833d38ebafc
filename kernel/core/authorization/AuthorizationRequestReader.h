// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/RequestSource.h>

#include "authorization/AuthorizationRequest.h"

namespace gatehouse {

class ClaimsPolicy;
class ClientDirectory;
class RequestSources;
class ResponseModes;
class ResponseTypes;
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
    };
    explicit AuthorizationRequestReader(const Parts& parts) : parts_(parts) {}

    /// Of a request that a source answers for: what it stands for, to be read instead.
    Result<RequestRead, Refusal> fromSource(const Context& context, const HttpRequest& http,
                                            const Form& form) const;
    /// Why a request that no source answers for is refused: its client must use one (RFC 9101
    /// section 10.5). nullopt: it is not for that.
    std::optional<Refusal> withoutSource(const Context& context, const Form& form) const;
    /// `notes`: what plugins' rules noted when this request came; nullopt: they are asked now.
    Result<AuthorizationRequest, Refusal> read(const Context& context, const HttpRequest& http,
                                               const Form& form,
                                               std::optional<ValueMap> notes) const;

private:
    Result<std::shared_ptr<const Client>, OAuthError> readClient(const Context& context,
                                                                 const Form& form) const;
    ReplyTo readReplyTo(const Form& form, std::string redirectUri) const;
    Refusal refuse(const OAuthError& error, const Form& form,
                   const std::shared_ptr<const Client>& client) const;

    Parts parts_;
};

}  // namespace gatehouse
