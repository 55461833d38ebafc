// SPDX-License-Identifier: Apache-2.0
#include "token/AuthorizationText.h"

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"

namespace gatehouse {

namespace {

void put(JsonWriter& object, std::string_view name, const std::string& text) {
    if (!text.empty()) {
        object.text(name, text);
    }
}

void put(JsonWriter& object, std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
        object.list(name, texts);
    }
}

void put(JsonWriter& object, std::string_view name, const ValueMap& map) {
    if (!map.empty()) {
        object.json(name, toJson(map));
    }
}

}  // namespace

std::string authorizationText(const Authorization& authorization) {
    JsonWriter object;
    object.text("client", authorization.clientId)
        .text("sub", authorization.subject.sub)
        .text("scope", authorization.scopes.text())
        .number("auth_time", toSeconds(authorization.authentication.time));
    put(object, "registration", authorization.registration);
    put(object, "store", authorization.subject.store);
    put(object, "id", authorization.subject.id);
    put(object, "aud", authorization.audience);
    put(object, "acr", authorization.authentication.acr);
    put(object, "amr", authorization.authentication.amr);
    put(object, "sid", authorization.authentication.sessionId);
    put(object, "nonce", authorization.nonce);
    put(object, "id_token", authorization.idTokenClaims);
    put(object, "userinfo", authorization.userinfoClaims);
    put(object, "cnf", authorization.confirmation);
    put(object, "notes", authorization.notes);
    put(object, "act", authorization.actor);
    if (authorization.expires != never) {
        object.number("until", toSeconds(authorization.expires));
    }
    return object.finish();
}

Authorization authorizationFrom(const ValueMap& value) {
    Authorization authorization;
    authorization.clientId = value.text("client");
    authorization.registration = value.text("registration");
    authorization.subject = {std::string(value.text("sub")), std::string(value.text("store")),
                             std::string(value.text("id"))};
    authorization.scopes = ScopeSet::parse(value.text("scope"));
    authorization.audience = textsOf(value.find("aud"));
    authorization.authentication.time = fromSeconds(numberOf(value, "auth_time"));
    authorization.authentication.acr = value.text("acr");
    authorization.authentication.amr = textsOf(value.find("amr"));
    authorization.authentication.sessionId = value.text("sid");
    authorization.nonce = value.text("nonce");
    authorization.idTokenClaims = objectOf(value, "id_token");
    authorization.userinfoClaims = objectOf(value, "userinfo");
    authorization.confirmation = objectOf(value, "cnf");
    authorization.notes = objectOf(value, "notes");
    authorization.actor = objectOf(value, "act");
    if (value.contains("until")) {
        authorization.expires = fromSeconds(numberOf(value, "until"));
    }
    return authorization;
}

}  // namespace gatehouse
