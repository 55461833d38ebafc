// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

#include <string_view>

namespace gatehouse {

/// What a client_metadata_rule is as well of which a member says by what something is signed: where
/// there is no key for what holds without it, the operator is told.
class SigningDefault {
public:
    static constexpr Capability capability{"signing_default", 1};
    SigningDefault(const SigningDefault&) = delete;
    SigningDefault& operator=(const SigningDefault&) = delete;
    virtual ~SigningDefault() = default;

    /// "authorization_signed_response_alg"; static storage, as all here.
    virtual std::string_view member() const noexcept = 0;
    /// Of clients that do not have the member: "RS256".
    virtual std::string_view algorithm() const noexcept = 0;

private:
    template <class P, class... C> friend class With;
    SigningDefault() = default;
};

}  // namespace gatehouse
