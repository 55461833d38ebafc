// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "http/NetworkAddress.h"
#include "outgoing/OutgoingUrl.h"

#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// Where requests may go: by https to public addresses, and wherever else the operator lists. Pure.
class OutgoingRules {
public:
    OutgoingRules() = default;
    /// Each entry is an origin, "http://127.0.0.1:8080", which may be asked whatever its scheme and
    /// addresses, or an address or range, "10.0.0.0/8", which may be asked by https.
    /// Fault::badInput names the one that is neither.
    static Result<OutgoingRules> make(const std::vector<std::string>& allowed);

    /// May this be asked at all? Before its addresses are known.
    Status judge(const OutgoingUrl& url) const;
    /// May it be asked at this address?
    Status judge(const OutgoingUrl& url, const NetworkAddress& address) const;

private:
    bool isListed(const OutgoingUrl& url) const { return origins_.count(url.origin()) > 0; }

    std::set<std::string> origins_;
    std::vector<AddressRange> ranges_;
};

}  // namespace gatehouse
