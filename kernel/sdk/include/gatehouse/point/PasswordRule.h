// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/User.h>

#include <string>

namespace gatehouse {

/// Says no to new passwords (NIST SP 800-63B section 5.1.1.2). Asked when one is chosen, by its
/// person or by an operator; never about one that is only checked, or that came as a hash. Threads:
/// any.
class PasswordRule : public Plugin {
public:
    static constexpr Point point{"password_rule", 1, Cardinality::ordered};
    /// Why this person, who need not be there yet, should not have it: the key of a text of the
    /// plugin's, "password.leaked"; empty: nothing is known against it. An error, and nobody gets a
    /// new password until it can say.
    virtual Result<std::string> problem(const Context&, const User& person,
                                        const Secret& password) const = 0;
};

}  // namespace gatehouse
