// SPDX-License-Identifier: Apache-2.0
#include "login/ConsentService.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/Members.h"
#include "store/RecordsOf.h"

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

Consent consentOf(const Record& record) {
    Consent consent;
    consent.clientId = record.key.substr(record.key.find('/') + 1);
    consent.expires = record.expires;
    if (const auto payload = parseJson(record.payload); payload && payload->map() != nullptr) {
        consent.scopes = ScopeSet::parse(payload->map()->text("scope"));
        consent.given = TimePoint{milliseconds{numberOf(*payload->map(), "time")}};
    }
    return consent;
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

Result<std::vector<Consent>> ConsentService::list(const Context& context,
                                                  std::string_view sub) const {
    std::vector<Consent> consents;
    const auto listed =
        forEachRecordOf(sub, host_.records(), context, kind, [&](const Record& record) {
            consents.push_back(consentOf(record));
            return done();
        });
    if (!listed) {
        return listed.error();
    }
    return consents;
}

Result<bool> ConsentService::withdraw(const Context& context, std::string_view sub,
                                      std::string_view clientId) const {
    const auto key = keyOf(sub, clientId);
    Batch batch;
    batch.expects.push_back({std::string(kind), key, Expect::State::present, 0});
    batch.erases.push_back({std::string(kind), key});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

}  // namespace gatehouse
