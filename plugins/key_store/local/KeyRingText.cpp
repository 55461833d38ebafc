// SPDX-License-Identifier: Apache-2.0
#include "KeyRingText.h"

#include "jose/JweAlgorithm.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view sealLabel = "signing_key";

std::string boundTo(IssuerId issuer, std::string_view kid) {
    return std::to_string(issuer) + ":" + std::string(kid);
}

Error cannotOpen(std::string_view kid, std::string_view why) {
    return Error::internal("signing key " + std::string(kid) +
                           " cannot be opened: " + std::string(why));
}

TimePoint momentOf(const ValueMap& stored, std::string_view name) {
    const Value* value = stored.find(name);
    const bool isNumber = value != nullptr && value->integer() != nullptr;
    return isNumber ? TimePoint{milliseconds{*value->integer()}} : TimePoint{};
}

bool decrypts(std::string_view algorithm) {
    return findJweAlgorithm(algorithm) != nullptr;
}

void keep(RingKey& key, SigningKey made) {
    key.signer = std::make_shared<const SigningKey>(std::move(made));
}

void keep(RingKey& key, DecryptionKey made) {
    key.decrypter = std::make_shared<const DecryptionKey>(std::move(made));
}

/// What is read as this kind of key.
template <class Kind> Status take(RingKey& key, const Secret& plain) {
    auto opened = Kind::fromPkcs8(plain, key.algorithm);
    if (!opened) {
        return opened.error();
    }
    key.jwk = opened->publicJwk(key.id);
    keep(key, *std::move(opened));
    return done();
}

}  // namespace

Result<RingKey> KeyRingText::make(IssuerId issuer, std::string_view algorithm,
                                  TimePoint activates) {
    return decrypts(algorithm)
               ? seal(issuer, algorithm, activates, DecryptionKey::generate(algorithm))
               : seal(issuer, algorithm, activates, SigningKey::generate(algorithm));
}

template <class Made>
Result<RingKey> KeyRingText::seal(IssuerId issuer, std::string_view algorithm, TimePoint activates,
                                  Result<Made> made) {
    if (!made) {
        return made.error();
    }
    RingKey key;
    key.jwk = made->publicJwk({});
    key.id = key.jwk.text("kid");
    key.algorithm = algorithm;
    key.created = clock_.now();
    key.activates = activates;
    key.sealed = crypto_.seal(sealLabel, made->toPkcs8(), boundTo(issuer, key.id));
    keep(key, *std::move(made));
    return key;
}

std::string KeyRingText::write(const KeyRing& ring) {
    ValueList keys;
    for (const auto& key : ring.keys) {
        keys.push_back(ValueMap{
            {"kid", key.id},
            {"alg", key.algorithm},
            {"created", std::int64_t{key.created.time_since_epoch().count()}},
            {"activates", std::int64_t{key.activates.time_since_epoch().count()}},
            {"private", base64url(key.sealed)},
        });
    }
    return toJson(ValueMap{{"keys", std::move(keys)}});
}

Result<KeyRing> KeyRingText::read(IssuerId issuer, const Record& record,
                                  const KeyRing& known) const {
    const auto root = parseJson(record.payload);
    const Value* list = root && root->map() != nullptr ? root->map()->find("keys") : nullptr;
    if (list == nullptr || list->list() == nullptr) {
        return Error::internal("the key ring of issuer " + std::to_string(issuer) +
                               R"( is damaged: restore the record "key" ")" + record.key +
                               "\" from a backup, or remove it to have new keys made");
    }
    KeyRing ring;
    ring.version = record.version;
    for (const auto& item : *list->list()) {
        const ValueMap empty;
        const ValueMap& stored = item.map() != nullptr ? *item.map() : empty;
        if (const RingKey* before = known.find(stored.text("kid"))) {
            ring.keys.push_back(*before);
            continue;
        }
        auto key = open(issuer, stored);
        if (!key) {
            return key.error();
        }
        ring.keys.push_back(*std::move(key));
    }
    return ring;
}

Result<RingKey> KeyRingText::open(IssuerId issuer, const ValueMap& stored) const {
    const std::string_view kid = stored.text("kid");
    const auto sealed = fromBase64url(stored.text("private"));
    const auto plain =
        crypto_.open(sealLabel, sealed.value_or(std::string{}), boundTo(issuer, kid));
    if (!plain) {
        return cannotOpen(kid, "it was sealed with another root secret (security.jwt_secret) or is "
                               "damaged; start with the secret it was made with");
    }
    RingKey key;
    key.id = kid;
    key.algorithm = stored.text("alg");
    key.created = momentOf(stored, "created");
    key.activates = momentOf(stored, "activates");
    key.sealed = *sealed;
    const auto opened =
        decrypts(key.algorithm) ? take<DecryptionKey>(key, *plain) : take<SigningKey>(key, *plain);
    return opened ? Result<RingKey>(std::move(key)) : cannotOpen(kid, opened.error().detail);
}

}  // namespace gatehouse
