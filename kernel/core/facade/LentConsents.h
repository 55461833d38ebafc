// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Consents.h>

namespace gatehouse {

class Services;

/// See Consents.
class LentConsents final : public Consents {
public:
    explicit LentConsents(Services& core) : core_(core) {}

    Result<std::vector<Consent>> list(const Context& context, std::string_view sub) const override;
    Result<bool> withdraw(const Context& context, std::string_view sub, std::string_view clientId,
                          const ScopeSet& scopes, std::string_view remoteAddress) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
