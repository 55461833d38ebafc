// SPDX-License-Identifier: Apache-2.0
#include "login/ConsentService.h"

#include <gatehouse/Records.h>

#include "authorization/ConsentNotes.h"
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
Allowed allowedIn(const std::optional<Record>& record, const Client& client) {
    const auto payload = record ? parseJson(record->payload) : std::nullopt;
    const bool isOfClient = payload && payload->map() != nullptr &&
                            payload->map()->text("registration") == client.registration;
    if (!isOfClient) {
        return {};
    }
    return {ScopeSet::parse(payload->map()->text("scope")),
            textsOf(payload->map()->find("resources")), objectOf(*payload->map(), "notes"),
            Expect{record->kind, record->key, Expect::State::version, record->version}};
}

KeptConsent consentOf(const Record& record) {
    KeptConsent consent;
    consent.clientId = record.key.substr(record.key.find('/') + 1);
    consent.expires = record.expires;
    if (const auto payload = parseJson(record.payload); payload && payload->map() != nullptr) {
        consent.scopes = ScopeSet::parse(payload->map()->text("scope"));
        consent.given = TimePoint{milliseconds{numberOf(*payload->map(), "time")}};
        consent.registration = payload->map()->text("registration");
    }
    return consent;
}

/// Takes the scopes, or with none all of them, out of what is kept. False: none of them is there.
bool without(Record& record, const ScopeSet& scopes) {
    auto payload = parseJson(record.payload);
    if (!payload || payload->map() == nullptr) {
        return scopes.empty();
    }
    const auto before = ScopeSet::parse(payload->map()->text("scope"));
    ScopeSet left;
    for (const auto& scope : before) {
        if (!scopes.empty() && !scopes.contains(scope)) {
            left.add(scope);
        }
    }
    payload->map()->set("scope", left.text());
    payload->map()->erase("notes");
    record.payload = toJson(*payload);
    return left.text() != before.text();
}

}  // namespace

Result<Allowed> ConsentService::find(const Context& context, std::string_view sub,
                                     const Client& client) const {
    const auto record = host_.records().find(context, kind, keyOf(sub, client.id));
    return record ? Result<Allowed>(allowedIn(*record, client)) : record.error();
}

Status ConsentService::remember(const Context& context, std::string_view sub, const Client& client,
                                const Allowed& allowed, const ConsentNotes& rules,
                                Batch& batch) const {
    const auto earlier = host_.records().find(context, kind, keyOf(sub, client.id));
    if (!earlier) {
        return earlier.error();
    }
    auto all = allowedIn(*earlier, client);
    for (const auto& scope : allowed.scopes) {
        all.scopes.add(scope);
    }
    for (const auto& resource : allowed.resources) {
        if (!all.covers({resource})) {
            all.resources.push_back(resource);
        }
    }
    auto notes = rules.kept(std::move(all.notes), allowed.notes);
    if (!notes) {
        return notes.error();
    }
    const auto now = host_.clock().now();
    Record record;
    record.kind = kind;
    record.key = keyOf(sub, client.id);
    record.links = {{"subject", std::string(sub)}, {"client", client.id}};
    record.expires = now + lifetime;
    ValueMap payload{{"scope", all.scopes.text()}, {"time", now.time_since_epoch().count()}};
    if (!client.registration.empty()) {
        payload.set("registration", client.registration);
    }
    if (!all.resources.empty()) {
        payload.set("resources", listOfTexts(all.resources));
    }
    if (!notes->empty()) {
        payload.set("notes", *std::move(notes));
    }
    record.payload = toJson(payload);
    batch.expects.push_back(
        *earlier ? Expect{record.kind, record.key, Expect::State::version, (*earlier)->version}
                 : Expect{record.kind, record.key, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    return done();
}

Result<std::vector<KeptConsent>> ConsentService::list(const Context& context,
                                                      std::string_view sub) const {
    std::vector<KeptConsent> consents;
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

/// Read again when the person allows something meanwhile.
Result<bool> ConsentService::withdraw(const Context& context, std::string_view sub,
                                      std::string_view clientId, const ScopeSet& scopes) const {
    constexpr int mostTries = 20;
    const auto key = keyOf(sub, clientId);
    for (int tries = 0; tries < mostTries; ++tries) {
        auto record = host_.records().find(context, kind, key);
        if (!record) {
            return record.error();
        }
        if (!*record || !without(**record, scopes)) {
            return false;
        }
        Batch batch;
        batch.expects.push_back({(*record)->kind, key, Expect::State::version, (*record)->version});
        if (consentOf(**record).scopes.empty()) {
            batch.erases.push_back({(*record)->kind, key});
        } else {
            batch.puts.push_back(**std::move(record));
        }
        const auto outcome = host_.records().apply(context, std::move(batch));
        if (!outcome || outcome->applied()) {
            return outcome ? Result<bool>(true) : outcome.error();
        }
    }
    return Error::unavailable("a consent is changed by others all the time");
}

}  // namespace gatehouse
