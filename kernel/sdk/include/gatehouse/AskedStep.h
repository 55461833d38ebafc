// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a login_step has that a site may ask for by a value of `prompt` (OpenID Connect Core
/// section 3.1.2.1). Whoever is signed in, its page is then shown first; who passes it is signed in
/// beside them. Without a plan of the login, it is another way to pass the first step; with one,
/// the value is known where the first entry of the plan names the step and has no condition.
class AskedStep {
public:
    static constexpr Capability capability{"login_step.asked", 1};
    AskedStep(const AskedStep&) = delete;
    AskedStep& operator=(const AskedStep&) = delete;
    virtual ~AskedStep() = default;

    /// The value; static storage. Two steps with one value, and one that the server reads itself,
    /// are an error at start.
    virtual std::string_view prompt() const noexcept = 0;
    /// What the step lacks at an issuer that asks these user stores, for `gatehouse check`: there
    /// the value is not known. Empty: nothing. Asked after configure(), with or without a start(),
    /// and at each request that has the value.
    virtual std::string missing(const std::vector<Host::Named<UserStore>>& stores) const = 0;

private:
    template <class P, class... C> friend class With;
    AskedStep() = default;
};

}  // namespace gatehouse
