// SPDX-License-Identifier: Apache-2.0
#include "app/StaticClientFiles.h"

#include "config/ClientFiles.h"

namespace gatehouse {

std::vector<StaticClient> staticClientsOf(const Configuration& configuration, Problems& problems) {
    std::vector<StaticClient> clients;
    if (configuration.clientsDir().empty()) {
        return clients;
    }
    const auto files = readClientFiles(configuration.clientsDir());
    if (!files) {
        problems.add(files.error());
        return clients;
    }
    for (const auto& file : *files) {
        StaticClient client{file.metadata, file.secret, file.place.text(), {}};
        for (const auto& [member, place] : file.places) {
            client.places.emplace(member, place.text());
        }
        clients.push_back(std::move(client));
    }
    return clients;
}

}  // namespace gatehouse
