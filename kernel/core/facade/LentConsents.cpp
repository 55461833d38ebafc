// SPDX-License-Identifier: Apache-2.0
#include "facade/LentConsents.h"

#include "Services.h"
#include "client/ClientDirectory.h"
#include "login/ConsentService.h"
#include "login/Withdrawal.h"

namespace gatehouse {

Result<std::vector<Consent>> LentConsents::list(const Context& context,
                                                std::string_view sub) const {
    const auto kept = core_.consents().list(context, sub);
    if (!kept) {
        return kept.error();
    }
    std::vector<Consent> consents;
    for (const auto& consent : *kept) {
        const auto client = core_.clients().read(context, consent.clientId);
        if (!client) {
            return client.error();
        }
        if (*client != nullptr && (*client)->registration == consent.registration) {
            consents.push_back(consent);
        }
    }
    return consents;
}

Result<bool> LentConsents::withdraw(const Context& context, std::string_view sub,
                                    std::string_view clientId, const ScopeSet& scopes,
                                    std::string_view remoteAddress) const {
    return Withdrawal(core_.host(), core_.consents(), core_.families())
        .run(context, sub, clientId, scopes, remoteAddress);
}

}  // namespace gatehouse
