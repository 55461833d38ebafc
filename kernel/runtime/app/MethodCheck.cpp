// SPDX-License-Identifier: Apache-2.0
#include "app/MethodCheck.h"

#include <gatehouse/point/ClientAuthMethod.h>

#include "text/Contains.h"
#include "text/Thrown.h"

#include <string>

namespace gatehouse {

namespace {

constexpr const char* member = "token_endpoint_auth_method";

std::vector<std::string> methodsIn(const PluginRegistry& registry, Problems& problems) {
    std::vector<std::string> methods;
    try {
        for (const auto* plugin : registry.all<ClientAuthMethod>()) {
            for (const auto method : plugin->methods()) {
                methods.emplace_back(method);
            }
        }
    } catch (...) {
        problems.add(Place{}, "client_auth: asked for its methods, one threw " + whatWasThrown());
    }
    return methods;
}

}  // namespace

void checkMethods(const std::vector<StaticClient>& clients, const PluginRegistry& registry,
                  Problems& problems) {
    const auto methods = methodsIn(registry, problems);
    for (const auto& client : clients) {
        const std::string method(client.metadata.text(member));
        if (method.empty() || contains(methods, method)) {
            continue;
        }
        const auto place = client.places.find(member);
        problems.warn({Place{place == client.places.end() ? client.place : place->second, 0, 0},
                       std::string(member) + ": no plugin brings \"" + method +
                           "\" as it is configured, so the client is refused"});
    }
}

}  // namespace gatehouse
