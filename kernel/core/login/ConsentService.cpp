// SPDX-License-Identifier: Apache-2.0
#include "login/ConsentService.h"

#include <gatehouse/Records.h>

#include "json/Json.h"

#include <chrono>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "consent";
constexpr std::chrono::hours lifetime{365 * 24};

/// A `sub` has no slash in it.
std::string keyOf(std::string_view sub, std::string_view clientId) {
    return std::string(sub).append("/").append(clientId);
}

/// What of a record counts for this client.
ScopeSet scopesIn(const std::optional<Record>& record, const Client& client) {
    const auto payload = record ? parseJson(record->payload) : std::nullopt;
    const bool isOfClient = payload && payload->map() != nullptr &&
                            payload->map()->text("registration") == client.registration;
    return isOfClient ? ScopeSet::parse(payload->map()->text("scope")) : ScopeSet{};
}

}  // namespace

Result<ScopeSet> ConsentService::find(const Context& context, std::string_view sub,
                                      const Client& client) const {
    const auto record = host_.records().find(context, kind, keyOf(sub, client.id));
    return record ? Result<ScopeSet>(scopesIn(*record, client)) : record.error();
}

Status ConsentService::remember(const Context& context, std::string_view sub, const Client& client,
                                const ScopeSet& scopes, Batch& batch) const {
    const auto earlier = host_.records().find(context, kind, keyOf(sub, client.id));
    if (!earlier) {
        return earlier.error();
    }
    auto allowed = scopesIn(*earlier, client);
    for (const auto& scope : scopes) {
        allowed.add(scope);
    }
    const auto now = host_.clock().now();
    Record record;
    record.kind = kind;
    record.key = keyOf(sub, client.id);
    record.links = {{"subject", std::string(sub)}, {"client", client.id}};
    record.expires = now + lifetime;
    ValueMap payload{{"scope", allowed.text()}, {"time", now.time_since_epoch().count()}};
    if (!client.registration.empty()) {
        payload.set("registration", client.registration);
    }
    record.payload = toJson(payload);
    batch.expects.push_back(
        *earlier ? Expect{record.kind, record.key, Expect::State::version, (*earlier)->version}
                 : Expect{record.kind, record.key, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    return done();
}

}  // namespace gatehouse
