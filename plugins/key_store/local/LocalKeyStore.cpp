// SPDX-License-Identifier: Apache-2.0
#include "LocalKeyStore.h"

#include "jose/Algorithm.h"
#include "jose/JweAlgorithm.h"
#include "text/Rfc3339.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// For one that has no deadline.
constexpr milliseconds longestTurn{60'000};
constexpr const char* kind = "key";
constexpr const char* topic = "key";
constexpr std::ptrdiff_t mostKeysOfAnAlgorithm = 16;
constexpr int attempts = 5;
constexpr auto noticeLifetime = std::chrono::hours{1};

std::string ringKey(IssuerId issuer) {
    return "ring/" + std::to_string(issuer);
}

std::ptrdiff_t keysOf(const KeyRing& ring, std::string_view algorithm) {
    return std::count_if(ring.keys.begin(), ring.keys.end(),
                         [&](const RingKey& key) { return key.algorithm == algorithm; });
}

TimePoint firstPending(const KeyRing& ring, TimePoint now) {
    TimePoint first = never;
    for (const auto& key : ring.keys) {
        first = key.activates > now ? std::min(first, key.activates) : first;
    }
    return first;
}

/// Those of the known ones that are wanted, each once.
std::vector<std::string_view> chosen(const std::vector<std::string>& wanted,
                                     const std::vector<std::string_view>& known) {
    std::vector<std::string_view> found;
    for (const auto& name : wanted) {
        const auto row = std::find(known.begin(), known.end(), name);
        if (row != known.end() && std::find(found.begin(), found.end(), *row) == found.end()) {
            found.push_back(*row);
        }
    }
    return found;
}

/// Algorithms to make a key for.
Result<std::vector<std::string_view>> wantedOf(const KeySchedule& schedule, const KeyRing& ring,
                                               TimePoint now, bool isRotation) {
    if (!isRotation) {
        return schedule.due(ring, now);
    }
    auto settled = schedule.settled(ring, now);
    if (settled.empty()) {
        return Error::badInput("the next signing keys are published already and sign from " +
                               rfc3339Second(firstPending(ring, now)) + " on; nothing was made");
    }
    return settled;
}

}  // namespace

Status LocalKeyStore::configure(const Config& config, Host& host) {
    host_ = &host;
    text_ = std::make_unique<KeyRingText>(host.crypto(), host.clock());
    schedule_.publishFor = config.duration("publish_for");
    schedule_.keepFor = config.duration("keep_for");
    schedule_.rotateEvery = config.duration("rotate_every");
    signing_ = chosen(config.list("algorithms"), keyPairAlgorithms());
    decryption_ = chosen(config.list("encryption"), jweAlgorithms());
    schedule_.algorithms = signing_;
    schedule_.algorithms.insert(schedule_.algorithms.end(), decryption_.begin(), decryption_.end());
    if (signing_.empty()) {
        return Error::badInput(config.place("algorithms") + ": algorithms names none");
    }
    return done();
}

std::vector<std::string_view> LocalKeyStore::algorithms() const {
    return signing_;
}

Result<std::vector<PublicKey>> LocalKeyStore::publicKeys(const Context& context) const {
    const auto ring = ringOf(context);
    if (!ring) {
        return ring.error();
    }
    const TimePoint now = host_->clock().now();
    std::vector<PublicKey> keys;
    for (const auto& key : (*ring)->keys) {
        if (const auto phase = schedule_.phaseOf(**ring, key, now)) {
            keys.push_back(
                {key.id, key.algorithm, phase->state, key.created, phase->changes, key.jwk});
        }
    }
    std::stable_sort(keys.begin(), keys.end(), [](const PublicKey& left, const PublicKey& right) {
        return left.created > right.created;
    });
    return keys;
}

/// What is published follows from the ring and from how far its keys are in their lives.
std::uint64_t LocalKeyStore::version(const Context& context) const noexcept {
    constexpr unsigned changeBits = 16;
    const auto kept = rings_.kept(context.issuer.id);
    if (kept.ring == nullptr) {
        return 0;
    }
    const TimePoint now = host_->clock().now();
    const auto& changes = kept.ring->changes;
    const auto behind = std::count_if(changes.begin(), changes.end(),
                                      [now](TimePoint change) { return change <= now; });
    return (kept.number << changeBits) + static_cast<std::uint64_t>(behind);
}

