// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// Nonces that proofs have to have (RFC 9449 section 8): one for each stretch of time, the same on
/// every node, stored nowhere. Threads: any.
class ServerNonce {
public:
    /// `life`: how long one is given out; it is taken as long again. 0: there are none.
    ServerNonce(Host& host, milliseconds life) : host_(host), life_(life) {}

    bool isWanted() const noexcept { return life_.count() > 0; }
    std::string current(const Issuer& issuer) const { return of(issuer, window()); }
    bool isGood(const Issuer& issuer, std::string_view nonce) const;

private:
    std::int64_t window() const { return host_.clock().now().time_since_epoch() / life_; }
    std::string of(const Issuer& issuer, std::int64_t window) const;

    Host& host_;
    milliseconds life_;
};

}  // namespace gatehouse
