// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ClientOptions.h"

#include "app/cli/FileText.h"
#include "client/Lifetimes.h"
#include "json/Json.h"
#include "json/Members.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

struct OptionMember {
    const char* option;
    const char* member;
};

constexpr OptionMember listMembers[] = {
    {"redirect-uri", "redirect_uris"},
    {"post-logout-redirect-uri", "post_logout_redirect_uris"},
    {"grant", "grant_types"},
    {"response-type", "response_types"},
    {"id-token-claim", "id_token_claims"},
    {"access-token-claim", "access_token_claims"},
};

constexpr OptionMember textMembers[] = {
    {"id", "client_id"},
    {"name", "client_name"},
    {"auth-method", "token_endpoint_auth_method"},
    {"profile", "profile"},
    {"pkce", "pkce"},
    {"assertion-audience", "client_assertion_audience"},
    {"consent", "consent"},
    {"access-token-format", "access_token_format"},
    {"access-token-alg", "access_token_signed_response_alg"},
    {"id-token-alg", "id_token_signed_response_alg"},
    {"subject-type", "subject_type"},
    {"logo-uri", "logo_uri"},
    {"brand-name", "brand_name"},
    {"brand-color", "brand_color"},
    {"policy-uri", "policy_uri"},
    {"tos-uri", "tos_uri"},
};

constexpr OptionMember numberMembers[] = {
    {"access-token-ttl", accessTokenTtl.name},
    {"refresh-token-ttl", refreshTokenTtl.name},
    {"id-token-ttl", idTokenTtl.name},
    {"code-ttl", codeTtl.name},
    {"refresh-token-grace", refreshTokenGrace.name},
    {"refresh-token-idle", refreshTokenIdle.name},
};

constexpr OptionMember flagMembers[] = {
    {"any-localhost-port", "any_localhost_port"},
    {"any-app-scheme", "any_app_scheme"},
};

std::string spaced(const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& entry : texts) {
        text += (text.empty() ? "" : " ") + entry;
    }
    return text;
}

Value jsonOf(const std::string& file) {
    auto json = parseJson(readFileText(file));
    if (!json) {
        throw UsageError{file + " is not JSON"};
    }
    return *std::move(json);
}

Value secondsIn(const Arguments& arguments, const char* option) {
    const auto text = arguments.text(option);
    auto number = parseJson(text);
    if (!number || number->integer() == nullptr) {
        throw UsageError{std::string("--") + option + ": \"" + text +
                         "\" is not a number of seconds"};
    }
    return *std::move(number);
}

/// Those of plugins.
void addMembers(const Arguments& arguments, ValueMap& metadata) {
    for (const auto& member : arguments.list("member")) {
        const auto middle = member.find('=');
        if (middle == 0 || middle == std::string::npos) {
            throw UsageError{"--member is NAME=VALUE"};
        }
        const auto text = member.substr(middle + 1);
        metadata.set(member.substr(0, middle), parseJson(text).value_or(Value(text)));
    }
}

}  // namespace

