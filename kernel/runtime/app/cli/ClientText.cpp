// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ClientText.h"

#include "app/cli/Output.h"
#include "client/ClientMetadata.h"

#include <utility>

namespace gatehouse {

ValueMap describedClient(const Client& client) {
    ValueMap metadata = clientMetadata(client);
    if (client.isStatic) {
        metadata.set("static", true);
    }
    if (client.isDisabled) {
        metadata.set("disabled", true);
    }
    if (!client.sourced.by.empty()) {
        metadata.set("source", client.sourced.by);
        metadata.set("fresh_until", timeText(client.sourced.freshUntil));
    }
    ValueList secrets;
    for (const auto& secret : client.secrets) {
        secrets.emplace_back(ValueMap{{"id", secret.id},
                                      {"created", timeText(secret.created)},
                                      {"expires", timeText(secret.expires)}});
    }
    if (!secrets.empty()) {
        metadata.set("secrets", std::move(secrets));
    }
    return metadata;
}

}  // namespace gatehouse
