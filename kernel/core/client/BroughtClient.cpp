// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientMetadata.h"
#include "client/ClientRecord.h"
#include "client/ClientRules.h"
#include "client/ClientSecrets.h"
#include "client/OwnWords.h"
#include "client/SettledWords.h"

#include <algorithm>
#include <utility>

// How ClientEditor takes in what a source says of a client.

namespace gatehouse {

namespace {

/// Of one that never gets a code or token.
constexpr seconds unusedFor{3600};

std::vector<std::string> sorted(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    return texts;
}

bool isAnsweredAlike(const Client& before, const Client& after) {
    return before.authMethod == after.authMethod &&
           sorted(before.redirectUris) == sorted(after.redirectUris);
}

ValueMap newcomer(std::string_view clientId, TimePoint now) {
    return {{"client_id", std::string(clientId)}, {"client_id_issued_at", toSeconds(now)}};
}

}  // namespace

Result<Client> ClientEditor::bring(const Context& context, std::string_view clientId,
                                   const std::optional<StoredClient>& before, const ValueMap& said,
                                   Sourced sourced) {
    const TimePoint now = host_.clock().now();
    const auto known = before ? clientMetadata(before->client) : newcomer(clientId, now);
    const auto metadata = withSettled(context.issuer.id, directory_.profiles(), rules_,
                                      withOwnWords(rules_, known, said));
    auto client = clientFromMetadata(metadata);
    if (!client) {
        return client.error();
    }
    if (needsClientSecret(*client)) {
        return Error::badInput("token_endpoint_auth_method: " + client->authMethod +
                               " needs a secret, and nobody gives such a client one");
    }
    if (auto checked = check(context, *client, metadata); !checked) {
        return checked.error();
    }
    const bool isSame = before && isAnsweredAlike(before->client, *client) &&
                        rules_.subjects().checkSame(context, before->client, *client);
    client->registration = isSame ? before->client.registration : newRegistration(host_.random());
    client->isDisabled = before && before->client.isDisabled;
    client->unusedUntil = before ? before->client.unusedUntil : now + unusedFor;
    client->sourced = std::move(sourced);
    auto written = write(context, *client, before ? Expect::State::version : Expect::State::absent,
                         before ? before->version : 0);
    return written ? Result<Client>(*std::move(client)) : written.error();
}

}  // namespace gatehouse