Result<std::string> LocalKeyStore::sign(const Context& context, std::string_view keyId,
                                        std::string_view input) const {
    const auto ring = ringOf(context);
    if (!ring) {
        return ring.error();
    }
    const RingKey* key = (*ring)->find(keyId);
    if (key == nullptr || key->signer == nullptr) {
        return Error::unavailable("there is no signing key " + std::string(keyId));
    }
    return key->signer->sign(input);
}

Result<std::optional<Secret>> LocalKeyStore::decrypt(const Context& context, std::string_view keyId,
                                                     std::string_view input) const {
    const auto ring = ringOf(context);
    if (!ring) {
        return ring.error();
    }
    const RingKey* key = (*ring)->find(keyId);
    if (key == nullptr || key->decrypter == nullptr) {
        return Error::unavailable("there is no encryption key " + std::string(keyId));
    }
    return key->decrypter->open(input);
}

Status LocalKeyStore::rotate(const Context& context) {
    const auto ring = bringUpToDate(context, true);
    return ring ? done() : Status{ring.error()};
}

Status LocalKeyStore::refresh(const Context& context) {
    const auto ring = bringUpToDate(context, false);
    return ring ? done() : Status{ring.error()};
}

Result<LocalKeyStore::SharedRing> LocalKeyStore::ringOf(const Context& context) const {
    if (auto ring = rings_.of(context.issuer.id)) {
        return ring;
    }
    return bringUpToDate(context, false);
}

Result<LocalKeyStore::SharedRing> LocalKeyStore::bringUpToDate(const Context& context,
                                                               bool isRotation) const {
    auto ring = stored(context);
    if (!ring) {
        return ring;
    }
    if (!isRotation && isUpToDate(**ring)) {
        rings_.putRead(context.issuer.id, *ring);
        return ring;
    }
    const auto left = context.deadline - host_->clock().steady();
    if (!turns_.take(std::min<milliseconds>(left, longestTurn))) {
        return Error::unavailable("other signing keys are being made");
    }
    const std::unique_ptr<KeyTurns, void (*)(KeyTurns*)> turn(
        &turns_, [](KeyTurns* turns) { turns->giveBack(); });
    return change(context, isRotation);
}

bool LocalKeyStore::isUpToDate(const KeyRing& ring) const {
    const TimePoint now = host_->clock().now();
    return schedule_.due(ring, now).empty() &&
           std::all_of(ring.keys.begin(), ring.keys.end(), [&](const RingKey& key) {
               return schedule_.phaseOf(ring, key, now).has_value();
           });
}

/// In one's turn. What another thread or node has changed meanwhile is read again.
Result<LocalKeyStore::SharedRing> LocalKeyStore::change(const Context& context,
                                                        bool isRotation) const {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto before = stored(context);
        if (!before) {
            return before.error();
        }
        auto next = plan(context, **before, isRotation);
        if (!next) {
            return next.error();
        }
        if (next->made.empty() && next->purged == 0) {
            rings_.put(context.issuer.id, *before);
            return *before;
        }
        const auto isStored = store(context, next->ring);
        if (!isStored) {
            return isStored.error();
        }
        if (*isStored) {
            tell(context, *next);
            ++next->ring.version;
            SharedRing after = shared(std::move(next->ring));
            rings_.put(context.issuer.id, after);
            return after;
        }
    }
    return Error::unavailable("other nodes changed the signing keys " + std::to_string(attempts) +
                              " times meanwhile");
}

Result<LocalKeyStore::SharedRing> LocalKeyStore::stored(const Context& context) const {
    const IssuerId issuer = context.issuer.id;
    auto known = rings_.of(issuer);
    if (known == nullptr) {
        known = std::make_shared<const KeyRing>();
    }
    const auto record = host_->records().find(context, kind, ringKey(issuer));
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return std::make_shared<const KeyRing>();
    }
    if ((*record)->version == known->version && (*record)->payload == KeyRingText::write(*known)) {
        return known;
    }
    auto ring = text_->read(issuer, **record, *known);
    if (!ring) {
        return ring.error();
    }
    return shared(*std::move(ring));
}

