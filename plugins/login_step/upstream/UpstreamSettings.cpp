// SPDX-License-Identifier: Apache-2.0
#include "UpstreamSettings.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/DisplayName.h"
#include "text/Listed.h"
#include "text/SiteAddress.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view usedClaims[] = {"sub", "preferred_username", "name", "email",
                                           "email_verified"};
constexpr std::string_view ownParameters[] = {"response_type",
                                              "response_mode",
                                              "client_id",
                                              "redirect_uri",
                                              "scope",
                                              "state",
                                              "nonce",
                                              "max_age",
                                              "request",
                                              "request_uri",
                                              "code_challenge_method",
                                              "code_challenge"};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
}

bool isTextOrTexts(const Value& value) {
    return !textsOf(&value).empty() &&
           textsOf(&value).size() == (value.list() != nullptr ? value.list()->size() : 1);
}

bool isText(const Value& value) {
    return value.text() != nullptr && !value.text()->empty();
}

/// One kind of proof alone, said of a login elsewhere, would make two with that login itself.
bool isMfa(const Value& value) {
    return isText(value) && *value.text() == UpstreamSettings::mfa;
}

/// Gathers what is wrong.
class Reading {
public:
    explicit Reading(const Config& config) : config_(config) {}

    Result<UpstreamSettings> all() {
        names();
        settings_.issuer.empty() ? readOAuth() : readOpenId();
        readMaps();
        readRules();
        return problems_.empty() ? Result<UpstreamSettings>(std::move(settings_))
                                 : Error::badInput(std::move(problems_));
    }

private:
    void names() {
        settings_.shownName = config_.text("display_name");
        settings_.issuer = config_.text("issuer");
        settings_.clientId = config_.text("client_id");
        settings_.clientSecret = config_.secret("client_secret");
        settings_.authMethod = config_.text("token_endpoint_auth_method");
        settings_.scope = joined(config_.list("scopes"));
        settings_.algorithms = config_.list("algorithms");
        if (const auto problem = displayNameProblem(settings_.shownName); !problem.empty()) {
            refuse("display_name", problem);
        }
        if (settings_.authMethod != "none" && settings_.clientSecret.empty()) {
            refuse("client_secret", "is needed, unless token_endpoint_auth_method is none");
        }
    }

