// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/User.h>
#include <gatehouse/point/TokenFormat.h>

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Contains.h"
#include "text/Listed.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view type = "at+jwt";
constexpr std::string_view rootSecretsAlgorithm = "HS256";

/// The family stands before the dot of the token's id.
std::string familyOf(std::string_view id) {
    const auto dot = id.find('.');
    return dot == std::string_view::npos ? std::string()
                                         : fromBase64url(id.substr(0, dot)).value_or("");
}

TokenClaim claimFrom(const ValueMap& claims) {
    TokenClaim claim;
    claim.id = claims.text("jti");
    claim.family = familyOf(claim.id);
    claim.subject.sub = claims.text("sub");
    claim.clientId = claims.text("client_id");
    claim.audience = textsOf(claims.find("aud"));
    claim.scopes = ScopeSet::parse(claims.text("scope"));
    claim.issuedAt = fromSeconds(numberOf(claims, "iat"));
    claim.expires = fromSeconds(numberOf(claims, "exp"));
    claim.authentication.time = fromSeconds(numberOf(claims, "auth_time"));
    claim.authentication.acr = claims.text("acr");
    claim.authentication.amr = textsOf(claims.find("amr"));
    claim.confirmation = objectOf(claims, "cnf");
    for (const auto& [name, value] : claims) {
        if (!isServersClaim(name) || name == "act" || name == AccessToken::exchangedFrom) {
            claim.claims.set(name, value);
        }
    }
    return claim;
}

}  // namespace

/// Access tokens that any resource server can verify by itself (RFC 9068).
class JwtFormat final : public With<TokenFormat, Checkable> {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        algorithm_ = config.text("signing_alg");
        return done();
    }

    Status check() const override {
        const auto keys = host_->jose().signingAlgorithms();
        if (algorithm_ == rootSecretsAlgorithm || keys.empty() || contains(keys, algorithm_)) {
            return done();
        }
        return Error::badInput(
            "signing_alg: there is no key for " + algorithm_ +
            "; add it to the algorithms of the key store, or name one of these: " + listed(keys));
    }

    Result<std::string> write(const Context& context, const AccessToken& token,
                              Batch& /*batch*/) const override {
        JsonWriter claims;
        claims.text("iss", context.issuer.url).text("sub", token.subject.sub);
        if (token.audience.size() == 1) {
            claims.text("aud", token.audience.front());
        } else {
            claims.list("aud", token.audience);
        }
        claims.text("client_id", token.clientId)
            .number("exp", toSeconds(token.expires))
            .number("iat", toSeconds(token.issuedAt))
            .text("jti", token.id);
        if (!token.scopes.empty()) {
            claims.text("scope", token.scopes.text());
        }
        writeAuthentication(token.authentication, claims);
        if (!token.confirmation.empty()) {
            claims.value("cnf", token.confirmation);
        }
        for (const auto& claim : token.claims) {
            claims.value(claim.name, claim.value);
        }
        return host_->jose().sign(
            context, token.signingAlgorithm.empty() ? algorithm_ : token.signingAlgorithm, type,
            claims.finish());
    }

    Result<std::optional<TokenClaim>> read(const Context& context,
                                           std::string_view text) const override {
        if (std::count(text.begin(), text.end(), '.') != 2) {
            return std::optional<TokenClaim>();
        }
        auto jwt = host_->jose().verify(context, text);
        if (!jwt) {
            return jwt.error();
        }
        // An ID token is signed by the same keys and is no access token.
        if (!*jwt || (*jwt)->header.text("typ") != type ||
            (*jwt)->claims.text("iss") != context.issuer.url) {
            return std::optional<TokenClaim>();
        }
        auto claim = claimFrom((*jwt)->claims);
        // Who has the root secret can sign so: only where that is wanted does it count.
        if (const auto algorithm = (*jwt)->header.text("alg");
            algorithm == rootSecretsAlgorithm && algorithm != algorithm_) {
            claim.wishedAlgorithm = algorithm;
        }
        return std::optional<TokenClaim>(std::move(claim));
    }

private:
    /// RFC 9068 section 2.2.1; a client acting for itself did not log in.
    static void writeAuthentication(const Authentication& authentication, JsonWriter& claims) {
        if (authentication.time != TimePoint{}) {
            claims.number("auth_time", toSeconds(authentication.time));
        }
        if (!authentication.acr.empty()) {
            claims.text("acr", authentication.acr);
        }
        if (!authentication.amr.empty()) {
            claims.list("amr", authentication.amr);
        }
    }

    Host* host_ = nullptr;
    std::string algorithm_;
};

constexpr Field fields[] = {
    {"signing_alg", Kind::text, byDefault("RS256"),
     "algorithm for clients that ask for none; HS256 is signed with a key derived from "
     "security.jwt_secret",
     oneOf("RS256|PS256|ES256|EdDSA|HS256")},
};

constexpr const char* needs[] = {"key_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::JwtFormat, "jwt", "0.1.0", "Access tokens as signed JWTs",
                 gatehouse::fields, gatehouse::needs)
