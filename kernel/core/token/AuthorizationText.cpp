// SPDX-License-Identifier: Apache-2.0
#include "token/AuthorizationText.h"

#include "json/Members.h"

namespace gatehouse {

namespace {

void put(ValueMap& map, std::string_view name, const std::string& text) {
    if (!text.empty()) {
        map.set(name, text);
    }
}

void put(ValueMap& map, std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
        map.set(name, listOfTexts(texts));
    }
}

void put(ValueMap& map, std::string_view name, const ValueMap& value) {
    if (!value.empty()) {
        map.set(name, value);
    }
}

}  // namespace

ValueMap authorizationValue(const Authorization& authorization) {
    ValueMap value{{"client", authorization.clientId},
                   {"sub", authorization.subject.sub},
                   {"scope", authorization.scopes.text()},
                   {"auth_time", toSeconds(authorization.authentication.time)}};
    put(value, "registration", authorization.registration);
    put(value, "store", authorization.subject.store);
    put(value, "id", authorization.subject.id);
    put(value, "aud", authorization.audience);
    put(value, "acr", authorization.authentication.acr);
    put(value, "amr", authorization.authentication.amr);
    put(value, "sid", authorization.authentication.sessionId);
    put(value, "nonce", authorization.nonce);
    put(value, "id_token", authorization.idTokenClaims);
    put(value, "userinfo", authorization.userinfoClaims);
    put(value, "cnf", authorization.confirmation);
    if (authorization.expires != never) {
        value.set("until", toSeconds(authorization.expires));
    }
    return value;
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
    authorization.confirmation = value.text("cnf");
    if (value.contains("until")) {
        authorization.expires = fromSeconds(numberOf(value, "until"));
    }
    return authorization;
}

}  // namespace gatehouse