LocalKeyStore::SharedRing LocalKeyStore::shared(KeyRing ring) const {
    ring.changes = schedule_.changesOf(ring);
    return std::make_shared<const KeyRing>(std::move(ring));
}

Result<LocalKeyStore::Plan> LocalKeyStore::plan(const Context& context, const KeyRing& ring,
                                                bool isRotation) const {
    const TimePoint now = host_->clock().now();
    Plan plan;
    plan.ring.version = ring.version;
    for (const auto& key : ring.keys) {
        if (schedule_.phaseOf(ring, key, now)) {
            plan.ring.keys.push_back(key);
        }
    }
    plan.purged = ring.keys.size() - plan.ring.keys.size();
    const auto wanted = wantedOf(schedule_, ring, now, isRotation);
    if (!wanted) {
        return wanted.error();
    }
    for (const auto algorithm : *wanted) {
        const std::ptrdiff_t existing = keysOf(ring, algorithm);
        if (existing >= mostKeysOfAnAlgorithm) {
            return Error::badInput("there are " + std::to_string(existing) + " keys for " +
                                   std::string(algorithm) +
                                   " already; wait until the retiring ones are purged");
        }
        auto key = text_->make(context.issuer.id, algorithm,
                               existing == 0 ? now : now + schedule_.publishFor);
        if (!key) {
            return key.error();
        }
        plan.made.push_back(*key);
        plan.ring.keys.push_back(*std::move(key));
    }
    return plan;
}

Result<bool> LocalKeyStore::store(const Context& context, const KeyRing& ring) const {
    const std::string key = ringKey(context.issuer.id);
    Batch batch;
    batch.expects.push_back({kind, key,
                             ring.version == 0 ? Expect::State::absent : Expect::State::version,
                             ring.version});
    Record record;
    record.kind = kind;
    record.key = key;
    record.payload = KeyRingText::write(ring);
    batch.puts.push_back(std::move(record));
    batch.notices.push_back({topic, key, context.issuer.id, host_->clock().now() + noticeLifetime});
    const auto outcome = host_->records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    return outcome->applied();
}

void LocalKeyStore::tell(const Context& context, const Plan& plan) const {
    for (const auto& key : plan.made) {
        host_->log().write(context, Level::info,
                           key.signer != nullptr ? "signing key made" : "encryption key made",
                           {{"issuer", std::int64_t{context.issuer.id}},
                            {"kid", key.id},
                            {"algorithm", key.algorithm}});
    }
    if (plan.purged > 0) {
        host_->log().write(context, Level::info, "retired signing keys purged",
                           {{"issuer", std::int64_t{context.issuer.id}},
                            {"count", static_cast<std::int64_t>(plan.purged)}});
    }
}

constexpr Field fields[] = {
    {"algorithms", Kind::list, byDefault("RS256,ES256,EdDSA,PS256"), "algorithms to keep a key for",
     oneOf("RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA")},
    {"encryption", Kind::list, optional,
     "JWE algorithms to keep a key for, to which clients may encrypt what they send",
     oneOf("RSA-OAEP|RSA-OAEP-256|ECDH-ES|ECDH-ES+A128KW|ECDH-ES+A192KW|ECDH-ES+A256KW")},
    {"publish_for", Kind::duration, byDefault("1h"),
     "how long a new key is published before anything is signed with it", between(0, INT64_MAX)},
    {"keep_for", Kind::duration, byDefault("1d"),
     "how long a replaced key stays published; at least the longest life of what it signed",
     between(0, INT64_MAX)},
    {"rotate_every", Kind::duration, byDefault("90d"),
     "how long a key is signed with before the next one; 0s: until rotated by command",
     between(0, INT64_MAX)},
};
constexpr const char* needs[] = {"storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LocalKeyStore, "local", "0.1.0",
                 "Signing keys in the storage, sealed under the root secret", gatehouse::fields,
                 gatehouse::needs)
