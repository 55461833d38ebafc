// SPDX-License-Identifier: Apache-2.0
#include "OAuthSettings.h"

namespace gatehouse {

namespace {

constexpr Field fields[] = {
    {"issuer", Kind::url, optional,
     "the issuer's URL, exactly as clients know it; without it http://HOST:PORT"},
    {"mtls_url", Kind::url, optional,
     "scheme, host and port by which clients with a certificate come, such as "
     "https://id.example.org:8444; discovery then names its endpoints (RFC 8705 section 5)"},
    {"profile", Kind::text, optional,
     "what all clients are held to: its rules where they say nothing, and none that contradicts it",
     oneOf("mcp|oauth2.1|fapi2|fapi2_message_signing")},
    {"access_token_ttl_secs", Kind::number, byDefault("600"), "life of an access token, seconds",
     between(1, 86'400)},
    {"refresh_token_ttl_secs", Kind::number, byDefault("2592000"),
     "longest life of an authorization and its refresh tokens, seconds", between(1, 315'360'000)},
    {"id_token_ttl_secs", Kind::number, byDefault("3600"), "life of an ID token, seconds",
     between(1, 86'400)},
    {"authorization_code_ttl_secs", Kind::number, byDefault("60"),
     "life of an authorization code, seconds", between(1, 600)},
    {"default_audience", Kind::text, optional,
     "`aud` of access tokens for which no resource was named; without it the issuer"},
    {"unregistered_resources", Kind::text, byDefault("refuse"),
     "tokens for resources (RFC 8707) that no resource_registry plugin knows: refused, or given to "
     "whoever asks",
     oneOf("refuse|allow")},
    {"legacy_response_types", Kind::boolean, byDefault("false"),
     "allow plugins of the grant implicit, which give tokens in the browser's address bar"},
    {"session_lifetime", Kind::duration, byDefault("12h"), "longest life of a sign-on session"},
    {"session_idle", Kind::duration, byDefault("2h"), "how long a sign-on session may lie unused"},
    {"session_expiry_is_told", Kind::boolean, byDefault("false"),
     "whether a sign-on session that expires ends like one that somebody ends: its sites are told, "
     "tokens end with it. A durable job for each session"},
    {"session_ends_tokens", Kind::text, byDefault("online"),
     "which tokens end with the session in which they were given: those without offline_access, "
     "all, "
     "or none",
     oneOf("online|all|none")},
    {"interaction_lifetime", Kind::duration, byDefault("15m"),
     "how long a person may take to sign in", between(1000, 82'800'000)},
    {"pages_dir", Kind::path, byDefault(GATEHOUSE_DATA_DIR "/pages"),
     "templates of the pages people see"},
    {"pages_override_dir", Kind::path, optional,
     "templates of your own; each replaces the file of the same name"},
    {"locale_dir", Kind::path, byDefault(GATEHOUSE_DATA_DIR "/locale"),
     "texts of the pages, one file a language"},
    {"default_language", Kind::text, byDefault("en"),
     "language for people who ask for none that is there"},
    {"claims", Kind::map, optional,
     "claims of your own, and where clients are told them: NAME: {type: list, scope: SCOPE, in: "
     "[userinfo, id_token, access_token]}"},
};

seconds secondsOf(const Config& config, std::string_view name) {
    return seconds{config.number(name)};
}

seconds durationOf(const Config& config, std::string_view name) {
    return std::chrono::duration_cast<seconds>(config.duration(name));
}

TokensAtEnd tokensAtEnd(std::string_view text) {
    return text == "all"    ? TokensAtEnd::all
           : text == "none" ? TokensAtEnd::none
                            : TokensAtEnd::online;
}

}  // namespace

FieldTable oauthFields() {
    return fields;
}

OAuthSettings oauthSettings(const Config& config) {
    OAuthSettings settings;
    settings.accessTokenLifetime = secondsOf(config, "access_token_ttl_secs");
    settings.refreshTokenLifetime = secondsOf(config, "refresh_token_ttl_secs");
    settings.idTokenLifetime = secondsOf(config, "id_token_ttl_secs");
    settings.codeLifetime = secondsOf(config, "authorization_code_ttl_secs");
    settings.sessionLifetime = durationOf(config, "session_lifetime");
    settings.sessionIdle = durationOf(config, "session_idle");
    settings.isSessionExpiryTold = config.boolean("session_expiry_is_told");
    settings.tokensAtEnd = tokensAtEnd(config.text("session_ends_tokens"));
    settings.interactionLifetime = durationOf(config, "interaction_lifetime");
    settings.defaultAudience = config.text("default_audience");
    settings.takesAnyResource = config.text("unregistered_resources") == "allow";
    settings.pagesDir = config.text("pages_dir");
    settings.pagesOverrideDir = config.text("pages_override_dir");
    settings.localeDir = config.text("locale_dir");
    settings.defaultLanguage = config.text("default_language");
    return settings;
}

}  // namespace gatehouse
