// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Secret.h>
#include <gatehouse/point/LoginStep.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

class GuessGuard;
class PersonDirectory;

/// Is this the password of that person? Asked elsewhere than at a login page, and no way around
/// one: what is wrong counts as it does there. Threads: any.
class PasswordCheck {
public:
    /// All outlive it.
    PasswordCheck(Host& host, const PersonDirectory& people, const GuessGuard& guesses)
        : host_(host), people_(people), guesses_(guesses) {}

    /// See People::verify().
    Result<std::optional<FoundUser>, OAuthError>
    verify(const Context& context, const HttpRequest& http, std::string_view login,
           const Secret& password, std::string_view by) const;

private:
    Result<std::optional<FoundUser>> find(const Context& context, std::string_view login,
                                          const Secret& password) const;
    void tell(const Context& context, const HttpRequest& http, const FoundUser& person,
              ValueMap details) const;

    Host& host_;
    const PersonDirectory& people_;
    const GuessGuard& guesses_;
};

}  // namespace gatehouse
