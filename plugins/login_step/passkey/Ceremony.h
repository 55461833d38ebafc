// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include "Passkey.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a browser signs; kept with the login, good once and for an hour.
struct Challenge {
    std::string text;  ///< base64url
    TimePoint made{};

    /// A new one takes the place of the one that was kept.
    static Challenge make(Host& host, LoginState& state);
    /// nullopt: none is kept, or it is too old.
    static std::optional<Challenge> keptIn(const LoginState& state, TimePoint now);

    TimePoint ends() const { return made + seconds{3600}; }
};

/// The domain that is set, where the issuer's host is in it; otherwise that host.
std::string rpIdOf(std::string_view set, const Issuer& issuer);

/// For whom a passkey is made.
struct NewOwner {
    std::string_view handle;  ///< bytes
    const User& user;
};

// What the page's script gives the browser, as the JSON forms of WebAuthn sections 5.1.8 and 5.1.9.
// `verification` is a UserVerificationRequirement.

ValueMap requestOptions(const Challenge& challenge, std::string_view rpId,
                        std::string_view verification, const std::vector<Passkey>& allowed);
ValueMap creationOptions(const Challenge& challenge, std::string_view rpId,
                         std::string_view verification, const NewOwner& owner,
                         const std::vector<Passkey>& excluded);

}  // namespace gatehouse
