// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Secret.h>
#include <gatehouse/User.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// What people sign in with.
enum class LoginForm { name, email };

/// What the form of the page says of somebody who wants an account.
struct NewPerson {
    User user;  ///< without an id
    Secret password;
    std::string problem;  ///< key of the text that says what is wrong; empty: nothing is

    /// `confirmed`: the address that they have shown to be theirs; empty: they say in the form what
    /// they sign in with.
    static NewPerson in(const Form& form, LoginForm kind, const std::string& confirmed = {});
    /// What the page is filled with when it is shown again: no password.
    ValueMap shown() const;
};

}  // namespace gatehouse
