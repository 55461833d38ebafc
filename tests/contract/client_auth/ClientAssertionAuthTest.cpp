// SPDX-License-Identifier: Apache-2.0
#include "ClientAssertionAuth.h"

#include <gatehouse/testkit/ClientAuthContract.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>

#include "../../unit/plugins/client_auth/Assertions.h"
#include "../../unit/support/jose/FakeKeyStore.h"
#include "jose/JoseService.h"

#include <atomic>

namespace gatehouse {
namespace {

using testkit::SentForm;

constexpr const char* sharedSecret = "a client secret that is long enough for HS256";

/// The client "shop", with one key and one secret.
template <bool isByKey> struct AssertionBed : testkit::FacadeBed {
    AssertionBed() { host.use(jose); }
    std::unique_ptr<ClientAuthMethod> make() {
        auto method = std::make_unique<ClientAssertionAuth>();
        CPPUNIT_ASSERT(method->configure(testkit::FakeConfig{}, host));
        CPPUNIT_ASSERT(method->start());
        return method;
    }
    Client client() {
        Client shop;
        shop.id = "shop";
        shop.authMethod = isByKey ? "private_key_jwt" : "client_secret_jwt";
        shop.metadata.set("jwks",
                          ValueMap{{"keys", ValueList{sharedKey("ES256").publicJwk("k1")}}});
        shop.secrets.emplace_back();
        shop.secrets.back().sealed =
            host.fakeCrypto.seal("client_secret", Secret(sharedSecret), "shop");
        return shop;
    }
    SentForm right() { return with(sign(claims())); }
    std::vector<SentForm> wrong() {
        auto late = claims();
        late.set("exp", toSeconds(host.fakeClock.now()) - 1);
        auto elsewhere = claims();
        elsewhere.set("aud", "https://elsewhere.example.org");
        static const auto stranger = *SigningKey::generate("ES256");
        return {with(sign(late)), with(sign(elsewhere)),
                with(isByKey ? signedJwt(stranger, "k1", claims())
                             : macedJwt("another secret", "HS256", claims()))};
    }

    FakeKeyStore noKeys;
    JoseService jose{noKeys, host.fakeCrypto};
    std::atomic<int> number{0};

private:
    ValueMap claims() {
        return {{"iss", "shop"},
                {"sub", "shop"},
                {"aud", "https://id.example.org"},
                {"exp", toSeconds(host.fakeClock.now()) + 60},
                {"jti", "jti " + std::to_string(++number)}};
    }
    static std::string sign(const ValueMap& claims) {
        return isByKey ? signedJwt(sharedKey("ES256"), "k1", claims)
                       : macedJwt(sharedSecret, "HS256", claims);
    }
    static SentForm with(const std::string& assertion) {
        return {{},
                Form({{"client_assertion_type",
                       "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                      {"client_assertion", assertion}})};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<AssertionBed<true>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<AssertionBed<false>>);

}  // namespace gatehouse
