// SPDX-License-Identifier: Apache-2.0
#include "app/StaticClientFiles.h"

#include "app/MethodCheck.h"
#include "config/ClientFiles.h"

namespace gatehouse {

namespace {

std::vector<StaticClient> read(const std::string& folder, const std::vector<std::string>& members,
                               Problems& problems) {
    std::vector<StaticClient> clients;
    if (folder.empty()) {
        return clients;
    }
    for (const auto& file : readClientFiles(folder, members, problems)) {
        StaticClient client{file.metadata, file.secret, file.place.text(), {}, file.isSound};
        for (const auto& [member, place] : file.places) {
            client.places.emplace(member, place.text());
        }
        clients.push_back(std::move(client));
    }
    return clients;
}

}  // namespace

std::vector<StaticClient> clientsIn(const std::string& folder,
                                    const std::vector<std::string>& members,
                                    const PluginRegistry& registry, Problems& problems) {
    auto clients = read(folder, members, problems);
    checkMethods(clients, registry, problems);
    return clients;
}

Result<std::vector<StaticClient>> staticClientsOf(const std::string& folder,
                                                  const std::vector<std::string>& members) {
    Problems problems;
    auto clients = read(folder, members, problems);
    return problems.empty() ? Result<std::vector<StaticClient>>(std::move(clients))
                            : Error::badInput(problems.text());
}

}  // namespace gatehouse