const std::vector<CommandOption>& clientOptions() {  // NOLINT(readability-function-size): a table
    static const std::vector<CommandOption> options{
        {"name", "TEXT", "what people see when they sign in"},
        {"redirect-uri", "URI", "where answers go; give it once for each"},
        {"post-logout-redirect-uri", "URI",
         "where people may go on after a sign-out; once for each"},
        {"any-localhost-port", "",
         "the port of a redirect URI http://localhost is free, as that of 127.0.0.1 always is"},
        {"any-app-scheme", "",
         "redirect URIs of an app's short scheme, such as cursor, which other apps can claim too"},
        {"grant", "TYPE",
         "authorization_code, implicit, refresh_token, client_credentials or a URI; once for each",
         "authorization_code implicit refresh_token client_credentials"},
        {"response-type", "\"A B\"",
         "what it asks the authorization endpoint for: code (default), or \"code id_token\" and "
         "others where there are plugins for them; once for each",
         "code id_token"},
        {"scope", "\"A B\"", "what it may ask for"},
        {"auth-method", "METHOD",
         "client_secret_basic (default), client_secret_post, client_secret_jwt, private_key_jwt, "
         "none",
         "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"},
        {"jwks", "FILE", "its public keys or certificates, a JWK Set"},
        {"profile", "NAME", "what it is held to: mcp, oauth2.1, fapi2 or fapi2_message_signing",
         "mcp oauth2.1 fapi2 fapi2_message_signing"},
        {"pkce", "WHEN", "required (default), or optional for a client with a secret",
         "required optional"},
        {"assertion-audience", "WHO",
         "issuer: its assertions name the issuer alone; endpoint (default): or the endpoint",
         "issuer endpoint"},
        {"no-refresh-token-rotation", "", "its refresh tokens stay as they are"},
        {"access-token-ttl", "SECONDS", "life of its access tokens; otherwise the issuer's"},
        {"refresh-token-ttl", "SECONDS", "longest life of an authorization and its refresh tokens"},
        {"id-token-ttl", "SECONDS", "life of its ID tokens"},
        {"code-ttl", "SECONDS", "life of its authorization codes"},
        {"refresh-token-grace", "SECONDS",
         "how long the refresh token before is still answered; 0 turns it off"},
        {"refresh-token-idle", "SECONDS",
         "how long a refresh token may lie unused; 0: as long as it lives"},
        {"consent", "HOW", "explicit (default): people are asked; implicit: a site of your own",
         "explicit implicit"},
        {"access-token-format", "NAME",
         "a token_format plugin: jwt, opaque or another; otherwise the first", "jwt opaque"},
        {"access-token-alg", "ALG", "RS256, PS256, ES256, EdDSA or HS256",
         "RS256 PS256 ES256 EdDSA HS256"},
        {"id-token-alg", "ALG", "RS256 (default), PS256, ES256 or EdDSA",
         "RS256 PS256 ES256 EdDSA"},
        {"subject-type", "TYPE",
         "public (default): every client knows people by the same subject; or what a plugin "
         "brings"},
        {"id-token-claim", "NAME", "a claim its ID tokens carry too; once for each"},
        {"access-token-claim", "NAME", "a claim its access tokens carry too; once for each"},
        {"logo-uri", "URL", "shown when people sign in"},
        {"brand-name", "TEXT", "whose the pages of logins for it are, at their foot"},
        {"brand-color", "#RRGGBB", "the colour of these pages"},
        {"policy-uri", "URL", "its privacy policy"},
        {"tos-uri", "URL", "its terms of service"},
        {"member", "NAME=VALUE",
         "a member that a plugin understands; the value is JSON, or else a text; once for each"},
    };
    return options;
}

ValueMap clientMetadataFrom(const Arguments& arguments) {
    ValueMap metadata;
    const auto set = [&](const auto& rows, const auto& valueOf) {
        for (const auto& row : rows) {
            if (arguments.has(row.option)) {
                metadata.set(row.member, valueOf(row.option));
            }
        }
    };
    set(textMembers, [&](const char* option) { return arguments.text(option); });
    set(flagMembers, [](const char* /*option*/) { return true; });
    set(numberMembers, [&](const char* option) { return secondsIn(arguments, option); });
    set(listMembers, [&](const char* option) { return listOfTexts(arguments.list(option)); });
    if (arguments.has("no-refresh-token-rotation")) {
        metadata.set("refresh_token_rotation", false);
    }
    if (arguments.has("scope")) {
        metadata.set("scope", spaced(arguments.list("scope")));
    }
    if (arguments.has("jwks")) {
        metadata.set("jwks", jsonOf(arguments.text("jwks")));
    }
    addMembers(arguments, metadata);
    return metadata;
}

}  // namespace gatehouse
