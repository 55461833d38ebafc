// SPDX-License-Identifier: Apache-2.0
#include "app/StaticClientFiles.h"

#include "config/ClientFiles.h"

namespace gatehouse {

std::vector<StaticClient> staticClientsOf(const std::string& folder,
                                          const std::vector<std::string>& members,
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

Result<std::vector<StaticClient>> staticClientsOf(const std::string& folder,
                                                  const std::vector<std::string>& members) {
    Problems problems;
    auto clients = staticClientsOf(folder, members, problems);
    return problems.empty() ? Result<std::vector<StaticClient>>(std::move(clients))
                            : Error::badInput(problems.text());
}

}  // namespace gatehouse
