// SPDX-License-Identifier: Apache-2.0
#include "PlainKeyStore.h"

#include <utility>

namespace gatehouse {

/// Throws when it is to read its keys again.
class ThrowingKeyStore final : public PlainKeyStore {
public:
    Status refresh(const Context& /*context*/) override {
        if (std::exchange(hasRead_, true)) {
            throw 7;
        }
        return done();
    }

private:
    bool hasRead_ = false;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ThrowingKeyStore, "throws_in_refresh", "1.0.0", "Throws at refresh")
