// SPDX-License-Identifier: Apache-2.0
#include "client/StaticClients.h"

#include "Services.h"
#include "client/ClientKeys.h"
#include "client/ClientMetadata.h"
#include "client/ClientSecrets.h"

namespace gatehouse {

namespace {

std::string problemOf(const StaticClient& entry, const std::vector<std::string>& tokenFormats) {
    auto client = clientFromMetadata(entry.metadata);
    if (!client) {
        return client.error().detail;
    }
    if (const auto keys = checkClientKeys(*client); !keys) {
        return keys.error().detail;
    }
    if (const auto format = checkClientTokenFormat(*client, tokenFormats); !format) {
        return format.error().detail;
    }
    return clientSecretProblem(*client, entry.secret);
}

/// Problems begin with the member's name.
std::string placeOf(const StaticClient& entry, const std::string& problem) {
    const auto found = entry.places.find(problem.substr(0, problem.find(':')));
    return found == entry.places.end() ? entry.place : found->second;
}

}  // namespace

Status checkStaticClients(const std::vector<StaticClient>& clients,
                          const std::vector<std::string>& tokenFormats) {
    std::string problems;
    for (const auto& entry : clients) {
        if (auto problem = problemOf(entry, tokenFormats); !problem.empty()) {
            problems += (problems.empty() ? "" : "\n") + placeOf(entry, problem) + ": " + problem;
        }
    }
    return problems.empty() ? done() : Error::badInput(problems);
}

std::vector<Client> staticClients(Host& host, const std::vector<StaticClient>& clients) {
    std::vector<Client> made;
    for (const auto& entry : clients) {
        auto client = clientFromMetadata(entry.metadata);
        if (!client) {
            continue;
        }
        client->isStatic = true;
        if (needsClientSecret(*client)) {
            client->secrets.push_back(keptClientSecret(host, *client, entry.secret));
        }
        made.push_back(*std::move(client));
    }
    return made;
}

}  // namespace gatehouse
