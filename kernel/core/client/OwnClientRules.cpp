// SPDX-License-Identifier: Apache-2.0
#include "client/OwnClientRules.h"

#include "client/ClientBrand.h"
#include "client/ClientKeys.h"
#include "client/ClientProfile.h"
#include "client/Lifetimes.h"
#include "client/RedirectUri.h"
#include "json/MemberChoice.h"
#include "text/Contains.h"
#include "text/Listed.h"
#include "text/SortedWords.h"
#include "text/Suggest.h"

#include <algorithm>
#include <set>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

Error wrong(std::string_view member, std::string_view why) {
    return Error::badInput(std::string(member) + ": " + std::string(why));
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

/// RFC 5646 section 4.4.1: 35 characters are the most that all who read tags have to bear.
bool isLanguageTag(std::string_view text) {
    return !text.empty() && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

/// `"value" is not one of a, b; did you mean "a"?`
Error notOneOf(std::string_view member, const std::string& value, const Texts& known) {
    return wrong(member,
                 "\"" + value + "\" is not one of " + listed(known) + suggestion(value, known));
}

struct Choice {
    std::string_view member;
    Texts values;
};

const std::vector<Choice>& choices() {
    static const std::vector<Choice> table{
        {"token_endpoint_auth_method",
         {"none", "client_secret_basic", "client_secret_post", "client_secret_jwt",
          "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"}},
        {"token_endpoint_auth_signing_alg",
         {"RS256", "PS256", "ES256", "EdDSA", "HS256", "HS384", "HS512"}},
        {"pkce", {"required", "optional"}},
        {"consent", {"explicit", "implicit"}},
        {"application_type", {"web", "native"}},
        {"profile", clientProfiles()},
        {"client_assertion_audience", {"issuer", "endpoint"}},
    };
    return table;
}

/// The grants that have a name: those a plugin of ours brings, now or later. Whether one is loaded
/// is the server's configuration to say, which may change under the client.
const Texts& namedGrants() {
    static const Texts names{"authorization_code",
                             "implicit",
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

/// RFC 6749 section 3.1.1: response-name = 1*response-char.
bool isResponseName(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

/// With a word that the server has no name for, and that is not a misspelt one.
bool isForeignResponseType(const std::vector<std::string_view>& words) {
    static const Texts own{"code", "id_token", "token"};
    const auto isForeign = [](std::string_view word) { return !contains(own, word); };
    return std::all_of(words.begin(), words.end(), isResponseName) &&
           std::any_of(words.begin(), words.end(), isForeign) &&
           std::none_of(words.begin(), words.end(), [&](std::string_view word) {
               return isForeign(word) && !closest(word, own).empty();
           });
}

Status admitText(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto text = textOf(metadata, member);
    return text ? done() : text.error();
}

Status admitTexts(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto texts = listOf(metadata, member);
    return texts ? done() : texts.error();
}

Status admitFlag(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    return isFlag(metadata, member) ? done() : wrong(member, notAFlag);
}

Status admitUrl(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto url = textOf(metadata, member);
    if (!url) {
        return url.error();
    }
    return url->empty() || isHttpUrl(*url) ? done()
                                           : wrong(member, "must begin with https:// or http://");
}

/// OpenID Connect Core section 4: who starts a login sends people there.
Status admitHttpsUrl(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto url = textOf(metadata, member);
    if (!url) {
        return url.error();
    }
    return url->empty() || (url->rfind("https://", 0) == 0 && redirectUriProblem(*url).empty())
               ? done()
               : wrong(member, "must be an https URL without a fragment");
}

Status admitSeconds(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const Value* value = metadata.find(member);
    const bool isNumber = value == nullptr || value->isNull() ||
                          (value->integer() != nullptr && *value->integer() >= 0);
    return isNumber ? done() : wrong(member, "must be a number of seconds");
}

Status admitChoice(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto value = textOf(metadata, member);
    if (!value) {
        return value.error();
    }
    const auto choice = std::find_if(choices().begin(), choices().end(),
                                     [&](const Choice& row) { return row.member == member; });
    return value->empty() || contains(choice->values, *value)
               ? done()
               : notOneOf(member, *value, choice->values);
}

Status admitId(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto id = textOf(metadata, member);
    if (!id) {
        return id.error();
    }
    return isClientId(*id) ? done()
                           : wrong(member, "must be 1 to 255 printable ASCII characters, without a "
                                           "space at its ends");
}

Status admitGrants(std::string_view member, const ValueMap& metadata, const Client& client) {
    const auto grants = listOf(metadata, member);
    if (!grants) {
        return grants.error();
    }
    for (const auto& type : *grants) {
        if (!contains(namedGrants(), type) && !isForeignGrant(type)) {
            return notOneOf(member, type, namedGrants());
        }
    }
    return client.isConfidential() || !client.allowsGrant("client_credentials")
               ? done()
               : wrong(member, "client_credentials needs a client that can prove who it is");
}

Status admitScope(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const auto scope = textOf(metadata, member);
    if (!scope) {
        return scope.error();
    }
    return isScopeText(*scope)
               ? done()
               : wrong(member, "must be words of printable ASCII without quotes and backslashes");
}

/// Which URIs are good, checkRedirectUris() says: those that are stored were admitted by other
/// rules.
Status admitRedirectUris(std::string_view member, const ValueMap& metadata, const Client& client) {
    const auto uris = listOf(metadata, member);
    if (!uris) {
        return uris.error();
    }
    for (const auto* grant : {"authorization_code", "implicit"}) {
        if (uris->empty() && client.allowsGrant(grant)) {
            return wrong(member, std::string("needed for the grant ") + grant);
        }
    }
    return done();
}

/// OpenID Connect Dynamic Client Registration section 2: which grants go with each.
struct NamedResponseType {
    std::string_view text;
    std::vector<std::string_view> grants;
};

const std::vector<NamedResponseType>& namedResponseTypes() {
    static const std::vector<NamedResponseType> types{
        {"code", {"authorization_code"}},
        {"id_token", {"implicit"}},
        {"id_token token", {"implicit"}},
        {"code id_token", {"authorization_code", "implicit"}},
        {"code token", {"authorization_code", "implicit"}},
        {"code id_token token", {"authorization_code", "implicit"}},
    };
    return types;
}

Error notAResponseType(std::string_view member, const std::string& type) {
    Texts known;
    for (const auto& named : namedResponseTypes()) {
        known.emplace_back(named.text);
    }
    return notOneOf(member, type, known);
}

/// In whatever order their words are. Whether the server has them is its configuration to say,
/// which may change under the client. Words that are not named here are other plugins'.
Status admitResponseType(std::string_view member, const std::string& type, const Client& client) {
    const auto words = sortedWords(type);
    const auto& all = namedResponseTypes();
    const auto named = std::find_if(
        all.begin(), all.end(), [&](const auto& one) { return sortedWords(one.text) == words; });
    if (named == all.end()) {
        return isForeignResponseType(words) ? done() : notAResponseType(member, type);
    }
    for (const auto grant : named->grants) {
        if (!client.allowsGrant(grant)) {
            return wrong(member, "\"" + type + "\" needs the grant " + std::string(grant));
        }
    }
    return done();
}

Status admitResponseTypes(std::string_view member, const ValueMap& metadata, const Client& client) {
    const auto types = listOf(metadata, member);
    if (!types) {
        return types.error();
    }
    std::set<std::vector<std::string_view>> seen;
    for (const auto& type : *types) {
        if (auto admitted = admitResponseType(member, type, client); !admitted) {
            return admitted;
        }
        if (!seen.insert(sortedWords(type)).second) {
            return wrong(member, "\"" + type + "\" is there twice");
        }
    }
    return done();
}

Status admitKeys(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    const Value* jwks = metadata.find(member);
    return jwks == nullptr || keysOfJwks(*jwks) != nullptr
               ? done()
               : wrong(member, "must be a JWK Set: a map with a list \"keys\"");
}

Status admitPkce(std::string_view member, const ValueMap& metadata, const Client& client) {
    const bool needsSecret = metadata.text(member) == "optional" && !client.isConfidential();
    return needsSecret ? wrong(member, "only a client that can keep a secret may do without PKCE")
                       : admitChoice(member, metadata, client);
}

}  // namespace

const std::vector<OwnClientRule>& ownClientRules() {
    static const std::vector<OwnClientRule> rules{
        {"RFC 7591", {"client_id"}, admitId},
        {"RFC 7591", {"client_name"}, admitText},
        {"RFC 7591", {"token_endpoint_auth_method"}, admitChoice},
        {"RFC 7591", {"grant_types"}, admitGrants},
        {"RFC 7591", {"scope"}, admitScope},
        {"RFC 7591", {"redirect_uris"}, admitRedirectUris},
        {"RFC 7591", {"response_types"}, admitResponseTypes},
        {"RFC 7591", {"client_uri", "logo_uri", "policy_uri", "tos_uri"}, admitUrl},
        {"RFC 7591", {"jwks"}, admitKeys},
        {"RFC 7591", {"client_id_issued_at", "client_secret_expires_at"}, nullptr},
        {"RFC 7591", {"software_id", "software_version"}, admitText},
        {"RFC 7591", {"contacts"}, admitTexts},
        {"OpenID Connect Registration",
         {"application_type", "token_endpoint_auth_signing_alg"},
         admitChoice},
        {"OpenID Connect Registration",
         {"id_token_signed_response_alg", "subject_type"},
         admitText},
        {"OpenID Connect Registration", {"default_max_age"}, admitSeconds},
        {"OpenID Connect Registration", {"require_auth_time"}, admitFlag},
        {"OpenID Connect Registration", {"initiate_login_uri"}, admitHttpsUrl},
        {"OpenID Connect RP-Initiated Logout", {"post_logout_redirect_uris"}, admitTexts},
        {"Gatehouse", {"pkce"}, admitPkce},
        {"Gatehouse", {"consent", "profile", "client_assertion_audience"}, admitChoice},
        {"Gatehouse", {"access_token_format", "access_token_signed_response_alg"}, admitText},
        {"Gatehouse", {"id_token_claims", "access_token_claims"}, admitTexts},
        {"Gatehouse", {"brand_name", "brand_color"}, admitBrand},
        {"Gatehouse", lifetimeNames(), admitLifetime},
        {"Gatehouse",
         {"any_app_scheme", "any_localhost_port", "refresh_token_rotation"},
         admitFlag},
    };
    return rules;
}

const OwnClientRule* ownClientRule(std::string_view member) {
    const auto& all = ownClientRules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const OwnClientRule& rule) {
        return contains(rule.members, member);
    });
    return found == all.end() ? nullptr : &*found;
}

std::string_view localizedMember(std::string_view member) {
    constexpr std::string_view shown[] = {"client_name", "client_uri", "logo_uri", "policy_uri",
                                          "tos_uri"};
    const auto mark = member.find('#');
    if (mark == std::string_view::npos || !isLanguageTag(member.substr(mark + 1))) {
        return {};
    }
    const auto base = member.substr(0, mark);
    return contains(shown, base) ? base : std::string_view();
}

Status checkClientTokenFormat(const Client& client, const std::vector<std::string>& instances) {
    constexpr std::string_view member = "access_token_format";
    const std::string wanted(client.metadata.text(member));
    const bool isGood = wanted.empty() || instances.empty() ||
                        std::find(instances.begin(), instances.end(), wanted) != instances.end();
    return isGood ? done() : notOneOf(member, wanted, instances);
}

Status checkClientSubjectType(const Client& client, const std::vector<std::string>& types) {
    constexpr std::string_view member = "subject_type";
    const std::string wanted(client.metadata.text(member));
    return !client.metadata.contains(member) || contains(types, wanted)
               ? done()
               : notOneOf(member, wanted, types);
}

}  // namespace gatehouse
