// SPDX-License-Identifier: Apache-2.0
#include "app/ChainCheck.h"

#include "app/NamedPlugins.h"
#include "client/ClientRules.h"
#include "text/Thrown.h"
#include "token/TokenBindings.h"

namespace gatehouse {

namespace {

Status checkBindings(const PluginRegistry& registry) {
    try {
        return TokenBindings(namedAll<TokenBinding>(registry)).check();
    } catch (...) {
        return Error::badInput("token_binding: its names threw " + whatWasThrown());
    }
}

}  // namespace

void checkChains(const PluginRegistry& registry, Problems& problems) {
    for (const Status& checked :
         {ClientRules(namedAll<ClientMetadataRule>(registry)).check(), checkBindings(registry)}) {
        if (!checked) {
            problems.addLines(checked.error().detail, {});
        }
    }
}

}  // namespace gatehouse
