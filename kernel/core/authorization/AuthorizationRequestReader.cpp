// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationRequestReader.h"

#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "authorization/SeenRequest.h"
#include "authorization/rule/OwnRule.h"
#include "client/ClientDirectory.h"
#include "client/RedirectPolicy.h"

namespace gatehouse {

namespace {

/// The redirect URI of the request, or why there is none. It may be left out when exactly one is
/// registered (RFC 6749 section 3.1.2.3) and OpenID Connect, which requires it, is not asked for.
Result<std::string, OAuthError> readRedirectUri(const Form& form, const Client& client) {
    if (form.count("redirect_uri") > 1) {
        return *invalidRequest("The redirect_uri is included more than once");
    }
    const std::string uri(form.text("redirect_uri"));
    if (!uri.empty()) {
        if (RedirectPolicy::differsInLocalhostPort(client, uri)) {
            return *invalidRequest(
                "The port of the redirect_uri is not the registered one; it is free for "
                "127.0.0.1 and [::1], for localhost only where the client is "
                "registered with any_localhost_port",
                "asked for " + uri);
        }
        if (!RedirectPolicy::allows(client, uri)) {
            return *invalidRequest("The redirect_uri is not registered for this client",
                                   "asked for " + uri);
        }
        return uri;
    }
    const bool isOpenId = ScopeSet::parse(form.text("scope")).contains("openid");
    if (client.redirectUris.size() != 1 || isOpenId) {
        return *invalidRequest("The redirect_uri is missing");
    }
    return client.redirectUris.front();
}

/// A request object is refused unread; but whoever put the response_mode there waits for the
/// refusal in that mode (OpenID Connect Core section 6.1: its members come first). Unverified: the
/// redirect URI is the registered one in either mode.
std::string responseMode(const Jose& jose, const Form& form) {
    if (form.has("request")) {
        const auto object = jose.peek(form.text("request"));
        if (object && object->claims.contains("response_mode")) {
            return std::string(object->claims.text("response_mode"));
        }
    }
    return std::string(form.text("response_mode"));
}

/// What asks how a browser takes the answer to its client.
bool isOfRedirect(const OwnRule* rule) {
    return rule == &responseTypeRule || rule == &responseModeRule || rule == &pkceRule;
}

}  // namespace

ReplyTo AuthorizationRequestReader::readReplyTo(const Form& form, std::string redirectUri) const {
    ReplyTo replyTo;
    replyTo.redirectUri = std::move(redirectUri);
    replyTo.state = form.count("state") > 1 ? std::string_view{} : form.text("state");
    const bool isHidden = parts_.types.isHiddenFromServers(form.text("response_type"));
    replyTo.byDefault = isHidden ? ResponseMode::fragment : ResponseMode::query;
    replyTo.mode = replyTo.byDefault;
    auto mode = responseMode(parts_.jose, form);
    if (parts_.modes.has(mode) && !(isHidden && ResponseModes::isQuery(mode))) {
        replyTo.mode = std::move(mode);
    }
    return replyTo;
}

Result<FoundRequest, Refusal> AuthorizationRequestReader::find(const Context& context,
                                                               const HttpRequest& http,
                                                               const Form& form,
                                                               bool isPushed) const {
    if (parts_.sources.areAskedAbout(form)) {
        return fromSource(context, http, form, isPushed);
    }
    if (parts_.sources.areRequired()) {
        if (auto refusal = withoutSource(context, form, isPushed)) {
            return *std::move(refusal);
        }
    }
    return FoundRequest{form};
}

Result<std::optional<FoundRequest>> AuthorizationRequestReader::find(const Context& context,
                                                                     FoundRequest known) const {
    if (known.kept.source.empty()) {
        return std::optional(std::move(known));
    }
    const auto client = parts_.clients.find(context, known.form.text("client_id"));
    if (!client) {
        return client.error();
    }
    if (*client == nullptr) {
        return std::optional<FoundRequest>();
    }
    auto found = parts_.sources.read(context, **client, known.kept);
    if (found && *found) {
        (*found)->once = std::move(known.once);
    }
    return found;
}

RuleInput AuthorizationRequestReader::inputOf(const Context& context, const Form& form) const {
    return {context,      form,         parts_.jose,     parts_.claims,
            parts_.modes, parts_.types, parts_.bindings, parts_.resources,
            parts_.steps};
}

Result<FoundRequest, Refusal> AuthorizationRequestReader::fromSource(const Context& context,
                                                                     const HttpRequest& http,
                                                                     const Form& form,
                                                                     bool isPushed) const {
    const auto client = readClient(context, form);
    if (!client) {
        return Refusal{client.error(), {}, {}};
    }
    AuthorizationRequest nothing;
    const auto input = inputOf(context, form);
    if (const auto objection = doubledRule.check(input, nothing)) {
        return refuse(*objection, form, *client);
    }
    const Form unread = parts_.sources.unread(form);
    const auto rest = inputOf(context, unread);
    if (const auto objection = requestObjectRule.check(rest, nothing)) {
        return refuse(*objection, form, *client);
    }
    auto found = parts_.sources.read(SeenRequest(context, http, form, **client, isPushed));
    return found ? Result<FoundRequest, Refusal>(*std::move(found))
                 : refuse(found.error(), form, *client);
}

/// Why a request that no source answers for is refused: its client must use one (RFC 9101 section
/// 10.5). nullopt: it is not for that.
std::optional<Refusal> AuthorizationRequestReader::withoutSource(const Context& context,
                                                                 const Form& form,
                                                                 bool isPushed) const {
    const auto client = readClient(context, form);
    if (!client) {
        return Refusal{client.error(), {}, {}};
    }
    const auto objection = parts_.sources.objection(**client, isPushed);
    return objection ? std::optional(refuse(*objection, form, *client)) : std::nullopt;
}

/// Nothing but the redirect URI is looked at: the rest of the request is not known.
Refusal AuthorizationRequestReader::refuse(const OAuthError& error, const Form& form,
                                           const std::shared_ptr<const Client>& client) const {
    auto redirectUri = readRedirectUri(form, *client);
    if (!redirectUri) {
        return {error, {}, client};
    }
    return {error, readReplyTo(form, *std::move(redirectUri)), client};
}

Result<AuthorizationRequest, Refusal>
AuthorizationRequestReader::read(const Context& context, const HttpRequest& http, const Form& form,
                                 std::optional<ValueMap> notes, bool isPushed) const {
    const auto client = readClient(context, form);
    if (!client) {
        return Refusal{client.error(), {}, {}};
    }
    auto redirectUri = readRedirectUri(form, **client);
    if (!redirectUri) {
        return Refusal{redirectUri.error(), {}, *client};
    }
    AuthorizationRequest request;
    request.client = *client;
    request.isRedirectUriSent = form.has("redirect_uri");
    request.replyTo = readReplyTo(form, *redirectUri);
    return check(context, http, form, std::move(request), std::move(notes), {false, isPushed});
}

Result<AuthorizationRequest, Refusal>
AuthorizationRequestReader::readPromised(const Context& context, const HttpRequest& http,
                                         const Form& form, std::optional<ValueMap> notes,
                                         std::string returnTo, bool isPushed) const {
    const auto client = readClient(context, form);
    if (!client) {
        return Refusal{client.error(), {}, {}};
    }
    AuthorizationRequest request;
    request.client = *client;
    request.replyTo.redirectUri = std::move(returnTo);
    return check(context, http, form, std::move(request), std::move(notes), {true, isPushed});
}

Result<AuthorizationRequest, Refusal>
AuthorizationRequestReader::check(const Context& context, const HttpRequest& http, const Form& form,
                                  AuthorizationRequest request, std::optional<ValueMap> notes,
                                  How how) const {
    const auto input = inputOf(context, form);
    for (const auto* rule : ownRules) {
        if (how.isPromised && isOfRedirect(rule)) {
            continue;
        }
        if (auto objection = rule->check(input, request)) {
            return Refusal{std::move(*objection), request.replyTo, request.client};
        }
    }
    auto noted =
        notes ? Result<ValueMap, OAuthError>(*std::move(notes))
              : parts_.rules.ask(SeenRequest(context, http, form, *request.client, how.isPushed));
    if (!noted) {
        return Refusal{noted.error(), request.replyTo, request.client};
    }
    request.notes = *std::move(noted);
    return request;
}

Result<std::shared_ptr<const Client>, OAuthError>
AuthorizationRequestReader::readClient(const Context& context, const Form& form) const {
    if (form.count("client_id") != 1 || !form.has("client_id")) {
        return *invalidRequest("The client_id is missing, or included more than once");
    }
    auto client = parts_.clients.find(context, form.text("client_id"));
    if (!client) {
        return OAuthError::from(client.error());
    }
    if (*client == nullptr) {
        return OAuthError::of(OAuthCode::invalidClient, "The client is not known here",
                              "client_id " + std::string(form.text("client_id")));
    }
    return *std::move(client);
}

}  // namespace gatehouse