    void readOpenId() {
        if (!isSiteAddress(settings_.issuer) || settings_.issuer.find('?') != std::string::npos) {
            refuse("issuer", std::string(notASiteAddress) + "; an issuer has no query");
        }
        for (const auto* name :
             {"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "emails_endpoint"}) {
            if (config_.has(name)) {
                refuse(name, "is not set beside issuer, whose own document says it");
            }
        }
        if (settings_.scope.empty()) {
            settings_.scope = "openid profile email";
        }
        if (!contains(config_.list("scopes"), "openid") && config_.has("scopes")) {
            refuse("scopes", "has openid where there is an issuer");
        }
    }

    void readOAuth() {
        settings_.given.authorizationEndpoint = address("authorization_endpoint", true);
        settings_.given.tokenEndpoint = address("token_endpoint", true);
        settings_.given.userinfoEndpoint = address("userinfo_endpoint", true);
        settings_.emailsEndpoint = address("emails_endpoint", false);
    }

    std::string address(const char* name, bool isNeeded) {
        auto text = config_.text(name);
        if (text.empty() && isNeeded) {
            refuse(name, "is needed where there is no issuer");
        } else if (!text.empty() && !isSiteAddress(text)) {
            refuse(name, std::string(notASiteAddress));
        }
        return text;
    }

    void readMaps() {
        settings_.claims = map("claims", isText, "is what the provider calls it");
        settings_.parameters = map("parameters", isText, "is a text");
        settings_.required = map("required", isTextOrTexts, "is a text, or a list of some");
        settings_.believed =
            map("believed", isMfa, "is mfa: whoever says it has proved two factors there");
        for (const auto& [name, value] : settings_.claims) {
            if (!contains(usedClaims, name)) {
                refuse("claims." + name, "is none of " + listed(usedClaims));
            }
        }
        if (settings_.isOpenId() && settings_.claims.contains("sub")) {
            refuse("claims.sub", "is not set beside issuer: people there go by their sub");
        }
        for (const auto& [name, value] : settings_.parameters) {
            if (contains(ownParameters, name)) {
                refuse("parameters." + name, "is the server's to say");
            }
        }
    }

    template <class Rule> ValueMap map(const char* name, const Rule& rule, const char* meaning) {
        auto members = config_.map(name);
        for (const auto& [member, value] : members) {
            if (!rule(value)) {
                refuse(std::string(name) + "." + member, meaning);
            }
        }
        return members;
    }

    void readRules() {
        const auto link = config_.text("link");
        settings_.link = link == "verified_email" ? LinkRule::verifiedEmail
                         : link == "login"        ? LinkRule::sameLogin
                                                  : LinkRule::nobody;
        settings_.trustsEmail = config_.boolean("trusts_email");
        settings_.createsAccounts = config_.boolean("creates_accounts");
        settings_.logout = config_.boolean("logout");
        if (settings_.logout && !settings_.isOpenId()) {
            refuse("logout", "goes with issuer: plain OAuth 2 has no way to sign out");
        }
        if (settings_.link == LinkRule::verifiedEmail && !settings_.trustsEmail) {
            refuse("link", "verified_email needs trusts_email: true, which says that this provider "
                           "has people prove their addresses");
        }
    }

    void refuse(const std::string& at, const std::string& why) {
        problems_.append(problems_.empty() ? "" : "\n").append(config_.place(at)).append(": ");
        problems_.append(at).append(": ").append(why);
    }

    const Config& config_;
    UpstreamSettings settings_;
    std::string problems_;
};

constexpr Field fields[] = {
    {"display_name", Kind::text, required, "what people call the provider: the button says it"},
    {"issuer", Kind::url, optional, "an OpenID provider, compared character by character"},
    {"authorization_endpoint", Kind::url, optional, "of plain OAuth 2, without issuer"},
    {"token_endpoint", Kind::url, optional, "of plain OAuth 2"},
    {"userinfo_endpoint", Kind::url, optional,
     "of plain OAuth 2: tells with an access token who it is"},
    {"emails_endpoint", Kind::url, optional,
     "of plain OAuth 2: a list of {email, primary, verified}; the address that is both counts"},
    {"client_id", Kind::text, required, "what the provider calls this server", between(1, 512)},
    {"client_secret", Kind::secret, optional, "by which this server proves itself there",
     between(1, 1024)},
    {"token_endpoint_auth_method", Kind::text, byDefault("client_secret_basic"), "how it does",
     oneOf("client_secret_basic|client_secret_post|none")},
    {"scopes", Kind::list, optional, "what it asks for; of an issuer openid, profile and email"},
    {"algorithms", Kind::list, byDefault("RS256,PS256,ES256,EdDSA"),
     "by which its ID tokens may be signed",
     oneOf("RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA")},
    {"claims", Kind::map, optional,
     "what it calls sub, preferred_username, name, email and email_verified"},
    {"parameters", Kind::map, optional, "more parameters of the authorization request"},
    {"required", Kind::map, optional, "what claims must say for somebody to come in"},
    {"believed", Kind::map, optional,
     "mfa, by its values of amr or acr that stand for two factors"},
    {"link", Kind::text, byDefault("never"), "which account here a newcomer takes",
     oneOf("never|verified_email|login")},
    {"trusts_email", Kind::boolean, byDefault("false"),
     "the provider has people prove the addresses that it says are verified"},
    {"creates_accounts", Kind::boolean, byDefault("false"), "a newcomer gets an account"},
    {"logout", Kind::boolean, byDefault("false"),
     "who signs out here is sent there to sign out as well; of an OpenID provider"},
    {"most_per_address", Kind::number, byDefault("20"), "accounts from one address in a window",
     between(1, 1'000'000'000)},
    {"most", Kind::number, byDefault("1000"), "accounts in a window in all",
     between(1, 1'000'000'000)},
    {"window", Kind::duration, byDefault("1h"), "in how long", between(1'000, 7LL * 86'400'000)},
};

}  // namespace

const FieldTable upstreamFields = fields;

std::string UpstreamSettings::nameOf(std::string_view claim) const {
    const auto told = claims.text(claim);
    return std::string(told.empty() ? claim : told);
}

Result<UpstreamSettings> readUpstreamSettings(const Config& config) {
    return Reading(config).all();
}

}  // namespace gatehouse
