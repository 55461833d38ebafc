// SPDX-License-Identifier: Apache-2.0
#include "outgoing/OutgoingRules.h"

#include "outgoing/AddressKind.h"

#include <algorithm>

namespace gatehouse {
namespace {

constexpr const char* cure = "; if that is meant, list it under outgoing.allow";

}  // namespace

Result<OutgoingRules> OutgoingRules::make(const std::vector<std::string>& allowed) {
    OutgoingRules rules;
    for (const auto& entry : allowed) {
        const auto url = OutgoingUrl::parse(entry);
        const auto range = AddressRange::parse(entry);
        if (url && url->target == "/") {
            rules.origins_.insert(url->origin());
        } else if (range) {
            rules.ranges_.push_back(*range);
        } else {
            return Error::badInput("\"" + entry +
                                   "\" is neither an origin (try http://127.0.0.1:8080) nor an "
                                   "address or range (try 10.0.0.0/8)");
        }
    }
    return rules;
}

Status OutgoingRules::judge(const OutgoingUrl& url) const {
    if (url.isSecure || isListed(url)) {
        return done();
    }
    return Error::notAllowed(url.origin() + " is not https" + cure);
}

Status OutgoingRules::judge(const OutgoingUrl& url, const NetworkAddress& address) const {
    const auto kind = specialKind(address);
    const bool isInRange =
        std::any_of(ranges_.begin(), ranges_.end(),
                    [&](const AddressRange& range) { return range.contains(address); });
    if (kind.empty() || isListed(url) || isInRange) {
        return done();
    }
    return Error::notAllowed(url.origin() + " is at " + address.text() + ", " + std::string(kind) +
                             cure);
}

}  // namespace gatehouse
