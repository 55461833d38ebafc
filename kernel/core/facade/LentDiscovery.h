// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Discovery.h>

#include "Services.h"
#include "metadata/ServerMetadata.h"

namespace gatehouse {

/// See Discovery.
class LentDiscovery final : public Discovery {
public:
    explicit LentDiscovery(Services& core) : core_(core) {}

    std::shared_ptr<const std::string> document(const Issuer& issuer) const override {
        return core_.metadata().document(issuer);
    }

private:
    Services& core_;
};

}  // namespace gatehouse
