// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Result.h>

#include "http/NetworkAddress.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Which proxies may speak for their clients, and what they say. Immutable, so any thread may ask.
class ProxyTrust {
public:
    /// The error names the entry that is no address block. `tellsCertificates`: what they say of
    /// their clients' certificates counts.
    static Result<ProxyTrust> of(const std::vector<std::string>& ranges, bool tellsCertificates);

    bool trusts(const NetworkAddress& address) const noexcept;
    /// For a request that came straight from a trusted proxy: the client's address is the rightmost
    /// one in X-Forwarded-For that is not a trusted proxy's own, isSecure what the last
    /// X-Forwarded-Proto says, and the id that of X-Request-Id when it is well formed. The
    /// certificate is the one that Client-Cert names (RFC 9440) where that counts, never the
    /// proxy's own.
    void apply(HttpRequest& request) const;

private:
    void applyAddress(HttpRequest& request) const;

    std::vector<AddressRange> ranges_;
    bool tellsCertificates_ = false;
};

}  // namespace gatehouse
