// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Short number of an issuer inside one deployment; part of every stored record.
using IssuerId = std::uint32_t;

/// An issuer as requests see it (RFC 8414 section 2).
struct Issuer {
    IssuerId id = 1;
    std::string url;  ///< exactly the `iss` value; no trailing slash is added or removed
    std::string path;  ///< the path part of `url`, "" or "/tenant"; endpoints live below it
    std::vector<std::string> grants = {};  ///< grant types it allows; empty: all that are loaded
    std::vector<std::string> userStores = {};  ///< instances that know its people; empty: all
    /// Scheme, host and port at which its endpoints are found too, and clients are asked for a
    /// certificate (RFC 8705 section 5): the paths are those below `url`. Empty: nowhere.
    std::string mtlsUrl = {};

    bool allowsGrant(std::string_view type) const { return isIn(grants, type); }
    /// A person of any other user store is nobody here.
    bool asksUserStore(std::string_view instance) const { return isIn(userStores, instance); }
    /// Scheme, host and port of `url`.
    std::string_view origin() const {
        return std::string_view(url).substr(0, url.size() - std::min(path.size(), url.size()));
    }

private:
    static bool isIn(const std::vector<std::string>& named, std::string_view name) {
        return named.empty() || std::find(named.begin(), named.end(), name) != named.end();
    }
};

/// What every call while serving is told first. All views outlive the call, nothing longer.
struct Context {
    const Issuer& issuer;
    std::string_view requestId;  ///< for log lines; safe characters only
    std::string_view traceParent;  ///< W3C trace context to pass on; may be empty
    SteadyPoint deadline;  ///< give up with Fault::unavailable after this moment
    SteadyPoint begun = SteadyPoint::max();  ///< when the request had arrived; max: just now
    std::string_view remoteAddress = {};  ///< of who asks; empty: the server itself does
};

}  // namespace gatehouse
