// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "LocalKeyStore.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Nodes that share one storage and one root secret.
class KeyStoreBed {
public:
    /// A node that is configured but not started.
    std::unique_ptr<LocalKeyStore> make(const ValueMap& settings = {});
    std::unique_ptr<LocalKeyStore> started(const ValueMap& settings = {});

    std::vector<PublicKey> keysOf(const LocalKeyStore& store, std::string_view algorithm);
    /// The key of this algorithm that is active; fails the test unless there is exactly one.
    PublicKey active(const LocalKeyStore& store, std::string_view algorithm);

    testkit::FakeHost host;
    testkit::FakeContext context;
};

}  // namespace gatehouse
