// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"

#include "client/ClientMetadata.h"
#include "client/ClientRecord.h"
#include "client/ClientRules.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

/// More clients than this are not kept in memory at once; a deployment beyond it reads the storage
/// now and then.
constexpr std::size_t cacheLimit = 20'000;
/// Then the storage is asked again, whatever was heard of changes.
constexpr seconds longestKept{60};
/// And a source, where what it said is not fresh any more.
constexpr seconds shortestKept{5};

std::string keyOf(IssuerId issuer, std::string_view clientId) {
    return std::to_string(issuer).append("/").append(clientId);
}

}  // namespace

ClientDirectory::ClientDirectory(Host& host, const ClientRules& rules,
                                 std::function<bool()> hearsOfChanges,
                                 StaticClients::Make staticClients, ProfileSettings settings,
                                 AskSources askSources)
    : log_(host.log()), records_(host.records()), clock_(host.clock()), rules_(rules),
      profiles_(rules, host.jose(), std::move(settings)),
      hearsOfChanges_(std::move(hearsOfChanges)), askSources_(std::move(askSources)),
      staticClients_(host.clock(), std::move(staticClients)), cache_(cacheLimit) {}

ClientDirectory::Found ClientDirectory::find(const Context& context,
                                             std::string_view clientId) const {
    const std::string key = keyOf(context.issuer.id, clientId);
    const SteadyPoint now = clock_.steady();
    const auto known = hearsOfChanges_() ? cache_.find(key) : nullptr;
    if (known && now - known->read < longestKeptOf(*known)) {
        return known->client;
    }
    const std::uint64_t before = forgotten_;
    auto client = read(context, clientId);
    if (client && askSources_) {
        client = askSources_(context, clientId, *std::move(client));
    }
    if (!client) {
        return client;
    }
    if (*client == nullptr) {  // strangers make names up: they are not kept
        cache_.forget(key);
        return client;
    }
    if (!isServed(context, **client)) {
        client->reset();
    } else if (!profiles_.of(context.issuer.id, **client).empty()) {
        *client = std::make_shared<const Client>(profiles_.settled(context.issuer.id, **client));
    }
    cache_.put(key, std::make_shared<const Known>(Known{*client, now}),
               [&] { return forgotten_ != before; });
    return client;
}

seconds ClientDirectory::longestKeptOf(const Known& known) const {
    const bool isStale = known.client && !known.client->sourced.by.empty() &&
                         clock_.now() >= known.client->sourced.freshUntil;
    return isStale ? shortestKept : longestKept;
}

/// A member may ask for more than is done without it: encryption, a signature.
bool ClientDirectory::isServed(const Context& context, const Client& client) const {
    if (client.isDisabled) {
        return false;
    }
    const auto member = rules_.notUnderstood(client.metadata);
    if (!member.empty()) {
        log_.write(context, Level::warning,
                   "client not served: no plugin understands its member " + member +
                       "; configure the one that did, or take the member away with "
                       "`client update --clear`",
                   {{"client_id", client.id}});
    }
    const auto problems = profiles_.problems(context.issuer.id, client);
    if (!problems.empty()) {
        log_.write(context, Level::warning,
                   "client not served: it contradicts the profile " +
                       profiles_.of(context.issuer.id, client) + ": " + problems.front() +
                       "; `client show` tells what holds for it",
                   {{"client_id", client.id}});
    }
    return member.empty() && problems.empty();
}

ClientDirectory::Found ClientDirectory::read(const Context& context,
                                             std::string_view clientId) const {
    const auto ofFiles = staticClients(context.issuer.id);
    if (!ofFiles) {
        return ofFiles.error();
    }
    for (const auto& client : **ofFiles) {
        if (client.id == clientId) {
            return std::make_shared<const Client>(client);
        }
    }
    auto record = records_.find(context, clientKind, clientId);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::shared_ptr<const Client>();
    }
    auto client = clientFromPayload((*record)->payload);
    if (!client) {
        return client.error();
    }
    return std::make_shared<const Client>(*std::move(client));
}

void ClientDirectory::forget(IssuerId issuer, std::string_view clientId) {
    ++forgotten_;  // first: what is being read now may be stale already
    cache_.forget(keyOf(issuer, clientId));
}

void ClientDirectory::forgetAll() {
    ++forgotten_;
    cache_.clear();
}

void noteUse(Host& host, const Context& context, const Client& client) {
    if (client.unusedUntil == never) {
        return;
    }
    const auto record = host.records().find(context, clientKind, client.id);
    if (!record || !*record) {
        return;
    }
    auto stored = clientFromPayload((*record)->payload);
    if (!stored || stored->unusedUntil == never || stored->registration != client.registration) {
        return;
    }
    stored->unusedUntil = never;
    auto batch =
        putClient(context, host.clock(), *stored, Expect::State::version, (*record)->version);
    (void)host.records().apply(context, std::move(batch));
}

}  // namespace gatehouse
