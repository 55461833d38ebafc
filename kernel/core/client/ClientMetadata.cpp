// SPDX-License-Identifier: Apache-2.0
#include "client/ClientMetadata.h"

#include "client/ClientKeys.h"
#include "client/RedirectUri.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Suggest.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

Error wrong(std::string_view member, std::string_view why) {
    return Error::badInput(std::string(member) + ": " + std::string(why));
}

bool isIn(const Texts& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

Result<std::string> textOf(const ValueMap& metadata, std::string_view member) {
    const Value* value = metadata.find(member);
    if (value == nullptr || value->isNull()) {
        return std::string();
    }
    if (value->text() == nullptr) {
        return wrong(member, "must be a text");
    }
    return *value->text();
}

Result<Texts> listOf(const ValueMap& metadata, std::string_view member) {
    const Value* value = metadata.find(member);
    Texts texts;
    if (value == nullptr || value->isNull()) {
        return texts;
    }
    if (value->list() == nullptr) {
        return wrong(member, "must be a list of texts");
    }
    for (const Value& entry : *value->list()) {
        if (entry.text() == nullptr) {
            return wrong(member, "must be a list of texts");
        }
        texts.push_back(*entry.text());
    }
    return texts;
}

/// RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
bool isScopeText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || (c >= 0x21 && c <= 0x7e && c != '"' && c != '\\');
    });
}

