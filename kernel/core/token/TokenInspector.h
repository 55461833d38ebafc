// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/TokenFormat.h>

#include "token/VerifiedTokens.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class ChangeFeed;
class ClientDirectory;
class FamilyBook;
class RevocationSet;
class TokenFormats;

/// Says whether an access token is good right now: genuine, unexpired, not revoked, its client
/// still registered. A self-contained token that was verified once is not verified again while it
/// lives and no key changes. Threads: any.
class TokenInspector {
public:
    TokenInspector(Host& host, ClientDirectory& clients, FamilyBook& families,
                   RevocationSet& revocations, ChangeFeed& changes, const TokenFormats& formats);

    /// nullptr: not good. Fault::unavailable when that cannot be told now.
    Result<std::shared_ptr<const TokenClaim>> inspect(const Context& context,
                                                      std::string_view text) const;
    /// Revokes a token that was inspected (RFC 7009).
    Status revoke(const Context& context, const TokenClaim& claim) const;
    /// Who the token speaks of, with the store's own id, which self-contained tokens do not carry;
    /// its client is the token's.
    Result<std::optional<Authorization>> authorizationOf(const Context& context,
                                                         const TokenClaim& claim) const;

private:
    using Claim = std::shared_ptr<const TokenClaim>;
    Result<Claim> read(const Context& context, std::string_view text) const;
    Result<bool> isRevoked(const Context& context, const TokenClaim& claim) const;

    Host& host_;
    ClientDirectory& clients_;
    FamilyBook& families_;
    RevocationSet& revocations_;
    ChangeFeed& changes_;
    const TokenFormats& formats_;
    mutable VerifiedTokens verified_;
};

}  // namespace gatehouse
