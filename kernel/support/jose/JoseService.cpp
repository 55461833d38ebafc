// SPDX-License-Identifier: Apache-2.0
#include "jose/JoseService.h"

#include <gatehouse/KeyDecrypter.h>

#include "crypto/Digest.h"
#include "jose/Algorithm.h"
#include "jose/JweReader.h"
#include "jose/JweWriter.h"
#include "jose/VerificationKey.h"
#include "json/Json.h"
#include "json/JsonWriter.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view ownHmac = "HS256";
// RFC 7518 section 3.2 asks for a key as long as the hash; 256 bits are enough for each.
constexpr std::size_t leastSecret = 32;
// One signature is tried with so many keys of a foreign set, not more.
constexpr std::size_t mostKeysTried = 16;

/// "header.payload", ready to be signed.
std::string signingInput(std::string_view algorithm, std::string_view type, std::string_view kid,
                         std::string_view payload) {
    JsonWriter header;
    header.text("alg", algorithm);
    if (!type.empty()) {
        header.text("typ", type);
    }
    if (!kid.empty()) {
        header.text("kid", kid);
    }
    std::string input;
    input.reserve(1024 + payload.size() * 4 / 3);
    appendBase64url(input, header.finish());
    input += '.';
    appendBase64url(input, payload);
    return input;
}

std::string compact(std::string input, std::string_view signature) {
    input += '.';
    appendBase64url(input, signature);
    return input;
}

std::optional<VerifiedJwt> read(CompactJws jws) {
    auto claims = parseJson(jws.payload);
    if (!claims || claims->map() == nullptr) {
        return std::nullopt;
    }
    return VerifiedJwt{std::move(jws.header), std::move(*claims->map())};
}

bool isAllowed(const std::vector<std::string>& allowed, std::string_view algorithm) {
    return std::find(allowed.begin(), allowed.end(), algorithm) != allowed.end();
}

/// May this key of a foreign set have made the token? A key without kid may have made any.
bool isCandidate(const ValueMap& jwk, const CompactJws& jws) {
    const auto* algorithm = findAlgorithm(jws.header.text("alg"));
    if (algorithm == nullptr || jwk.text("kty") != algorithm->keyType) {
        return false;
    }
    return !jws.header.contains("kid") || !jwk.contains("kid") ||
           jwk.text("kid") == jws.header.text("kid");
}

bool verifies(const ValueMap& jwk, const CompactJws& jws) {
    const auto key = VerificationKey::fromJwk(jwk);
    return key && key->verify(jws.header.text("alg"), jws.signingInput, jws.signature);
}

bool anyVerifies(const ValueList& keys, const CompactJws& jws) {
    std::size_t tried = 0;
    for (const auto& entry : keys) {
        if (entry.map() == nullptr || !isCandidate(*entry.map(), jws)) {
            continue;
        }
        if (verifies(*entry.map(), jws)) {
            return true;
        }
        if (++tried == mostKeysTried) {
            return false;
        }
    }
    return false;
}

/// nullopt: it is not for this key. The error: the key store is away.
Result<std::optional<std::string>> decryptWith(const Context& context,
                                               const KeyDecrypter& decrypter, const IssuerKey& key,
                                               const CompactJwe& jwe) {
    std::optional<Error> failure;
    auto content = decryptJwe(jwe, key.jwk(), [&](std::string_view input) {
        auto opened = decrypter.decrypt(context, key.id(), input);
        failure = opened ? std::nullopt : std::optional(opened.error());
        return opened ? *std::move(opened) : std::nullopt;
    });
    return failure ? Result<std::optional<std::string>>(*failure) : std::move(content);
}

const ValueList* keysOf(const Value& jwks) {
    const auto* keys = jwks.map() == nullptr ? nullptr : jwks.map()->find("keys");
    return keys == nullptr ? nullptr : keys->list();
}

}  // namespace

Result<std::string> JoseService::sign(const Context& context, std::string_view algorithm,
                                      std::string_view type, std::string_view payload) {
    if (algorithm == ownHmac) {
        auto input = signingInput(algorithm, type, {}, payload);
        const auto signature = ownMac(context, input);
        return compact(std::move(input), signature);
    }
    const auto keys = keys_.of(context);
    if (!keys) {
        return keys.error();
    }
    const auto* key = (*keys)->active(algorithm);
    if (key == nullptr) {
        return Error::unavailable("no active key for " + std::string(algorithm));
    }
    auto input = signingInput(algorithm, type, key->id(), payload);
    const auto signature = store_.sign(context, key->id(), input);
    if (!signature) {
        return signature.error();
    }
    return compact(std::move(input), *signature);
}

