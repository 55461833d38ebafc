// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"

#include "client/ClientMetadata.h"

#include <algorithm>
#include <mutex>

namespace gatehouse {

namespace {

/// More clients than this are not kept in memory at once; a deployment beyond it reads the storage
/// now and then.
constexpr std::size_t cacheLimit = 20'000;

}  // namespace

ClientDirectory::ClientDirectory(Records& records, std::vector<Client> staticClients)
    : records_(records), staticClients_(std::move(staticClients)) {}

Result<std::shared_ptr<const Client>> ClientDirectory::find(const Context& context,
                                                            std::string_view clientId) const {
    std::uint64_t before = 0;
    {
        const std::shared_lock lock(mutex_);
        before = forgotten_;
        if (const auto found = cache_.find(Less::View{context.issuer.id, clientId});
            found != cache_.end()) {
            return found->second;
        }
    }
    auto client = read(context, clientId);
    if (!client || *client == nullptr) {
        return client;
    }
    if ((*client)->isDisabled) {
        return std::shared_ptr<const Client>();
    }
    const std::unique_lock lock(mutex_);
    if (before == forgotten_) {  // what was read may already be stale otherwise
        if (cache_.size() >= cacheLimit) {
            cache_.clear();
        }
        cache_.insert_or_assign(Key{context.issuer.id, std::string(clientId)}, *client);
    }
    return client;
}

Result<std::shared_ptr<const Client>> ClientDirectory::read(const Context& context,
                                                            std::string_view clientId) const {
    for (const auto& client : staticClients_) {
        if (client.id == clientId) {
            return std::make_shared<const Client>(client);
        }
    }
    auto record = records_.find(context, "client", clientId);
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
    const std::unique_lock lock(mutex_);
    ++forgotten_;
    if (const auto found = cache_.find(Less::View{issuer, clientId}); found != cache_.end()) {
        cache_.erase(found);
    }
}

}  // namespace gatehouse
