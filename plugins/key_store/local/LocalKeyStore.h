// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/KeyDecrypter.h>
#include <gatehouse/Records.h>
#include <gatehouse/point/KeyStore.h>

#include "KeyRing.h"
#include "KeyRingText.h"
#include "KeySchedule.h"
#include "KeyTurns.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Keys in the deployment's storage that sign, and that decrypt where they are wanted; sealed under
/// its root secret. An issuer's keys are one record, so that two nodes that make keys at the same
/// time end up with the same ones.
class LocalKeyStore final : public With<KeyStore, KeepsPlainNames, KeyDecrypter> {
public:
    Status configure(const Config& config, Host& host) override;
    void stop() noexcept override { rings_.clear(); }

    std::vector<std::string_view> algorithms() const override;
    Result<std::vector<PublicKey>> publicKeys(const Context& context) const override;
    std::uint64_t version(const Context& context) const noexcept override;
    Result<std::string> sign(const Context& context, std::string_view keyId,
                             std::string_view input) const override;
    Status rotate(const Context& context) override;
    Status refresh(const Context& context) override;
    milliseconds keepsFor() const noexcept override { return schedule_.keepFor; }
    std::vector<std::string_view> decryptionAlgorithms() const override { return decryption_; }
    Result<std::optional<Secret>> decrypt(const Context& context, std::string_view keyId,
                                          std::string_view input) const override;

private:
    using SharedRing = std::shared_ptr<const KeyRing>;
    /// What a ring becomes: nothing changes when `made` is empty and `purged` is 0.
    struct Plan {
        KeyRing ring;
        std::vector<RingKey> made;
        std::size_t purged = 0;
    };

    Result<SharedRing> ringOf(const Context& context) const;
    Result<SharedRing> bringUpToDate(const Context& context, bool isRotation) const;
    Result<SharedRing> change(const Context& context, bool isRotation) const;
    bool isUpToDate(const KeyRing& ring) const;
    Result<SharedRing> stored(const Context& context) const;
    /// To be kept: with its changes.
    SharedRing shared(KeyRing ring) const;
    Result<Plan> plan(const Context& context, const KeyRing& ring, bool isRotation) const;
    /// False: another node was first.
    Result<bool> store(const Context& context, const KeyRing& ring) const;
    void tell(const Context& context, const Plan& plan) const;

    Host* host_ = nullptr;
    KeySchedule schedule_;
    std::vector<std::string_view> signing_;
    std::vector<std::string_view> decryption_;
    std::unique_ptr<KeyRingText> text_;
    mutable KeyRings rings_;
    mutable KeyTurns turns_;
};

}  // namespace gatehouse
