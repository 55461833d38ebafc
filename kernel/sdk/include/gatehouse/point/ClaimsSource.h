// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// For whom claims are wanted, and where they are told. Implemented by the kernel; grows at its
/// end.
class ClaimsWanted {
public:
    static constexpr std::string_view accessToken = "access_token";
    static constexpr std::string_view idToken = "id_token";
    static constexpr std::string_view userinfo = "userinfo";

    virtual ~ClaimsWanted() = default;
    /// Its issuer too.
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// Whom they are about: a person, or a client that acts for itself.
    virtual const Subject& subject() const noexcept = 0;
    /// What the token may.
    virtual const ScopeSet& scopes() const noexcept = 0;
    /// One of the three above; another is to be answered with nothing.
    virtual std::string_view target() const noexcept = 0;
    /// The claims that the user store knows now, told there or not; empty for a client.
    virtual const ValueMap& person() const noexcept = 0;
    /// What the authorization rule whose instance has the same name noted when this was authorized;
    /// empty: nothing.
    virtual const ValueMap& note() const noexcept = 0;
};

/// Adds claims to access tokens, ID tokens and UserInfo. It is asked each time one is made: what
/// it has to look up makes that slow.
class ClaimsSource : public Plugin {
public:
    static constexpr Point point{"claims_source", 1, Cardinality::many};
    /// The claims that it gives; static storage. Those that only the server says (isServersClaim()
    /// in User.h), and those of another source or of the configuration, are refused at start.
    virtual std::vector<std::string_view> names() const = 0;
    /// Some of them or none; null and "" are not told. As JSON they have 4096 bytes at most. With
    /// an error there is no token.
    virtual Result<ValueMap> claims(const ClaimsWanted& wanted) const = 0;
};

}  // namespace gatehouse
