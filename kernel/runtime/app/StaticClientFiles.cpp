// SPDX-License-Identifier: Apache-2.0
#include "app/StaticClientFiles.h"

#include "config/ClientFiles.h"

namespace gatehouse {

Result<std::vector<StaticClient>> staticClientsOf(const std::string& folder) {
    std::vector<StaticClient> clients;
    if (folder.empty()) {
        return clients;
    }
    const auto files = readClientFiles(folder);
    if (!files) {
        return Error::badInput(files.error().text());
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
