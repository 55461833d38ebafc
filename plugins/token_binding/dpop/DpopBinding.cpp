// SPDX-License-Identifier: Apache-2.0
#include "DpopBinding.h"

#include <gatehouse/Records.h>

#include "DpopMembers.h"
#include "DpopProof.h"
#include "json/Members.h"
#include "json/NumericDate.h"
#include "text/Base64Url.h"
#include "text/Contains.h"
#include "text/HostName.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view field = "dpop";
constexpr std::string_view invalidProof = "invalid_dpop_proof";
constexpr std::size_t thumbprintSize = 32;
constexpr seconds leastNonceLife{10};

OAuthError refused(std::string_view why) {
    return OAuthError::of(invalidProof, why, std::string(why));
}

/// Of an error of the authorization server, as it is told by a resource (RFC 9449 section 7.1).
OAuthError atResource(OAuthError error) {
    if (error.httpStatus() == 400) {
        error.status = 401;
    }
    return error;
}

/// What it is registered with, or what its profile settles.
bool isAmongIts(const Client& client, std::string_view algorithm) {
    const auto its = textsOf(client.metadata.find(algorithmMember));
    return its.empty() || contains(its, algorithm);
}

bool isAt(std::string_view origin, std::string_view host) {
    constexpr std::string_view scheme = "https://";
    return origin.size() > scheme.size() &&
           hostName(origin.substr(scheme.size())) == hostName(host);
}

/// The URL that was called: the issuer's, whatever proxies make of it on the way, or that for
/// mutual TLS (RFC 8705 section 5).
std::string targetOf(const Issuer& issuer, const HttpRequest& request) {
    const bool isAlias = isAt(issuer.mtlsUrl, request.header("host"));
    return std::string(isAlias ? issuer.mtlsUrl : issuer.origin()).append(request.path);
}

}  // namespace

Status DpopBinding::configure(const Config& config, Host& host) {
    host_ = &host;
    algorithms_ = config.list("algorithms");
    times_.life = std::chrono::duration_cast<seconds>(config.duration("proof_life"));
    times_.skew = std::chrono::duration_cast<seconds>(config.duration("clock_skew"));
    isRequired_ = config.boolean("required");
    const auto nonceLife = config.duration("nonce_life");
    if (nonceLife.count() > 0 && nonceLife < leastNonceLife) {
        return Error::badInput(config.place("nonce_life") + ": nonce_life is 0s or at least 10s");
    }
    nonce_.emplace(host, nonceLife);
    return done();
}

Result<std::optional<Possession>, OAuthError>
DpopBinding::bind(const Context& context, const HttpRequest& request, const Client& client) const {
    auto proof = proofOf(context, request, {&client});
    const bool isMissing = proof && !*proof;
    return isMissing && (isRequired_ || isTrue(client.metadata, boundMember))
               ? refused("The request has no DPoP proof, which this client has to send")
               : proof;
}

Result<std::monostate, OAuthError> DpopBinding::prove(const Context& context,
                                                      const HttpRequest& request,
                                                      std::string_view accessToken,
                                                      const Value& bound) const {
    const auto proof = proofOf(context, request,
                               {nullptr, base64url(host_->crypto().sha256(accessToken)), &bound});
    if (!proof) {
        return atResource(proof.error());
    }
    if (!*proof) {
        return atResource(refused("The request has no DPoP proof"));
    }
    const auto& mark = *(*proof)->use;
    const auto isNew = host_->records().once(context, "replay", mark.id, mark.until, mark.earliest);
    if (!isNew) {
        return OAuthError::from(isNew.error());
    }
    return *isNew ? Result<std::monostate, OAuthError>(std::monostate{}) : atResource(mark.again);
}

