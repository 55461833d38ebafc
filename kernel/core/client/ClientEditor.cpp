// SPDX-License-Identifier: Apache-2.0
#include "client/ClientEditor.h"

#include <gatehouse/point/KeyStore.h>

#include "client/ClientAlgorithms.h"
#include "client/ClientDirectory.h"
#include "client/ClientKeys.h"
#include "client/ClientMetadata.h"
#include "client/ClientRecord.h"
#include "client/ClientRules.h"
#include "client/ClientSecrets.h"
#include "client/Lifetimes.h"
#include "client/OwnClientRules.h"
#include "client/OwnWords.h"
#include "client/RedirectUri.h"
#include "client/SettledWords.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// How long a replaced key stays published.
milliseconds keysKept(Host& host) {
    auto kept = milliseconds::max();
    for (const auto& store : host.all<KeyStore>()) {
        kept = std::min(kept, store.plugin->keepsFor());
    }
    return kept;
}

Error unknown(std::string_view clientId) {
    return Error::badInput("no client \"" + std::string(clientId) + "\"");
}

/// A command would take one that begins with "-" for an option.
std::string newClientId(Random& random) {
    std::string id;
    do {
        id = base64url(random.bytes(12));
    } while (id.front() == '-');
    return id;
}

/// Turning a client off or on admits nothing anew.
bool isSwitch(const ValueMap& changes) {
    const Value* disabled = changes.find("disabled");
    return changes.size() == 1 && disabled != nullptr && disabled->boolean() != nullptr;
}

Status checkUnderstood(const ClientRules& rules, ValueMap changes) {
    changes.erase("disabled");
    const auto member = rules.notUnderstood(changes);
    return member.empty() ? done() : Error::badInput(member + ": no plugin understands it");
}

/// A null takes a member away.
ValueMap changed(ValueMap metadata, const ValueMap& changes) {
    for (const auto& change : changes) {
        if (change.value.isNull()) {
            metadata.erase(change.name);
        } else if (change.name != "disabled") {
            metadata.set(change.name, change.value);
        }
    }
    return metadata;
}

Status checkUris(const Client& client, const ValueMap& changes) {
    const bool changesUris =
        changes.contains("redirect_uris") || changes.contains("any_app_scheme");
    auto checked = changesUris ? checkRedirectUris(client.redirectUris, client.metadata) : done();
    return checked && changes.contains("post_logout_redirect_uris")
               ? checkLogoutUris(client.metadata)
               : checked;
}

}  // namespace

Result<NewClient> ClientEditor::add(const Context& context, ValueMap metadata) {
    if (metadata.text("client_id").empty()) {
        metadata.set("client_id", newClientId(host_.random()));
    }
    return make(context, std::move(metadata), {});
}

Result<NewClient> ClientEditor::enroll(const Context& context, SelfRegistration wish) {
    wish.metadata.set("client_id", newClientId(host_.random()));
    wish.metadata.set("client_id_issued_at", toSeconds(host_.clock().now()));
    wish.metadata.erase("client_secret");
    return make(context,
                withSettled(context.issuer.id, directory_.profiles(), rules_, wish.metadata), wish);
}

Result<NewClient> ClientEditor::make(const Context& context, ValueMap metadata,
                                     const SelfRegistration& wish) {
    const std::string id(metadata.text("client_id"));
    auto known = directory_.read(context, id);
    if (!known) {
        return known.error();
    }
    if (*known != nullptr) {
        return Error::badInput("client_id: \"" + id + "\" is taken");
    }
    auto made = draft(context, std::move(metadata));
    if (!made) {
        return made.error();
    }
    made->client.kept = wish.kept;
    made->client.unusedUntil = wish.unusedUntil;
    auto written = insert(context, made->client);
    return written ? std::move(made) : written.error();
}

Result<NewClient> ClientEditor::draft(const Context& context, ValueMap metadata) const {
    Secret secret(metadata.text("client_secret"));
    metadata.erase("client_secret");
    auto client = clientFromMetadata(metadata);
    if (!client) {
        return client.error();
    }
    if (auto checked = check(context, *client, metadata); !checked) {
        return checked.error();
    }
    if (needsClientSecret(*client) && secret.empty()) {
        secret = makeClientSecret(host_.random());
    }
    if (auto problem = clientSecretProblem(*client, secret); !problem.empty()) {
        return Error::badInput(std::move(problem));
    }
    if (!secret.empty()) {
        client->secrets.push_back(keptClientSecret(host_, *client, secret));
    }
    client->registration = newRegistration(host_.random());
    return NewClient{*std::move(client), std::move(secret)};
}

