// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ClaimsSource.h>

#include "plugin/Watched.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Claims that plugins add; made once a generation. What a plugin throws or answers amiss is
/// Fault::internal. Threads: any.
class ClaimsSources {
public:
    ClaimsSources(Host& host, const std::vector<Host::Named<ClaimsSource>>& plugins);

    /// All of it outlives the call.
    struct About {
        const Client& client;
        const Subject& subject;
        const ScopeSet& scopes;
        const ValueMap& person;
        const ValueMap& notes;  ///< of rules, by instance
    };
    /// Adds what they tell there.
    Status addTo(ValueMap& claims, const Context& context, const About& about,
                 std::string_view target) const;
    bool empty() const noexcept { return sources_.empty(); }
    /// Of all claims that they may give.
    std::vector<std::string> names() const;

private:
    struct Source {
        Watched<ClaimsSource> plugin;
        std::vector<std::string> names;
    };

    std::vector<Source> sources_;
};

}  // namespace gatehouse
