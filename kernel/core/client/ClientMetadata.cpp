// SPDX-License-Identifier: Apache-2.0
#include "client/ClientMetadata.h"

#include "client/OwnClientRules.h"
#include "client/RedirectUri.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

/// What a client that names no scope may ask for: everything about a person, and staying signed in.
const char* defaultScope(const Client& client) {
    if (!client.allowsGrant("authorization_code") && !client.allowsGrant("implicit")) {
        return "";
    }
    return client.allowsGrant("refresh_token") ? "openid profile email address phone offline_access"
                                               : "openid profile email address phone";
}

/// Members that have a field of their own in Client.
bool isField(std::string_view member) {
    static const std::array<std::string_view, 6> fields{
        "client_id",   "client_name",   "token_endpoint_auth_method",
        "grant_types", "redirect_uris", "scope"};
    return std::find(fields.begin(), fields.end(), member) != fields.end();
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

ValueMap sourcedValue(const Sourced& sourced) {
    return {{"by", sourced.by},
            {"fresh_until", sourced.freshUntil.time_since_epoch().count()},
            {"good_until", sourced.goodUntil.time_since_epoch().count()}};
}

Sourced sourcedFrom(const ValueMap& map) {
    return {std::string(map.text("by")), timeOf(map, "fresh_until", TimePoint{}),
            timeOf(map, "good_until", TimePoint{})};
}

/// Whatever there is, admitted or not: what is of the wrong kind is taken as absent.
Client readClient(const ValueMap& metadata) {
    Client client;
    client.id = metadata.text("client_id");
    client.name = metadata.text(metadata.text("client_name").empty() ? "client_id" : "client_name");
    const auto method = metadata.text("token_endpoint_auth_method");
    client.authMethod = method.empty() ? "client_secret_basic" : method;
    client.grantTypes = textsOf(metadata.find("grant_types"));
    if (client.grantTypes.empty()) {
        client.grantTypes = {"authorization_code"};
    }
    client.scopes =
        ScopeSet::parse(metadata.contains("scope") ? metadata.text("scope") : defaultScope(client));
    client.redirectUris = textsOf(metadata.find("redirect_uris"));
    for (const auto& member : metadata) {
        if (!isField(member.name) && !member.value.isNull()) {
            client.metadata.set(member.name, member.value);
        }
    }
    return client;
}

struct Problems {
    void note(const Status& status) {
        if (!status) {
            all.push_back(status.error().detail);
        }
    }

    std::vector<std::string> all;
};

void noteLocalized(const ValueMap& metadata, const Client& client, Problems& problems) {
    for (const auto& member : metadata) {
        if (const auto base = localizedMember(member.name); !base.empty()) {
            problems.note(ownClientRule(base)->admit(member.name, metadata, client));
        }
    }
}

std::vector<std::string> problemsOf(const ValueMap& metadata, const Client& client, bool isNew) {
    Problems problems;
    for (const auto& rule : ownClientRules()) {
        for (const auto member : rule.members) {
            problems.note(rule.admit == nullptr ? done() : rule.admit(member, metadata, client));
            if (isNew && member == "redirect_uris") {
                problems.note(checkRedirectUris(client.redirectUris, metadata));
                problems.note(checkLogoutUris(metadata));
            }
        }
    }
    noteLocalized(metadata, client, problems);
    return problems.all;
}

}  // namespace

std::vector<std::string> clientProblems(const ValueMap& metadata) {
    return problemsOf(metadata, readClient(metadata), true);
}

Result<Client> clientFromMetadata(const ValueMap& metadata) {
    Client client = readClient(metadata);
    const auto problems = problemsOf(metadata, client, false);
    return problems.empty() ? Result<Client>(std::move(client)) : Error::badInput(problems.front());
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
    if (client.unusedUntil != never) {
        payload.set("unused_until", client.unusedUntil.time_since_epoch().count());
    }
    if (!client.kept.empty()) {
        payload.set("kept", client.kept);
    }
    if (!client.sourced.by.empty()) {
        payload.set("sourced", sourcedValue(client.sourced));
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
    Client client = readClient(*metadata->map());
    client.registration = value->map()->text("registration");
    client.isDisabled = value->map()->contains("disabled");
    client.unusedUntil = timeOf(*value->map(), "unused_until", never);
    client.kept = objectOf(*value->map(), "kept");
    client.sourced = sourcedFrom(objectOf(*value->map(), "sourced"));
    if (const Value* secrets = value->map()->find("secrets");
        secrets != nullptr && secrets->list() != nullptr) {
        for (const Value& secret : *secrets->list()) {
            if (secret.map() != nullptr) {
                client.secrets.push_back(secretFrom(*secret.map()));
            }
        }
    }
    return client;
}

}  // namespace gatehouse
