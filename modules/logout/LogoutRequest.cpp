// SPDX-License-Identifier: Apache-2.0
#include "LogoutRequest.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/FormText.h"

#include <algorithm>

namespace gatehouse {

OAuthError invalid(std::string_view why) {
    return OAuthError::of(OAuthCode::invalidRequest, why);
}

namespace {

bool isRepeated(const Form& form) {
    return std::any_of(form.fields().begin(), form.fields().end(),
                       [&](const Form::Field& field) { return form.count(field.first) > 1; });
}

bool isEncrypted(std::string_view text) {
    constexpr int dots = 4;
    return std::count(text.begin(), text.end(), '.') == dots;
}

/// Access tokens and UserInfo are signed by the same keys, and are no ID tokens.
bool isIdToken(const Context& context, const VerifiedJwt& jwt) {
    return jwt.header.text("typ") == "JWT" && jwt.claims.text("iss") == context.issuer.url &&
           !jwt.claims.text("sub").empty() && jwt.claims.contains("exp");
}

/// What cannot stand in a header was registered by the rules of another day.
bool isUri(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<std::string, OAuthError> locationFor(const Client& client, const Form& form) {
    const std::string uri(form.text("post_logout_redirect_uri"));
    if (!contains(textsOf(client.metadata.find("post_logout_redirect_uris")), uri) || !isUri(uri)) {
        return invalid("The post_logout_redirect_uri is not registered for this client");
    }
    if (!form.has("state")) {
        return uri;
    }
    return withQuery(uri, writeForm({{"state", std::string(form.text("state"))}}));
}

}  // namespace

Result<LogoutRequest, OAuthError> LogoutRequestReader::read(const Context& context,
                                                            const Form& form) const {
    if (isRepeated(form)) {
        return invalid("A parameter was sent twice");
    }
    auto hint = hintIn(context, form);
    if (!hint) {
        return hint.error();
    }
    const auto client = clientOf(context, form, *hint);
    if (!client) {
        return client.error();
    }
    LogoutRequest logout{*client, *std::move(hint), {}};
    if (*client != nullptr && form.has("post_logout_redirect_uri")) {
        auto location = locationFor(**client, form);
        if (!location) {
            return location.error();
        }
        logout.location = *std::move(location);
    }
    return logout;
}

/// Expired or not. A client that got it encrypted may encrypt it to us.
Result<ValueMap, OAuthError> LogoutRequestReader::hintIn(const Context& context,
                                                         const Form& form) const {
    std::string text(form.text("id_token_hint"));
    if (text.empty()) {
        return ValueMap();
    }
    if (isEncrypted(text)) {
        auto opened = host_.jose().decrypt(context, text);
        if (!opened) {
            return OAuthError::from(opened.error());
        }
        text = *opened ? (*opened)->content : std::string();
    }
    auto token = host_.jose().verify(context, text);
    if (!token) {
        return OAuthError::from(token.error());
    }
    return *token && isIdToken(context, **token)
               ? Result<ValueMap, OAuthError>(std::move((*token)->claims))
               : invalid("The id_token_hint is not an ID token of this server");
}

/// nullptr: nobody says which, or it is gone since it got its ID token.
Result<std::shared_ptr<const Client>, OAuthError>
LogoutRequestReader::clientOf(const Context& context, const Form& form,
                              const ValueMap& hint) const {
    const auto audience = textsOf(hint.find("aud"));
    std::string id(form.text("client_id"));
    if (!hint.empty() && !id.empty() && !contains(audience, id)) {
        return invalid("The id_token_hint was not made for this client_id");
    }
    if (id.empty() && !audience.empty()) {
        id = audience.front();
    }
    if (id.empty()) {
        return std::shared_ptr<const Client>();
    }
    auto client = clients_.find(context, id);
    if (!client) {
        return OAuthError::from(client.error());
    }
    if (*client == nullptr && hint.empty()) {
        return invalid("The client_id is unknown");
    }
    return *std::move(client);
}

}  // namespace gatehouse
