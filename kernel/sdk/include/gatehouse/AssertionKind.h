// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/TrustedIssuer.h>

#include <string_view>

namespace gatehouse {

/// What a client_metadata_rule has that knows a kind of assertion, told by its `typ` (RFC 8725
/// section 3.11): whichever trusted issuer vouches for one, it is held to what that kind demands.
class AssertionKind {
public:
    static constexpr Capability capability{"client_metadata_rule.assertion_kind", 1};

    virtual ~AssertionKind() = default;
    /// "oauth-id-jag+jwt", in small letters; static storage.
    virtual std::string_view typ() const noexcept = 0;
    /// Narrows what is vouched for to what the assertion itself says. Fault::badInput: what is
    /// wrong with it, for the log.
    virtual Status narrow(const Context&, const Client& client, Vouched& vouched) const = 0;
};

}  // namespace gatehouse
