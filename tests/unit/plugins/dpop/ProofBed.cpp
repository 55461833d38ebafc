// SPDX-License-Identifier: Apache-2.0
#include "ProofBed.h"

#include <gatehouse/Records.h>
#include <gatehouse/testkit/FakeContext.h>

#include "jose/Jwk.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/TestAssert.h>

#include <atomic>
#include <map>
#include <mutex>

namespace gatehouse {

namespace {

void change(ValueMap& map, const ValueMap& changes) {
    for (const auto& [name, value] : changes) {
        map.set(name, value);
        if (value.isNull()) {
            map.erase(name);
        }
    }
}

ValueMap publicMembers(const SigningKey& key) {
    auto jwk = key.publicJwk("x");
    for (const auto* name : {"kid", "alg", "use"}) {
        jwk.erase(name);
    }
    return jwk;
}

}  // namespace

std::unique_ptr<DpopBinding> ProofBed::make(const ValueMap& settings) {
    auto binding = std::make_unique<DpopBinding>();
    CPPUNIT_ASSERT(
        binding->configure(testkit::FakeConfig(fieldsOf<DpopBinding>(), settings), host));
    return binding;
}

const SigningKey& ProofBed::key(int number, std::string_view algorithm) {
    static std::mutex mutex;
    static std::map<std::string, SigningKey> keys;
    const std::lock_guard lock(mutex);
    const auto name = std::string(algorithm) + std::to_string(number);
    auto found = keys.find(name);
    if (found == keys.end()) {
        found = keys.emplace(name, *SigningKey::generate(algorithm)).first;
    }
    return found->second;
}

std::string ProofBed::jkt(int number, std::string_view algorithm) {
    return thumbprint(key(number, algorithm).publicJwk("x"));
}

std::string ProofBed::signedBy(const SigningKey& key, const ValueMap& header,
                               const ValueMap& claims) {
    const auto input = base64url(toJson(header)) + "." + base64url(toJson(claims));
    return input + "." + base64url(*key.sign(input));
}

ValueMap ProofBed::claims(const ValueMap& changes) {
    static std::atomic<int> count{0};
    ValueMap claims{{"jti", "proof " + std::to_string(++count)},
                    {"htm", "POST"},
                    {"htu", "https://id.example.org/api/oauth/token"},
                    {"iat", toSeconds(host.fakeClock.now())}};
    change(claims, changes);
    return claims;
}

std::string ProofBed::proof(const ValueMap& claims, const ValueMap& header, int number,
                            std::string_view algorithm) {
    const auto& signer = key(number, algorithm);
    ValueMap full{{"typ", "dpop+jwt"}, {"alg", algorithm}, {"jwk", publicMembers(signer)}};
    change(full, header);
    return signedBy(signer, full, claims);
}

HttpRequest ProofBed::tokenRequest(std::string proof) {
    HttpRequest request;
    request.method = "POST";
    request.path = "/api/oauth/token";
    request.headers = {{"dpop", std::move(proof)}};
    return request;
}

HttpRequest ProofBed::resourceRequest(std::string_view token, const ValueMap& changes, int number) {
    auto said = claims({{"htm", "GET"},
                        {"htu", "https://id.example.org/api/oauth/userinfo"},
                        {"ath", base64url(crypto.sha256(token))}});
    change(said, changes);
    HttpRequest request;
    request.method = "GET";
    request.path = "/api/oauth/userinfo";
    request.headers = {{"authorization", "DPoP " + std::string(token)},
                       {"dpop", proof(said, {}, number)}};
    return request;
}

Result<std::optional<Possession>, OAuthError>
ProofBed::used(Result<std::optional<Possession>, OAuthError> proven) {
    if (!proven || !*proven) {
        return proven;
    }
    const auto& mark = *(*proven)->use;
    const testkit::FakeContext context;
    const auto isNew = host.records().once(context, "replay", mark.id, mark.until, mark.earliest);
    if (!isNew) {
        return OAuthError::from(isNew.error());
    }
    return *isNew ? proven : mark.again;
}

}  // namespace gatehouse
