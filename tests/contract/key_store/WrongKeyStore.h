// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/KeyStore.h>

#include "../AskRecords.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

enum class Bug {
    none,
    hasSharedSecrets,
    hasNoFirstKeys,
    publishesPrivateMembers,
    signsNothingOfTheInput,
    cutsAtNul,
    signsForAnyId,
    signsAtOnce,
    dropsTheOld,
    keepsTheOld,
    versionStays,
    hasOneRing,
    isAlone,
    asksEachTime,
    awayIsEmpty,
    isPatient
};

/// The keys of a deployment, by issuer. Threads: any, one at a time.
struct FakeRings {
    std::mutex mutex;
    std::map<IssuerId, std::vector<PublicKey>> keys;  ///< `changes` is when they become active
    int made = 0;
};

/// Keys without cryptography: what one signs has its id before it. Keeps what the contract says,
/// but for one bug.
template <Bug bug> class WrongKeyStore final : public KeyStore {
public:
    explicit WrongKeyStore(std::shared_ptr<FakeRings> rings) : rings_(std::move(rings)) {}

    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> algorithms() const override {
        return {bug == Bug::hasSharedSecrets ? "HS256" : "ES256"};
    }
    Result<std::vector<PublicKey>> publicKeys(const Context& context) const override {
        const bool isAsked = !isKnown(context) || bug == Bug::asksEachTime;
        if (auto asked = isAsked ? refreshed(context) : done(); !asked) {
            return bug == Bug::awayIsEmpty
                       ? Result<std::vector<PublicKey>>(std::vector<PublicKey>{})
                       : asked.error();
        }
        const std::lock_guard lock(rings_->mutex);
        std::vector<PublicKey> published;
        for (auto key : known_[issuerOf(context)]) {
            if (phase(context, key)) {
                published.push_back(std::move(key));
            }
        }
        return published;
    }
    std::uint64_t version(const Context& context) const noexcept override {
        const std::lock_guard lock(rings_->mutex);
        std::uint64_t number = 1;
        for (auto key : known_[issuerOf(context)]) {
            const bool isThere = phase(context, key);
            number = number * 7 + (isThere ? static_cast<unsigned>(key.state) + 1 : 5);
        }
        return bug == Bug::versionStays ? 1 : number;
    }
    Result<std::string> sign(const Context& context, std::string_view keyId,
                             std::string_view input) const override {
        const auto keys = publicKeys(context);
        if (!keys) {
            return keys.error();
        }
        for (const auto& key : *keys) {
            if (key.id == keyId || bug == Bug::signsForAnyId) {
                return signature(key.id,
                                 bug == Bug::signsNothingOfTheInput ? "input" : std::string(input));
            }
        }
        return Error::unavailable("no such key");
    }
    Status rotate(const Context& context) override {
        if (auto asked = refreshed(context); !asked) {
            return asked;
        }
        const std::lock_guard lock(rings_->mutex);
        auto& ring = rings_->keys[issuerOf(context)];
        if (ring.front().changes > host_->clock().now()) {
            return Error::badInput("there is one already");
        }
        add(ring, bug == Bug::signsAtOnce ? seconds{0} : publishFor);
        known_[issuerOf(context)] = ring;
        return done();
    }
    Status refresh(const Context& context) override { return refreshed(context); }
    milliseconds keepsFor() const noexcept override { return keepFor; }

    static std::string signature(const std::string& id, std::string input) {
        return id + ":" + (bug == Bug::cutsAtNul ? input.c_str() : input);
    }

private:
    static constexpr seconds publishFor{3600};
    static constexpr seconds keepFor{86400};

    static IssuerId issuerOf(const Context& context) {
        return bug == Bug::hasOneRing ? 1 : context.issuer.id;
    }
    bool isKnown(const Context& context) const {
        const std::lock_guard lock(rings_->mutex);
        return known_.count(issuerOf(context)) > 0;
    }
    Status refreshed(const Context& context) const {
        if (auto asked = askRecords(*host_, context, bug == Bug::isPatient); !asked) {
            return asked;
        }
        const std::lock_guard lock(rings_->mutex);
        auto& stored = rings_->keys[issuerOf(context)];
        auto& ring = bug == Bug::isAlone && isMade_ ? known_[issuerOf(context)] : stored;
        if (ring.empty() || (bug == Bug::isAlone && !isMade_)) {
            ring.clear();
            add(ring, bug == Bug::hasNoFirstKeys ? publishFor : seconds{0});
            isMade_ = true;
        }
        known_[issuerOf(context)] = ring;
        return done();
    }
    void add(std::vector<PublicKey>& ring, seconds activeIn) const {
        PublicKey key;
        key.id = "key " + std::to_string(++rings_->made);
        key.algorithm = algorithms().front();
        key.created = host_->clock().now();
        key.changes = key.created + activeIn;
        key.jwk = {{"kid", key.id}, {"alg", key.algorithm}, {"use", "sig"}};
        if (bug == Bug::publishesPrivateMembers) {
            key.jwk.set("d", "secret");
        }
        ring.insert(ring.begin(), std::move(key));
    }
    /// From when it becomes active to where it is; false: its time is over. Under the lock.
    bool phase(const Context& context, PublicKey& key) const {
        const auto now = host_->clock().now();
        const auto& ring = known_[issuerOf(context)];
        const auto next = std::find_if(ring.rbegin(), ring.rend(), [&](const auto& other) {
            return other.changes > key.changes;
        });
        if (key.changes > now) {
            key.state = KeyState::pending;
            return true;
        }
        const bool isActive = next == ring.rend() || next->changes > now;
        key.state = isActive ? KeyState::active : KeyState::retiring;
        key.changes = next == ring.rend() ? never
                      : isActive          ? next->changes
                                          : next->changes + keepFor;
        return isActive || bug == Bug::keepsTheOld ||
               (key.changes > now && bug != Bug::dropsTheOld);
    }

    std::shared_ptr<FakeRings> rings_;
    Host* host_ = nullptr;
    mutable bool isMade_ = false;
    mutable std::map<IssuerId, std::vector<PublicKey>> known_;
};

}  // namespace gatehouse
