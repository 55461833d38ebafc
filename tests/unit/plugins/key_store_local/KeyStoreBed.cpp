// SPDX-License-Identifier: Apache-2.0
#include "KeyStoreBed.h"

#include <cppunit/TestAssert.h>

namespace gatehouse {

std::unique_ptr<LocalKeyStore> KeyStoreBed::make(const ValueMap& settings) {
    ValueMap all{
        {"algorithms", ValueList{"ES256", "EdDSA"}},
        {"encryption", ValueList{}},
        {"publish_for", "1h"},
        {"keep_for", "1d"},
        {"rotate_every", "90d"},
    };
    for (const auto& setting : settings) {
        all.set(setting.name, setting.value);
    }
    auto store = std::make_unique<LocalKeyStore>();
    CPPUNIT_ASSERT(store->configure(testkit::FakeConfig({}, all), host));
    return store;
}

std::unique_ptr<LocalKeyStore> KeyStoreBed::started(const ValueMap& settings) {
    auto store = make(settings);
    const auto status = store->refresh(context);
    CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, status);
    return store;
}

std::vector<PublicKey> KeyStoreBed::keysOf(const LocalKeyStore& store, std::string_view algorithm) {
    const auto keys = store.publicKeys(context);
    CPPUNIT_ASSERT(keys);
    std::vector<PublicKey> found;
    for (const auto& key : *keys) {
        if (key.algorithm == algorithm) {
            found.push_back(key);
        }
    }
    return found;
}

PublicKey KeyStoreBed::active(const LocalKeyStore& store, std::string_view algorithm) {
    std::vector<PublicKey> found;
    for (const auto& key : keysOf(store, algorithm)) {
        if (key.state == KeyState::active) {
            found.push_back(key);
        }
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
    return found.front();
}

}  // namespace gatehouse