Result<std::optional<VerifiedJwt>> JoseService::verify(const Context& context,
                                                       std::string_view text) {
    auto jws = parseJws(text);
    if (!jws) {
        return std::optional<VerifiedJwt>();
    }
    const auto isGenuine = holds(context, *jws);
    if (!isGenuine) {
        return isGenuine.error();
    }
    return *isGenuine ? read(std::move(*jws)) : std::nullopt;
}

std::optional<VerifiedJwt> JoseService::verifyWith(const Value& jwks,
                                                   const std::vector<std::string>& allowed,
                                                   std::string_view text) {
    auto jws = parseJws(text);
    const auto* keys = keysOf(jwks);
    if (!jws || keys == nullptr || !isAllowed(allowed, jws->header.text("alg"))) {
        return std::nullopt;
    }
    return anyVerifies(*keys, *jws) ? read(std::move(*jws)) : std::nullopt;
}

std::optional<VerifiedJwt> JoseService::verifyWith(const Secret& secret,
                                                   const std::vector<std::string>& allowed,
                                                   std::string_view text) {
    auto jws = parseJws(text);
    if (!jws || secret.view().size() < leastSecret ||
        !isAllowed(allowed, jws->header.text("alg"))) {
        return std::nullopt;
    }
    const auto* algorithm = findAlgorithm(jws->header.text("alg"));
    if (algorithm == nullptr || algorithm->scheme != Scheme::hmac) {
        return std::nullopt;
    }
    const auto expected = hmac(algorithm->hash, secret.view(), jws->signingInput);
    return constantTimeEqual(expected, jws->signature) ? read(std::move(*jws)) : std::nullopt;
}

std::optional<VerifiedJwt> JoseService::peek(std::string_view text) const {
    auto jws = parseJws(text);
    return jws ? read(std::move(*jws)) : std::nullopt;
}

Result<std::string> JoseService::encryptFor(const Value& jwks, std::string_view algorithm,
                                            std::string_view encryption,
                                            std::string_view contentType, std::string_view plain) {
    const auto* alg = findJweAlgorithm(algorithm);
    const auto* enc = findJweEncryption(encryption);
    const auto* keys = keysOf(jwks);
    if (alg == nullptr || enc == nullptr || keys == nullptr) {
        return Error::badInput("unknown alg or enc of a JWE, or no JWK Set");
    }
    const auto key = std::find_if(keys->begin(), keys->end(), [alg](const Value& entry) {
        return entry.map() != nullptr && encryptsWith(*entry.map(), *alg);
    });
    return key == keys->end()
               ? Result<std::string>(Error::badInput("no key of the JWK Set encrypts with " +
                                                     std::string(algorithm)))
               : encryptJwe(*key->map(), *alg, *enc, contentType, plain);
}

Result<std::optional<DecryptedJwe>> JoseService::decrypt(const Context& context,
                                                         std::string_view text) {
    auto jwe = parseJwe(text);
    const auto* decrypter = capabilityOf<KeyDecrypter>(store_);
    if (!jwe || decrypter == nullptr) {
        return std::optional<DecryptedJwe>();
    }
    const auto keys = keys_.of(context);
    if (!keys) {
        return keys.error();
    }
    for (const auto* key : (*keys)->decryptersOf(*jwe)) {
        auto content = decryptWith(context, *decrypter, *key, *jwe);
        if (!content) {
            return content.error();
        }
        if (*content) {
            return std::optional(DecryptedJwe{std::move(jwe->header), **std::move(content)});
        }
    }
    return std::optional<DecryptedJwe>();
}

std::vector<std::string_view> JoseService::decryptionAlgorithms() const {
    const auto* decrypter = capabilityOf<KeyDecrypter>(store_);
    return decrypter == nullptr ? std::vector<std::string_view>()
                                : decrypter->decryptionAlgorithms();
}

std::vector<std::string_view> JoseService::signingAlgorithms() const {
    return store_.algorithms();
}

std::string JoseService::ownMacLabel(const Issuer& issuer) {
    return "token_hs256/" + std::to_string(issuer.id);
}

std::string JoseService::ownMac(const Context& context, std::string_view input) const {
    return crypto_.mac(ownMacLabel(context.issuer), input);
}

/// The key that `kid` names says which algorithm; without one only our own HMAC is left.
Result<bool> JoseService::holds(const Context& context, const CompactJws& jws) {
    const auto algorithm = jws.header.text("alg");
    if (!jws.header.contains("kid")) {
        return algorithm == ownHmac &&
               crypto_.equal(ownMac(context, jws.signingInput), jws.signature);
    }
    const auto keys = keys_.of(context);
    if (!keys) {
        return keys.error();
    }
    const auto* key = (*keys)->find(jws.header.text("kid"));
    return key != nullptr && key->verifier() != nullptr && key->algorithm() == algorithm &&
           key->verifier()->verify(algorithm, jws.signingInput, jws.signature);
}

}  // namespace gatehouse