Result<std::optional<StoredClient>> ClientEditor::read(const Context& context,
                                                       std::string_view clientId) const {
    const auto record = host_.records().find(context, clientKind, clientId);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::optional<StoredClient>();
    }
    auto client = clientFromPayload((*record)->payload);
    return client ? Result<std::optional<StoredClient>>(
                        StoredClient{*std::move(client), (*record)->version})
                  : client.error();
}

Result<NewClient> ClientEditor::replace(const Context& context, const StoredClient& before,
                                        const SelfRegistration& wish) {
    const Client& known = before.client;
    if (wish.metadata.contains("client_secret") &&
        !isClientSecret(host_, known, Secret(wish.metadata.text("client_secret")))) {
        return Error::badInput("client_secret: is not the present one");
    }
    const ValueMap metadata =
        withSettled(context.issuer.id, directory_.profiles(), rules_,
                    withOwnWords(rules_, clientMetadata(known), wish.metadata));
    auto client = clientFromMetadata(metadata);
    if (!client) {
        return client.error();
    }
    if (auto checked = check(context, *client, metadata); !checked) {
        return checked.error();
    }
    if (auto checked = rules_.subjects().checkSame(context, known, *client); !checked) {
        return checked.error();
    }
    client->registration = known.registration;
    client->isDisabled = known.isDisabled;
    client->unusedUntil = known.unusedUntil;
    client->kept = wish.kept;
    Secret secret;
    if (keepsClientSecrets(known, *client)) {
        client->secrets = known.secrets;
    } else if (needsClientSecret(*client)) {
        secret = makeClientSecret(host_.random());
        client->secrets.push_back(keptClientSecret(host_, *client, secret));
    }
    auto written = write(context, *client, Expect::State::version, before.version);
    return written ? Result<NewClient>(NewClient{*std::move(client), std::move(secret)})
                   : written.error();
}

Result<Client> ClientEditor::update(const Context& context, std::string_view clientId,
                                    const ValueMap& changes) {
    auto record = readRecord(context, clientId);
    if (!record) {
        return record.error();
    }
    auto before = clientFromPayload(record->payload);
    if (!before) {
        return before.error();
    }
    if (isSwitch(changes)) {
        return turn(context, *std::move(before), isTrue(changes, "disabled"), record->version);
    }
    auto client = clientFromMetadata(changed(clientMetadata(*before), changes));
    if (!client) {
        return client.error();
    }
    if (client->id != clientId) {
        return Error::badInput("client_id: cannot be changed");
    }
    if (client->authMethod != before->authMethod && needsClientSecret(*client)) {
        return Error::badInput("token_endpoint_auth_method: give the client a new one with `client "
                               "add`; its secret is kept in another form");
    }
    if (auto checked = check(context, *client, changes); !checked) {
        return checked.error();
    }
    client->registration = before->registration;
    client->secrets = before->secrets;
    client->unusedUntil = before->unusedUntil;
    client->kept = before->kept;
    client->sourced = before->sourced;
    const Value* disabled = changes.find("disabled");
    client->isDisabled = disabled != nullptr && disabled->boolean() != nullptr
                             ? *disabled->boolean()
                             : before->isDisabled;
    if (auto written = write(context, *client, Expect::State::version, record->version); !written) {
        return written.error();
    }
    return *std::move(client);
}

Result<Client> ClientEditor::turn(const Context& context, Client client, bool isOff,
                                  std::uint64_t version) {
    client.isDisabled = isOff;
    auto written = write(context, client, Expect::State::version, version);
    return written ? Result<Client>(std::move(client)) : written.error();
}

Status ClientEditor::check(const Context& context, const Client& client,
                           const ValueMap& changes) const {
    const auto& profiles = directory_.profiles();
    if (auto checked = checkChanged(profiles.settled(context.issuer.id, client), changes);
        !checked) {
        return checked;
    }
    if (auto checked = checkUnderstood(rules_, changes); !checked) {
        return checked;
    }
    const auto metadata = clientMetadata(client);
    auto problems = profiles.problems(context.issuer.id, client);
    problems = problems.empty() ? rules_.problems(context, metadata) : problems;
    return problems.empty() ? rules_.checkRemote(context, metadata)
                            : Error::badInput(problems.front());
}

