// SPDX-License-Identifier: Apache-2.0
#include "LocalKeyStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/KeyStoreContract.h>

#include "jose/VerificationKey.h"

namespace gatehouse {
namespace {

/// Without RSA, whose keys take long to make.
struct LocalBed : testkit::HostBed {
    std::unique_ptr<KeyStore> make() {
        auto store = std::make_unique<LocalKeyStore>();
        const testkit::FakeConfig config(
            fieldsOf<LocalKeyStore>(),
            {{"algorithms", ValueList{"ES256", "EdDSA"}}, {"encryption", ValueList{"ECDH-ES"}}});
        CPPUNIT_ASSERT(store->configure(config, host));
        CPPUNIT_ASSERT(store->start());
        return store;
    }
    static bool verifies(const PublicKey& key, std::string_view input, std::string_view signature) {
        const auto verifying = VerificationKey::fromJwk(key.jwk);
        CPPUNIT_ASSERT(verifying);
        return verifying->verify(key.algorithm, input, signature);
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::KeyStoreContract<LocalBed>);

}  // namespace gatehouse
