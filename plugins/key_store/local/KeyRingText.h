// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/Storage.h>

#include "KeyRing.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Reads and writes a ring as it is stored: JSON, each private key sealed on its own and bound to
/// its issuer and kid.
class KeyRingText {
public:
    KeyRingText(Crypto& crypto, const Clock& clock) : crypto_(crypto), clock_(clock) {}

    /// A new key, sealed. Takes up to a second for RSA.
    Result<RingKey> make(IssuerId issuer, std::string_view algorithm, TimePoint activates);
    /// Opens a stored ring; keys that are in `known` already are taken from there. Fault::internal
    /// names the key that cannot be opened.
    Result<KeyRing> read(IssuerId issuer, const Record& record, const KeyRing& known) const;
    static std::string write(const KeyRing& ring);

private:
    template <class Made>
    Result<RingKey> seal(IssuerId issuer, std::string_view algorithm, TimePoint activates,
                         Result<Made> made);
    Result<RingKey> open(IssuerId issuer, const ValueMap& stored) const;

    Crypto& crypto_;
    const Clock& clock_;
};

}  // namespace gatehouse
