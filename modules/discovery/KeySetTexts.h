// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/KeyStore.h>

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace gatehouse {

/// Each issuer's JWK Set as JSON, written again when its keys have changed. Threads: any.
class KeySetTexts {
public:
    /// Fails as KeyStore::publicKeys() does.
    Result<std::shared_ptr<const std::string>> of(const Context& context, const KeyStore& keys);

private:
    struct Kept {
        std::uint64_t version = 0;
        std::shared_ptr<const std::string> text;
    };

    std::shared_mutex mutex_;
    std::map<IssuerId, Kept> texts_;
};

}  // namespace gatehouse
