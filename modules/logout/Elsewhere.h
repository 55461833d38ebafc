// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/SignsOutElsewhere.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The other sites at which people sign out when they do so here, and the way back from there.
/// Threads: any.
class Elsewhere {
public:
    static constexpr const char* backPath = "/logout/back";

    explicit Elsewhere(Host& host);

    /// Where the browser of these sessions goes on its way to `location`: there, or by one such
    /// site.
    std::string onTheWay(const Context& context, const std::vector<SignOn>& ended,
                         const std::string& location) const;
    /// `location`, of the state that has come back; empty: there was none, or it is forged or old.
    std::string locationIn(const Context& context, std::string_view state) const;

private:
    std::string stateOf(const Context& context, const std::string& location) const;

    Host& host_;
    std::vector<const SignsOutElsewhere*> steps_;
};

}  // namespace gatehouse
