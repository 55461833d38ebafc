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

    static NewPerson in(const Form& form, LoginForm kind);
    /// What the page is filled with when it is shown again: no password.
    ValueMap shown() const;
};

}  // namespace gatehouse
