// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/OAuthError.h>

#include <optional>

namespace gatehouse {

/// What a request_source has that some clients have to use (RFC 9101 section 10.5, RFC 9126 section
/// 6).
class RequiredSource {
public:
    static constexpr Capability capability{"request_source.required", 1};

    virtual ~RequiredSource() = default;
    /// Why a request of this client that no source answers for is refused; nullopt: it is not.
    virtual std::optional<OAuthError> objection(const Client&) const = 0;
};

}  // namespace gatehouse
