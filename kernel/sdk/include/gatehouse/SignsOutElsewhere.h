// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/Sessions.h>

#include <string>

namespace gatehouse {

/// Where a browser that has signed out elsewhere too is sent on to.
struct WayBack {
    std::string url;
    std::string state;  ///< a parameter of that name which comes along
};

/// Beside a LoginStep: who has passed it is signed in at another site as well, where they can sign
/// out. Asked when they do so here. Threads: any.
class SignsOutElsewhere {
public:
    static constexpr Capability capability{"login_step.signs_out_elsewhere", 1};
    SignsOutElsewhere(const SignsOutElsewhere&) = delete;
    SignsOutElsewhere& operator=(const SignsOutElsewhere&) = delete;
    virtual ~SignsOutElsewhere() = default;

    /// Where the browser of this session, which has ended here, signs out there; empty: nowhere.
    virtual Result<std::string> signOutUrl(const Context&, const SignOn& ended,
                                           const WayBack& back) const = 0;

private:
    template <class P, class... C> friend class With;
    SignsOutElsewhere() = default;
};

}  // namespace gatehouse
