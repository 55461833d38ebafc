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

/// Each mistake of a file: the member that is wrong is taken out, and the rest looked at again.
/// What is missing may only be missing for that.
void addProblems(const StaticClient& entry, const std::vector<std::string>& tokenFormats,
                 std::string& problems) {
    StaticClient rest = entry;
    for (auto problem = problemOf(rest, tokenFormats); !problem.empty();
         problem = problemOf(rest, tokenFormats)) {
        const std::string member = problem.substr(0, problem.find(':'));
        const bool isThere = rest.metadata.contains(member);
        if (isThere || rest.isSound) {
            problems += (problems.empty() ? "" : "\n") + placeOf(entry, problem) + ": " + problem;
        }
        if (!isThere) {
            return;
        }
        rest.metadata.erase(member);
        rest.isSound = false;
    }
}

}  // namespace

Status checkStaticClients(const std::vector<StaticClient>& clients,
                          const std::vector<std::string>& tokenFormats) {
    std::string problems;
    for (const auto& entry : clients) {
        addProblems(entry, tokenFormats, problems);
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