/// What is not changed is left alone, as the storage has it.
Status ClientEditor::checkChanged(const Client& client, const ValueMap& changes) const {
    if (auto checked = checkUris(client, changes); !checked) {
        return checked;
    }
    const bool hasOldKeys = client.metadata.contains("jwks") && !changes.contains("jwks") &&
                            !changes.contains("token_endpoint_auth_method");
    if (auto checked = hasOldKeys ? done() : checkClientKeys(client, rules_); !checked) {
        return checked;
    }
    if (auto checked = changes.contains("access_token_format")
                           ? checkClientTokenFormat(client, tokenFormats_)
                           : done();
        !checked) {
        return checked;
    }
    if (auto checked = changes.contains("subject_type")
                           ? checkClientSubjectType(client, rules_.subjects().types())
                           : done();
        !checked) {
        return checked;
    }
    if (changes.contains(accessTokenTtl.name) || changes.contains(idTokenTtl.name)) {
        if (auto checked = checkClientLifetimes(client, keysKept(host_)); !checked) {
            return checked;
        }
    }
    return checkClientAlgorithms(client, changes, host_.jose().signingAlgorithms());
}

Result<NewClient> ClientEditor::rotateSecret(const Context& context, std::string_view clientId,
                                             seconds overlap) {
    auto record = readRecord(context, clientId);
    if (!record) {
        return record.error();
    }
    auto client = clientFromPayload(record->payload);
    if (!client) {
        return client.error();
    }
    if (!needsClientSecret(*client)) {
        return Error::badInput("client \"" + client->id + "\" uses " + client->authMethod +
                               ", which has no secret");
    }
    const TimePoint now = host_.clock().now();
    auto& secrets = client->secrets;
    secrets.erase(std::remove_if(secrets.begin(), secrets.end(),
                                 [&](const auto& old) { return old.expires <= now; }),
                  secrets.end());
    for (auto& old : secrets) {
        old.expires = std::min(old.expires, now + overlap);
    }
    Secret secret = makeClientSecret(host_.random());
    secrets.push_back(keptClientSecret(host_, *client, secret));
    if (auto written = write(context, *client, Expect::State::version, record->version); !written) {
        return written.error();
    }
    return NewClient{*std::move(client), std::move(secret)};
}

Status ClientEditor::remove(const Context& context, std::string_view clientId) {
    auto record = readRecord(context, clientId);
    if (!record) {
        return record.error();
    }
    auto client = clientFromPayload(record->payload);
    if (!client) {
        return client.error();
    }
    auto outcome = host_.records().apply(context, eraseClient(context, host_.clock(), *client));
    if (!outcome) {
        return outcome.error();
    }
    directory_.forget(context.issuer.id, clientId);
    return done();
}

Result<ClientPage> ClientEditor::list(const Context& context, std::string_view after,
                                      std::size_t limit) const {
    auto page = host_.records().list(context, clientKind, {}, after, limit);
    if (!page) {
        return page.error();
    }
    ClientPage clients;
    clients.next = page->next;
    for (const auto& record : page->records) {
        auto client = clientFromPayload(record.payload);
        if (!client) {
            return client.error();
        }
        clients.clients.push_back(*std::move(client));
    }
    return clients;
}

Result<Record> ClientEditor::readRecord(const Context& context, std::string_view clientId) const {
    const auto ofFiles = directory_.staticClients(context.issuer.id);
    if (!ofFiles) {
        return ofFiles.error();
    }
    for (const auto& client : **ofFiles) {
        if (client.id == clientId) {
            return Error::badInput("client \"" + client.id +
                                   "\" is registered in a file of clients_dir; change it there");
        }
    }
    auto record = host_.records().find(context, clientKind, clientId);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return unknown(clientId);
    }
    return **std::move(record);
}

Status ClientEditor::write(const Context& context, const Client& client, Expect::State expect,
                           std::uint64_t version) {
    auto outcome =
        host_.records().apply(context, putClient(context, host_.clock(), client, expect, version));
    if (!outcome) {
        return outcome.error();
    }
    directory_.forget(context.issuer.id, client.id);
    return outcome->applied()
               ? done()
               : Error::notAllowed("client \"" + client.id +
                                   "\" was changed by somebody else just now; try again");
}

}  // namespace gatehouse
