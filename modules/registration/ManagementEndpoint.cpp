// SPDX-License-Identifier: Apache-2.0
#include "ManagementEndpoint.h"

#include <gatehouse/Web.h>

#include "Metadata.h"
#include "Refusal.h"

namespace gatehouse {

HttpResponse ManagementEndpoint::get(const Context& context, const HttpRequest& request) const {
    auto caller = admit(context, request);
    if (!caller) {
        return refuse(context, request, Journal::read, caller.error());
    }
    journal_.done(context, request, Journal::read, caller->client.client.id);
    return host_.web().json(registrar_.describe(
        context, {{std::move(caller->client.client), Secret()}, std::move(caller->token)}));
}

HttpResponse ManagementEndpoint::put(const Context& context, const HttpRequest& request) const {
    auto body = change(context, request);
    return body ? host_.web().json(*std::move(body))
                : refuse(context, request, Journal::update, body.error());
}

HttpResponse ManagementEndpoint::remove(const Context& context, const HttpRequest& request) const {
    const auto caller = admit(context, request);
    if (!caller) {
        return refuse(context, request, Journal::remove, caller.error());
    }
    const auto& id = caller->client.client.id;
    if (const auto removed = clients_.remove(context, id); !removed) {
        return refuse(context, request, Journal::remove, OAuthError::from(removed.error()));
    }
    journal_.done(context, request, Journal::remove, id);
    HttpResponse response;
    response.status = 204;
    response.set("Cache-Control", "no-store");
    return response;
}

Result<ManagementEndpoint::Caller, OAuthError>
ManagementEndpoint::admit(const Context& context, const HttpRequest& request) const {
    const auto within = quota_.ofCaller(context, request.remoteAddress);
    return within ? callerOf(context, request) : within.error();
}

Result<ManagementEndpoint::Caller, OAuthError>
ManagementEndpoint::callerOf(const Context& context, const HttpRequest& request) const {
    auto token = host_.web().bearerToken(request);
    if (!token) {
        return OAuthError::of(OAuthCode::invalidToken, token.error().description,
                              token.error().detail);
    }
    auto client = registrar_.find(context, request.parameter("client_id"), *token);
    return client ? Result<Caller, OAuthError>(Caller{*std::move(client), *std::move(token)})
                  : client.error();
}

/// What somebody else has changed is read again, and is theirs no more when it was by a PUT, after
/// which the token is another one.
Result<std::string, OAuthError> ManagementEndpoint::change(const Context& context,
                                                           const HttpRequest& request) const {
    constexpr int mostTries = 5;
    if (const auto within = quota_.ofCaller(context, request.remoteAddress); !within) {
        return within.error();
    }
    for (int tries = 0; tries < mostTries; ++tries) {
        const auto caller = callerOf(context, request);
        if (!caller) {
            return caller.error();
        }
        const auto body = readBody(request);
        if (!body) {
            return body.error();
        }
        const auto& id = caller->client.client.id;
        if (body->text("client_id") != id) {
            return invalidMetadata("client_id is not that of this client");
        }
        const auto changed = registrar_.replace(context, caller->client, *body);
        if (!changed) {
            return changed.error();
        }
        if (*changed) {
            journal_.done(context, request, Journal::update, id);
            return registrar_.describe(context, **changed);
        }
    }
    return OAuthError::from(Error::unavailable("the client is changed by others all the time"));
}

HttpResponse ManagementEndpoint::refuse(const Context& context, const HttpRequest& request,
                                        std::string_view what, const OAuthError& error) const {
    journal_.refused(context, request, what, error);
    return error.code == OAuthCode::invalidToken ? host_.web().bearerError(error, context.issuer)
                                                 : host_.web().error(error, request);
}

}  // namespace gatehouse
