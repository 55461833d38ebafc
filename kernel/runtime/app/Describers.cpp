// SPDX-License-Identifier: Apache-2.0
#include "app/Describers.h"

#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/ClientSource.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/RequestSource.h>
#include <gatehouse/point/TokenBinding.h>

#include "app/NamedPlugins.h"
#include "metadata/MutualTlsAliases.h"

namespace gatehouse {

namespace {

template <class P> void add(const PluginRegistry& registry, std::vector<Describer>& all) {
    for (const auto& [label, plugin] : namedAll<P>(registry)) {
        all.push_back({label, [plugin = plugin](const Issuer& issuer, ValueMap& metadata) {
                           plugin->describe(issuer, metadata);
                       }});
    }
}

}  // namespace

std::vector<Describer> describersOf(const PluginRegistry& registry) {
    std::vector<Describer> all;
    add<HttpModule>(registry, all);
    add<ClientMetadataRule>(registry, all);
    add<ClientSource>(registry, all);
    add<RequestSource>(registry, all);
    add<TokenBinding>(registry, all);
    add<AuthorizationRule>(registry, all);
    all.push_back({"mtls_url", describeMutualTlsAliases});
    return all;
}

}  // namespace gatehouse
