// SPDX-License-Identifier: Apache-2.0
#include "ObjectBed.h"

#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/TestAssert.h>

namespace gatehouse {

Result<std::vector<PublicKey>> OneEncryptionKey::publicKeys(const Context& /*context*/) const {
    PublicKey published;
    published.id = "enc";
    published.algorithm = "ECDH-ES";
    published.state = KeyState::active;
    published.jwk = key.publicJwk("enc");
    return std::vector<PublicKey>{published};
}

std::unique_ptr<RequestObjectSource> ObjectBed::make(const ValueMap& settings) {
    auto source = std::make_unique<RequestObjectSource>();
    CPPUNIT_ASSERT(
        source->configure(testkit::FakeConfig(fieldsOf<RequestObjectSource>(), settings), host));
    CPPUNIT_ASSERT(source->start());
    return source;
}

ValueMap ObjectBed::claims(const ValueMap& changes) const {
    ValueMap claims{{"iss", "site"},
                    {"aud", issuer},
                    {"client_id", "site"},
                    {"response_type", "code"},
                    {"redirect_uri", "https://site.example/cb"},
                    {"scope", "openid profile"},
                    {"state", "inside"}};
    for (const auto& change : changes) {
        claims.set(change.name, change.value);
        if (change.value.isNull()) {
            claims.erase(change.name);
        }
    }
    return claims;
}

std::string ObjectBed::signedBy(const SigningKey& key, const ValueMap& claims,
                                const ValueMap& header) {
    ValueMap full{{"alg", key.algorithm()}};
    for (const auto& member : header) {
        full.set(member.name, member.value);
    }
    const auto input = base64url(toJson(full)) + "." + base64url(toJson(claims));
    return input + "." + base64url(*key.sign(input));
}

std::string ObjectBed::object(const ValueMap& claims, const ValueMap& header) const {
    return signedBy(key(), claims, header);
}

std::string ObjectBed::encrypted(std::string_view object, std::string_view encryption) {
    const Value set = ValueMap{{"keys", ValueList{keys.key.publicJwk("enc")}}};
    return *jose.encryptFor(set, "ECDH-ES", encryption, "JWT", object);
}

std::unique_ptr<testkit::FakeRequestInHand>
ObjectBed::request(const std::vector<Form::Field>& fields, const ValueMap& metadata) {
    auto request = std::make_unique<testkit::FakeRequestInHand>(Form(fields));
    request->fakeClient.metadata = {{"jwks", jwks()}};
    for (const auto& member : metadata) {
        request->fakeClient.metadata.set(member.name, member.value);
    }
    return request;
}

const SigningKey& ObjectBed::key() {
    static const auto key = SigningKey::generate("ES256");
    return *key;
}

ValueMap ObjectBed::jwks() {
    return {{"keys", ValueList{key().publicJwk("one")}}};
}

}  // namespace gatehouse