Result<std::optional<Possession>, OAuthError> DpopBinding::proofOf(const Context& context,
                                                                   const HttpRequest& request,
                                                                   const Wanted& wanted) const {
    const auto count = std::count_if(request.headers.begin(), request.headers.end(),
                                     [](const Header& header) { return header.name == field; });
    if (count == 0) {
        return std::optional<Possession>();
    }
    if (count > 1) {
        return refused("The request has more than one DPoP proof");
    }
    const auto proof = DpopProof::read(request.header(field), algorithms_, known_);
    if (!proof) {
        return refused(proof.error().detail);
    }
    if (const auto problem = problemOf(context, request, *proof, wanted); !problem.empty()) {
        return refused(problem);
    }
    const auto& thumbprint = proof->key->thumbprint;
    if (wanted.bound != nullptr && *wanted.bound != Value(thumbprint)) {
        return OAuthError::of(
            OAuthCode::invalidToken,
            "The access token is bound to another key than that of the DPoP proof",
            "bound to another key");
    }
    if (!proof->isSigned()) {
        return refused("The signature of the DPoP proof does not hold");
    }
    if (!proof->isKnown) {
        known_.keep(proof->header, proof->key);
    }
    if (nonce_->isWanted() && !nonce_->isGood(context.issuer, proof->claims.text("nonce"))) {
        auto error = OAuthError::of("use_dpop_nonce", "The DPoP proof needs the nonce that is sent",
                                    "no nonce, or an old one");
        error.headers = {{"DPoP-Nonce", nonce_->current(context.issuer)}};
        return error;
    }
    return std::optional<Possession>(Possession(thumbprint, markOf(thumbprint, proof->claims)));
}

std::string_view DpopBinding::problemOf(const Context& context, const HttpRequest& request,
                                        const DpopProof& proof, const Wanted& wanted) const {
    if (wanted.client != nullptr && !isAmongIts(*wanted.client, proof.key->algorithm)) {
        return "alg of the DPoP proof is none of the client's";
    }
    const auto target = targetOf(context.issuer, request);
    const ProofRules rules{request.method, target, wanted.tokenHash, host_->clock().now(), times_};
    return rules.problem(proof.claims);
}

/// Only a proof that is right in all else uses up its jti (RFC 9449 section 11.1).
UseMark DpopBinding::markOf(const std::string& thumbprint, const ValueMap& claims) const {
    const auto issued = fromSeconds(numericDate(claims.find("iat")).value_or(0));
    return {base64url(host_->crypto().sha256(thumbprint + '\n' + std::string(claims.text("jti")))),
            issued + times_.life + seconds{1}, issued - times_.skew,
            refused("The DPoP proof was used before")};
}

void DpopBinding::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    metadata.set("dpop_signing_alg_values_supported", listOfTexts(algorithms_));
}

Result<Value, OAuthError> DpopBinding::read(std::string_view value) const {
    const auto bytes = fromBase64url(value);
    return bytes && bytes->size() == thumbprintSize
               ? Result<Value, OAuthError>(Value(value))
               : OAuthError::of(OAuthCode::invalidRequest,
                                "The dpop_jkt is no JWK SHA-256 thumbprint");
}

Result<std::optional<Possession>, OAuthError> DpopBinding::proven(const Context& context,
                                                                  const HttpRequest& request,
                                                                  const Client& client) const {
    return proofOf(context, request, {&client});
}

std::string DpopBinding::challenge(const OAuthError* error) const {
    std::string challenge = "DPoP ";
    if (error != nullptr) {
        challenge.append("error=\"").append(error->code).append("\", error_description=\"");
        challenge.append(error->description).append("\", ");
    }
    challenge += "algs=\"";
    for (const auto& algorithm : algorithms_) {
        challenge.append(&algorithm == &algorithms_.front() ? "" : " ").append(algorithm);
    }
    return challenge + "\"";
}

std::vector<Header> DpopBinding::fields(const Context& context, const HttpRequest& request) const {
    return nonce_->isWanted() && !request.header(field).empty()
               ? std::vector<Header>{{"DPoP-Nonce", nonce_->current(context.issuer)}}
               : std::vector<Header>();
}

constexpr Field fields[] = {
    {"algorithms", Kind::list, byDefault("ES256,ES384,PS256,EdDSA"),
     "algorithms by which proofs may be signed", oneOf("ES256|ES384|ES512|PS256|EdDSA")},
    {"proof_life", Kind::duration, byDefault("60s"), "how long after its iat a proof is accepted",
     between(10'000, 600'000)},
    {"clock_skew", Kind::duration, byDefault("30s"), "how far the iat of a proof may be ahead",
     between(0, 60'000)},
    {"nonce_life", Kind::duration, byDefault("0s"),
     "how long a nonce is given out that proofs must have; it is taken as long again; 0s: none is "
     "asked for",
     between(0, 3'600'000)},
    {"required", Kind::boolean, byDefault("false"),
     "whether all clients have to bind their tokens, not only those with dpop_bound_access_tokens"},
};
constexpr const char* needs[] = {"storage"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::DpopBinding, "dpop", "0.1.0",
                   "Tokens bound to a key of the client's (DPoP)", gatehouse::fields,
                   gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::DpopBinding, gatehouse::DpopMembers)
