// SPDX-License-Identifier: Apache-2.0
#include "OAuthSettings.h"

#include "client/Lifetimes.h"

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
    {accessTokenTtl.name, Kind::number, byDefault("600"), "life of an access token, seconds",
     accessTokenTtl.limits},
    {refreshTokenTtl.name, Kind::number, byDefault("2592000"),
     "longest life of an authorization and its refresh tokens, seconds", refreshTokenTtl.limits},
    {idTokenTtl.name, Kind::number, byDefault("3600"), "life of an ID token, seconds",
     idTokenTtl.limits},
    {codeTtl.name, Kind::number, byDefault("60"), "life of an authorization code, seconds",
     codeTtl.limits},
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
    {"brand_name", Kind::text, optional, "whose pages they are, at the foot of each"},
    {"brand_logo", Kind::path, optional,
     "an image on top of each page, PNG, JPEG, WebP or SVG, at most 64 KiB"},
    {"brand_color", Kind::text, optional,
     "color of buttons and links, \"#rrggbb\"; that for dark pages is made of it"},
    {"locale_dir", Kind::path, byDefault(GATEHOUSE_DATA_DIR "/locale"),
     "texts of the pages, one file a language"},
    {"default_language", Kind::text, byDefault("en"),
     "language for people who ask for none that is there"},
    {"claims", Kind::map, optional,
     "claims of your own, and where clients are told them: NAME: {type: list, scope: SCOPE, in: "
     "[userinfo, id_token, access_token]}"},
};

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
    for (const auto& member : {accessTokenTtl, refreshTokenTtl, idTokenTtl, codeTtl}) {
        settings.lifetimes.set(member.name, config.number(member.name));
    }
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
    settings.branding = {config.text("brand_name"), config.text("brand_logo"),
                         config.text("brand_color")};
    return settings;
}

}  // namespace gatehouse