/// RFC 6749 appendix A.1: client-id = *VSCHAR.
bool isClientId(std::string_view text) {
    return !text.empty() && text.size() <= 255 && text.front() != ' ' && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

bool isHttpUrl(std::string_view text) {
    return text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0;
}

/// `"value" is not one of a, b; did you mean "a"?`
Error notOneOf(std::string_view member, const std::string& value, const Texts& known) {
    std::string why = "\"" + value + "\" is not one of ";
    for (const auto& name : known) {
        why.append(&name == &known.front() ? "" : ", ").append(name);
    }
    return wrong(member, why + suggestion(value, known));
}

struct Choice {
    std::string_view member;
    Texts values;
};

const std::vector<Choice>& choices() {
    static const std::vector<Choice> table{
        {"token_endpoint_auth_method",
         {"none", "client_secret_basic", "client_secret_post", "client_secret_jwt",
          "private_key_jwt"}},
        {"token_endpoint_auth_signing_alg",
         {"RS256", "PS256", "ES256", "EdDSA", "HS256", "HS384", "HS512"}},
        {"id_token_signed_response_alg", {"RS256", "PS256", "ES256", "EdDSA"}},
        {"access_token_signed_response_alg", {"RS256", "PS256", "ES256", "EdDSA", "HS256"}},
        {"pkce", {"required", "optional"}},
        {"consent", {"explicit", "implicit"}},
        {"application_type", {"web", "native"}},
        {"subject_type", {"public"}},
    };
    return table;
}

Status checkChoices(const ValueMap& metadata) {
    for (const auto& choice : choices()) {
        auto value = textOf(metadata, choice.member);
        if (!value) {
            return value.error();
        }
        if (value->empty() || isIn(choice.values, *value)) {
            continue;
        }
        return notOneOf(choice.member, *value, choice.values);
    }
    return done();
}

Status checkFlags(const ValueMap& metadata) {
    for (std::string_view member : {"any_app_scheme", "any_localhost_port"}) {
        const Value* value = metadata.find(member);
        if (value != nullptr && !value->isNull() && value->boolean() == nullptr) {
            return wrong(member, "must be true or false");
        }
    }
    return done();
}

Status checkTokenFormat(const ValueMap& metadata) {
    const auto name = textOf(metadata, "access_token_format");
    return name ? done() : name.error();
}

Status checkTokenClaims(const ValueMap& metadata) {
    const auto id = listOf(metadata, "id_token_claims");
    const auto access = listOf(metadata, "access_token_claims");
    return id && access ? done() : (id ? access : id).error();
}

Status checkUrls(const ValueMap& metadata) {
    for (std::string_view member : {"logo_uri", "policy_uri", "tos_uri", "client_uri"}) {
        auto url = textOf(metadata, member);
        if (!url) {
            return url.error();
        }
        if (!url->empty() && !isHttpUrl(*url)) {
            return wrong(member, "must begin with https:// or http://");
        }
    }
    return done();
}

Status checkResponseTypes(const ValueMap& metadata) {
    auto types = listOf(metadata, "response_types");
    if (!types) {
        return types.error();
    }
    for (const auto& type : *types) {
        if (type != "code") {
            return wrong("response_types", "\"" + type + "\" is not supported; only code is");
        }
    }
    return done();
}

Status readRedirectUris(const ValueMap& metadata, Client& client) {
    auto uris = listOf(metadata, "redirect_uris");
    if (!uris) {
        return uris.error();
    }
    client.redirectUris = *uris;
    if (client.allowsGrant("authorization_code") && client.redirectUris.empty()) {
        return wrong("redirect_uris", "needed for the grant authorization_code");
    }
    return done();
}

/// The grants that have a name: those a plugin of ours brings, now or later. Whether one is loaded
/// is the server's configuration to say, which may change under the client.
const Texts& namedGrants() {
    static const Texts names{"authorization_code",
                             "refresh_token",
                             "client_credentials",
                             "urn:ietf:params:oauth:grant-type:device_code",
                             "urn:ietf:params:oauth:grant-type:jwt-bearer",
                             "urn:ietf:params:oauth:grant-type:token-exchange"};
    return names;
}

/// RFC 6749 section 4.5: any other is an absolute URI of whoever defined it.
bool isForeignGrant(std::string_view type) {
    constexpr std::string_view registered = "urn:ietf:params:oauth:grant-type:";
    const auto colon = type.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < type.size() &&
           type.compare(0, registered.size(), registered) != 0;
}

Status readGrants(const ValueMap& metadata, Client& client) {
    auto grants = listOf(metadata, "grant_types");
    if (!grants) {
        return grants.error();
    }
    for (const auto& type : *grants) {
        if (!isIn(namedGrants(), type) && !isForeignGrant(type)) {
            return notOneOf("grant_types", type, namedGrants());
        }
    }
    client.grantTypes = grants->empty() ? Texts{"authorization_code"} : *grants;
    if (!client.isConfidential() && client.allowsGrant("client_credentials")) {
        return wrong("grant_types", "client_credentials needs a client that can prove who it is");
    }
    return done();
}

/// What a client that names no scope may ask for: everything about a person, and staying signed in.
const char* defaultScope(const Client& client) {
    if (!client.allowsGrant("authorization_code")) {
        return "";
    }
    return client.allowsGrant("refresh_token") ? "openid profile email address phone offline_access"
                                               : "openid profile email address phone";
}

Status readScopes(const ValueMap& metadata, Client& client) {
    auto scope = textOf(metadata, "scope");
    if (!scope) {
        return scope.error();
    }
    if (!isScopeText(*scope)) {
        return wrong("scope", "must be words of printable ASCII without quotes and backslashes");
    }
    client.scopes = ScopeSet::parse(metadata.contains("scope") ? *scope : defaultScope(client));
    return done();
}

Status checkKeys(const ValueMap& metadata, const Client& client) {
    const Value* jwks = metadata.find("jwks");
    if (jwks != nullptr && keysOfJwks(*jwks) == nullptr) {
        return wrong("jwks", "must be a JWK Set: a map with a list \"keys\"");
    }
    if (client.authMethod == "private_key_jwt" && jwks == nullptr) {
        return wrong("jwks", "needed for private_key_jwt");
    }
    return done();
}

/// Members that have a field of their own in Client.
bool isField(std::string_view member) {
    static const std::array<std::string_view, 6> fields{
        "client_id",   "client_name",   "token_endpoint_auth_method",
        "grant_types", "redirect_uris", "scope"};
    return std::find(fields.begin(), fields.end(), member) != fields.end();
}

Status readNames(const ValueMap& metadata, Client& client) {
    auto id = textOf(metadata, "client_id");
    auto name = textOf(metadata, "client_name");
    auto method = textOf(metadata, "token_endpoint_auth_method");
    for (const auto* text : {&id, &name, &method}) {
        if (!*text) {
            return text->error();
        }
    }
    if (!isClientId(*id)) {
        return wrong("client_id",
                     "must be 1 to 255 printable ASCII characters, without a space at its ends");
    }
    client.id = *id;
    client.name = name->empty() ? *id : *name;
    client.authMethod = method->empty() ? "client_secret_basic" : *method;
    if (!client.isConfidential() && metadata.text("pkce") == "optional") {
        return wrong("pkce", "only a client that can keep a secret may do without PKCE");
    }
    return done();
}

Value secretValue(const ClientSecret& secret) {
    ValueMap map{{"id", secret.id},
                 {"hash", secret.hash},
                 {"created", secret.created.time_since_epoch().count()}};
    if (!secret.sealed.empty()) {
        map.set("sealed", base64url(secret.sealed));
    }
    if (secret.expires != never) {
        map.set("expires", secret.expires.time_since_epoch().count());
    }
    return map;
}

TimePoint timeOf(const ValueMap& map, std::string_view name, TimePoint otherwise) {
    return TimePoint{milliseconds{numberOf(map, name, otherwise.time_since_epoch().count())}};
}

ClientSecret secretFrom(const ValueMap& map) {
    return {std::string(map.text("id")), std::string(map.text("hash")),
            fromBase64url(map.text("sealed")).value_or(""), timeOf(map, "created", TimePoint{}),
            timeOf(map, "expires", never)};
}

std::vector<std::string> readAll(const ValueMap& metadata, Client& client, bool isNew) {
    std::vector<std::string> problems;
    const auto note = [&problems](const Status& status) {
        if (!status) {
            problems.push_back(status.error().detail);
        }
    };
    for (auto* step : {&readNames, &readGrants, &readScopes, &readRedirectUris}) {
        note((*step)(metadata, client));
    }
    note(isNew ? checkRedirectUris(client.redirectUris, metadata) : done());
    for (auto* check : {&checkChoices, &checkFlags, &checkTokenFormat, &checkTokenClaims,
                        &checkUrls, &checkResponseTypes}) {
        note((*check)(metadata));
    }
    note(checkKeys(metadata, client));
    return problems;
}

}  // namespace

