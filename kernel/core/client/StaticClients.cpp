// SPDX-License-Identifier: Apache-2.0
#include "client/StaticClients.h"

#include "Services.h"
#include "client/ClientAlgorithms.h"
#include "client/ClientKeys.h"
#include "client/ClientMetadata.h"
#include "client/ClientRules.h"
#include "client/ClientSecrets.h"
#include "client/HeldProfiles.h"
#include "client/Lifetimes.h"
#include "client/OwnClientRules.h"

#include <utility>

namespace gatehouse {

namespace {

std::vector<std::string> problemsOf(const StaticClient& entry, const ClientCheck& check) {
    auto problems = clientProblems(entry.metadata);
    const Context context{check.issuer, "clients", {}, SteadyPoint::max()};
    for (auto& problem : check.rules.problems(context, entry.metadata)) {
        problems.push_back(std::move(problem));
    }
    auto client = clientFromMetadata(entry.metadata);
    if (!client) {
        return problems;
    }
    if (check.profiles != nullptr) {
        for (auto& problem : check.profiles->problems(check.issuer.id, *client)) {
            problems.push_back(std::move(problem));
        }
        *client = check.profiles->settled(check.issuer.id, *std::move(client));
    }
    for (const Status& checked : {checkClientKeys(*client, check.rules),
                                  checkClientTokenFormat(*client, check.tokenFormats),
                                  checkClientSubjectType(*client, check.rules.subjects().types()),
                                  checkClientAlgorithms(*client, entry.metadata, check.signing),
                                  checkClientLifetimes(*client, check.keysKept)}) {
        if (!checked) {
            problems.push_back(checked.error().detail);
        }
    }
    if (auto problem = clientSecretProblem(*client, entry.secret); !problem.empty()) {
        problems.push_back(std::move(problem));
    }
    return problems;
}

std::string memberOf(const std::string& problem) {
    return problem.substr(0, problem.find(':'));
}

/// Problems begin with the member's name.
std::string placeOf(const StaticClient& entry, const std::string& problem) {
    const auto found = entry.places.find(memberOf(problem));
    return found == entry.places.end() ? entry.place : found->second;
}

/// What is missing may only be missing because it was wrong, which is told already.
bool isNews(const StaticClient& entry, const std::string& problem) {
    return entry.isSound || entry.metadata.contains(memberOf(problem));
}

}  // namespace

Status checkStaticClients(const std::vector<StaticClient>& clients, const ClientCheck& check) {
    std::string problems;
    for (const auto& entry : clients) {
        for (const auto& problem : problemsOf(entry, check)) {
            if (isNews(entry, problem)) {
                problems +=
                    (problems.empty() ? "" : "\n") + placeOf(entry, problem) + ": " + problem;
            }
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
