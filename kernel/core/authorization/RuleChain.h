// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/point/AuthorizationRule.h>

#include "plugin/Watched.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The rules that plugins bring, in their order; made once a generation. What a plugin throws or
/// answers amiss is `server_error`. Threads: any.
class RuleChain {
public:
    /// `order`: names of instances.
    RuleChain(Host& host, const std::vector<std::string>& order);

    /// What they note about a request that the kernel lets pass, each under its name; or why one of
    /// them refuses it.
    Result<ValueMap, OAuthError> ask(const RequestInHand& request) const;

private:
    struct Link {
        Watched<AuthorizationRule> rule;
        std::vector<std::string> parameters;

        bool isAskedAbout(const Form& form) const;
    };

    std::vector<Link> links_;
};

}  // namespace gatehouse
