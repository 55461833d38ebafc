// SPDX-License-Identifier: Apache-2.0
#include "HydraClient.h"

#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace gatehouse {

namespace {

constexpr const char* kind = "client";

/// What both name alike (RFC 7591) and nothing has to be said about.
constexpr std::string_view alike[] = {"client_id",
                                      "client_name",
                                      "redirect_uris",
                                      "post_logout_redirect_uris",
                                      "scope",
                                      "contacts",
                                      "client_uri",
                                      "logo_uri",
                                      "policy_uri",
                                      "tos_uri",
                                      "jwks",
                                      "jwks_uri",
                                      "token_endpoint_auth_method",
                                      "token_endpoint_auth_signing_alg",
                                      "backchannel_logout_uri",
                                      "backchannel_logout_session_required",
                                      "frontchannel_logout_uri",
                                      "frontchannel_logout_session_required"};

struct Lifespan {
    std::string_view theirs;
    std::string_view ours;
};
constexpr Lifespan lifespans[] = {
    {"authorization_code_grant_access_token_lifespan", "access_token_ttl_secs"},
    {"authorization_code_grant_id_token_lifespan", "id_token_ttl_secs"},
    {"authorization_code_grant_refresh_token_lifespan", "refresh_token_ttl_secs"}};

/// One of nothing, as Hydra fills in what was not said.
bool isNothing(const Value& value) {
    return value.isNull() || (value.text() != nullptr && value.text()->empty()) ||
           (value.list() != nullptr && value.list()->empty()) ||
           (value.map() != nullptr && value.map()->empty()) ||
           (value.boolean() != nullptr && !*value.boolean());
}

std::int64_t secondsOf(char unit) {
    constexpr std::int64_t minute = 60;
    return unit == 'h' ? minute * minute : unit == 'm' ? minute : unit == 's' ? 1 : 0;
}

/// "1h0m0s", as Go writes a duration of whole seconds.
std::optional<std::int64_t> durationOf(std::string_view text) {
    constexpr std::int64_t most = 1'000'000'000;
    std::int64_t total = 0;
    bool isDuration = !text.empty();
    while (isDuration && !text.empty()) {
        std::int64_t count = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        isDuration = read.ec == std::errc() && count >= 0 && count < most && !text.empty() &&
                     secondsOf(text.front()) > 0;
        total += isDuration ? count * secondsOf(text.front()) : 0;
        text.remove_prefix(isDuration ? 1 : 0);
    }
    return isDuration && total > 0 ? std::optional(total) : std::nullopt;
}

/// Hydra does not tell a secret but when it is made; what it keeps is a hash of it.
bool isHash(std::string_view secret) {
    return secret.substr(0, 1) == "$";
}

std::vector<std::string> grantsOf(const ValueMap& client, Arrivals& arrivals) {
    auto grants = textsOf(client.find("grant_types"));
    const auto end = std::remove(grants.begin(), grants.end(), "implicit");
    if (end != grants.end()) {
        arrivals.remark(kind, client.text("client_id"), "does without the implicit flow");
        grants.erase(end, grants.end());
    }
    return grants;
}

void setLifetimes(const ValueMap& client, ValueMap& metadata) {
    for (const auto& [theirs, ours] : lifespans) {
        if (const auto length = durationOf(client.text(theirs))) {
            metadata.set(ours, *length);
        }
    }
    if (const auto length =
            durationOf(client.text("client_credentials_grant_access_token_lifespan"));
        length && !metadata.contains("access_token_ttl_secs")) {
        metadata.set("access_token_ttl_secs", *length);
    }
}

ValueMap metadataOf(const ValueMap& client, const std::vector<std::string>& grants) {
    ValueMap metadata;
    for (const auto& name : alike) {
        const Value* value = client.find(name);
        if (value != nullptr && !isNothing(*value)) {
            metadata.set(name, *value);
        }
    }
    metadata.set("grant_types", listOfTexts(grants));
    metadata.set("consent", isTrue(client, "skip_consent") ? "implicit" : "explicit");
    const bool isPublic = client.text("token_endpoint_auth_method") == "none";
    metadata.set("pkce", isPublic ? "required" : "optional");
    setLifetimes(client, metadata);
    return metadata;
}

}  // namespace

Status takeHydraClient(const ValueMap& client, const std::string& place, Arrivals& arrivals) {
    const std::string id(client.text("client_id"));
    if (id.empty()) {
        arrivals.leave(kind, place, "has no client_id");
        return done();
    }
    if (client.text("subject_type") == "pairwise") {
        arrivals.leave(kind, id,
                       "knows people by a sub of its own (pairwise), which cannot come along");
        return done();
    }
    const auto grants = grantsOf(client, arrivals);
    if (grants.empty()) {
        arrivals.leave(kind, id, "has no grant that there is here");
        return done();
    }
    if (!textsOf(client.find("audience")).empty()) {
        arrivals.remark(kind, id,
                        "does without its audiences: `gatehouse resource add` registers an API");
    }
    ForeignClient made;
    made.metadata = metadataOf(client, grants);
    const auto secret = client.text("client_secret");
    if (!isHash(secret) && client.text("token_endpoint_auth_method") != "none") {
        made.secret = Secret(secret);
    }
    return arrivals.add(std::move(made));
}

}  // namespace gatehouse