std::vector<std::string> clientProblems(const ValueMap& metadata) {
    Client ignored;
    return readAll(metadata, ignored, true);
}

Result<Client> clientFromMetadata(const ValueMap& metadata) {
    Client client;
    if (const auto problems = readAll(metadata, client, false); !problems.empty()) {
        return Error::badInput(problems.front());
    }
    for (const auto& member : metadata) {
        if (!isField(member.name) && !member.value.isNull()) {
            client.metadata.set(member.name, member.value);
        }
    }
    return client;
}

Status checkClientTokenFormat(const Client& client, const std::vector<std::string>& instances) {
    constexpr std::string_view member = "access_token_format";
    const std::string wanted(client.metadata.text(member));
    const bool isGood = wanted.empty() || instances.empty() || isIn(instances, wanted);
    return isGood ? done() : notOneOf(member, wanted, instances);
}

ValueMap clientMetadata(const Client& client) {
    ValueMap metadata{{"client_id", client.id},
                      {"client_name", client.name},
                      {"token_endpoint_auth_method", client.authMethod},
                      {"grant_types", listOfTexts(client.grantTypes)},
                      {"redirect_uris", listOfTexts(client.redirectUris)},
                      {"scope", client.scopes.text()}};
    for (const auto& member : client.metadata) {
        metadata.set(member.name, member.value);
    }
    return metadata;
}

std::string clientPayload(const Client& client) {
    ValueMap payload{{"metadata", clientMetadata(client)}};
    if (!client.registration.empty()) {
        payload.set("registration", client.registration);
    }
    if (client.isDisabled) {
        payload.set("disabled", true);
    }
    ValueList secrets;
    for (const auto& secret : client.secrets) {
        secrets.push_back(secretValue(secret));
    }
    payload.set("secrets", std::move(secrets));
    return toJson(payload);
}

Result<Client> clientFromPayload(std::string_view payload) {
    const auto value = parseJson(payload);
    const Value* metadata =
        value && value->map() != nullptr ? value->map()->find("metadata") : nullptr;
    if (metadata == nullptr || metadata->map() == nullptr) {
        return Error::internal("a stored client is damaged");
    }
    auto client = clientFromMetadata(*metadata->map());
    if (!client) {
        return Error::internal("a stored client is damaged: " + client.error().detail);
    }
    client->registration = value->map()->text("registration");
    client->isDisabled = value->map()->contains("disabled");
    if (const Value* secrets = value->map()->find("secrets");
        secrets != nullptr && secrets->list() != nullptr) {
        for (const Value& secret : *secrets->list()) {
            if (secret.map() != nullptr) {
                client->secrets.push_back(secretFrom(*secret.map()));
            }
        }
    }
    return client;
}

}  // namespace gatehouse
