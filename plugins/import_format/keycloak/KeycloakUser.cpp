// SPDX-License-Identifier: Apache-2.0
#include "KeycloakUser.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base32.h"
#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr const char* kind = "person";

std::vector<std::string> textsIn(const ValueMap& object, std::string_view name) {
    return textsOf(object.find(name));
}

bool isFalse(const ValueMap& object, std::string_view name) {
    const Value* value = object.find(name);
    return value != nullptr && value->boolean() != nullptr && !*value->boolean();
}

/// Those that everybody has by being in the realm.
bool isDefaultRole(const std::string& role) {
    return role.rfind("default-roles-", 0) == 0 || role == "offline_access" ||
           role == "uma_authorization";
}

ValueMap claimsOf(const ValueMap& user) {
    ValueMap claims;
    for (const auto& [name, value] : objectOf(user, "attributes")) {
        claims.set(name, value);
    }
    const auto first = user.text("firstName");
    const auto last = user.text("lastName");
    const auto blank = first.empty() || last.empty() ? "" : " ";
    claims.set("name", std::string(first).append(blank).append(last));
    claims.set("given_name", first);
    claims.set("family_name", last);
    claims.set("preferred_username", user.text("username"));
    if (!user.text("email").empty()) {
        claims.set("email", user.text("email"));
        claims.set("email_verified", isTrue(user, "emailVerified"));
    }
    auto roles = textsIn(user, "realmRoles");
    roles.erase(std::remove_if(roles.begin(), roles.end(), isDefaultRole), roles.end());
    claims.set("roles", listOfTexts(roles));
    claims.set("groups", listOfTexts(textsIn(user, "groups")));
    return claims;
}

/// What Keycloak itself says of the password: the user stores know how to read it.
std::string hashOf(const ValueMap& credential) {
    return toJson(ValueMap{{"secretData", credential.text("secretData")},
                           {"credentialData", credential.text("credentialData")}});
}

/// What stands as text in a member.
ValueMap objectInText(const ValueMap& credential, std::string_view name) {
    const auto read = parseJson(credential.text(name));
    return read && read->map() != nullptr ? *read->map() : ValueMap();
}

int smallNumber(const ValueMap& object, std::string_view name) {
    constexpr std::int64_t most = 9999;
    return static_cast<int>(std::clamp<std::int64_t>(numberOf(object, name), 0, most));
}

/// A secret that cannot be read is none. The bytes of the text are the key, unless it says more.
ForeignTotpKey totpKeyOf(const ValueMap& data, const ValueMap& secretData) {
    constexpr std::string_view hmac = "Hmac";
    const auto algorithm = data.text("algorithm");
    const auto encoding = data.text("secretEncoding");
    const auto text = secretData.text("value");
    ForeignTotpKey key;
    key.secret = encoding.empty() ? Secret(text) : Secret();
    if (encoding == "BASE32") {
        key.secret = fromBase32(text).value_or(Secret());
    }
    key.algorithm =
        algorithm.rfind(hmac, 0) == 0 ? algorithm.substr(hmac.size()) : std::string_view();
    key.digits = smallNumber(data, "digits");
    key.period = seconds{smallNumber(data, "period")};
    return key;
}

void readCredential(const ValueMap& credential, ForeignPerson& person) {
    const std::string type(credential.text("type"));
    auto& hash = person.newcomer.passwordHash;
    const auto data = objectInText(credential, "credentialData");
    if (type == "otp" && data.text("subType") == "totp") {
        person.totpKeys.push_back(totpKeyOf(data, objectInText(credential, "secretData")));
    } else if (type == "otp") {
        person.secondFactors.emplace_back("hotp");
    } else if (type != "password") {
        person.secondFactors.push_back(type.empty() ? "unknown" : type);
    } else if (hash.empty()) {
        hash = hashOf(credential);
    }
}

void readCredentials(const ValueMap& user, ForeignPerson& person) {
    const Value* credentials = user.find("credentials");
    if (credentials != nullptr && credentials->list() != nullptr) {
        for (const Value& each : *credentials->list()) {
            readCredential(each.map() == nullptr ? ValueMap() : *each.map(), person);
        }
    }
    auto& factors = person.secondFactors;
    if (isTrue(user, "totp") && factors.empty() && person.totpKeys.empty()) {
        factors.emplace_back("otp");
    }
    std::sort(factors.begin(), factors.end());
    factors.erase(std::unique(factors.begin(), factors.end()), factors.end());
}

void remarkOn(const ValueMap& user, Arrivals& arrivals) {
    const auto name = user.text("username");
    const auto has = [&user](std::string_view member) {
        const Value* value = user.find(member);
        return value != nullptr && ((value->list() != nullptr && !value->list()->empty()) ||
                                    (value->map() != nullptr && !value->map()->empty()) ||
                                    (value->text() != nullptr && !value->text()->empty()));
    };
    if (has("clientRoles")) {
        arrivals.remark(kind, name, "does without the roles that single clients give");
    }
    if (has("federatedIdentities")) {
        arrivals.remark(kind, name, "cannot log in through another provider any more");
    }
    if (has("federationLink")) {
        arrivals.remark(kind, name,
                        "is one of a federation, which may have the password: "
                        "user_store.ldap asks a directory itself");
    }
    if (contains(textsIn(user, "requiredActions"), "CONFIGURE_TOTP")) {
        arrivals.remark(kind, name, "is not asked to set up a second factor any more");
    }
}

}  // namespace

Status takeKeycloakUser(const ValueMap& user, const std::string& place, Arrivals& arrivals) {
    const std::string login(user.text("username"));
    if (user.contains("serviceAccountClientId")) {
        arrivals.leave("service account", {}, "is no person: its client comes along");
        return done();
    }
    if (login.empty()) {
        arrivals.leave(kind, place, "has no username");
        return done();
    }
    ForeignPerson person;
    auto& known = person.newcomer.user;
    known.login = login;
    known.id = user.text("id").empty() ? "" : idOfSubject(user.text("id"));
    known.isDisabled = isFalse(user, "enabled");
    known.needsNewPassword = contains(textsIn(user, "requiredActions"), "UPDATE_PASSWORD");
    known.claims = claimsOf(user);
    readCredentials(user, person);
    remarkOn(user, arrivals);
    return arrivals.add(std::move(person));
}

}  // namespace gatehouse
