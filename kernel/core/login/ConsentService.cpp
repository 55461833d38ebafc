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

}  // namespace

Result<ScopeSet> ConsentService::find(const Context& context, std::string_view sub,
                                      std::string_view clientId) const {
    auto record = host_.records().find(context, kind, keyOf(sub, clientId));
    if (!record) {
        return record.error();
    }
    const auto payload = *record ? parseJson((*record)->payload) : std::nullopt;
    if (!payload || payload->map() == nullptr) {
        return ScopeSet{};
    }
    return ScopeSet::parse(payload->map()->text("scope"));
}

Status ConsentService::remember(const Context& context, std::string_view sub,
                                std::string_view clientId, const ScopeSet& scopes,
                                Batch& batch) const {
    auto allowed = find(context, sub, clientId);
    if (!allowed) {
        return allowed.error();
    }
    for (const auto& scope : scopes) {
        allowed->add(scope);
    }
    const auto now = host_.clock().now();
    Record record;
    record.kind = kind;
    record.key = keyOf(sub, clientId);
    record.links = {{"subject", std::string(sub)}, {"client", std::string(clientId)}};
    record.expires = now + lifetime;
    record.payload =
        toJson(ValueMap{{"scope", allowed->text()}, {"time", now.time_since_epoch().count()}});
    batch.puts.push_back(std::move(record));
    return done();
}

}  // namespace gatehouse
