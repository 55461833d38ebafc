// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>

namespace gatehouse {

/// What a client_metadata_rule has whose members say in which form a client is told about people:
/// signed, encrypted. It is asked for every ID token and UserInfo answer. With an error the client
/// gets none.
class ResponseForm {
public:
    static constexpr Capability capability{"client_metadata_rule.response_form", 1};

    virtual ~ResponseForm() = default;
    /// What the client is sent in place of this signed ID token; nullopt: the token itself.
    virtual Result<std::optional<std::string>> idToken(const Context&, const Client&,
                                                       const std::string& signedToken) const = 0;
    /// The JWT that the client is sent in place of these claims (OpenID Connect Core section
    /// 5.3.2); nullopt: they are sent as JSON.
    virtual Result<std::optional<std::string>> userinfo(const Context&, const Client&,
                                                        const ValueMap& claims) const = 0;
};

}  // namespace gatehouse
