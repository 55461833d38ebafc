// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/point/Storage.h>

#include "client/Lifetimes.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class RevocationSet;

/// One authorization and its refresh token: a single record, changed in one atomic batch.
///
/// A refresh token is base64url(family selector, generation, HMAC(derived key, salt, selector,
/// generation)). Nothing secret is stored and nothing accumulates: rotating it counts the
/// generation up.
struct Family {
    Authorization authorization;
    std::string salt;
    std::uint32_t generation = 0;  ///< 0: it has no refresh token
    TimePoint rotated{};
    TimePoint expires = never;
    seconds accessLifetime{0};  ///< the longest that any access token of it was given
    std::uint64_t version = 0;  ///< of the stored record
};

struct FamilyPage {
    std::vector<Family> families;
    std::string next;  ///< give as `after` to go on; empty at the end
};

/// A refresh token that was found good.
struct OpenedFamily {
    Family family;
    bool isRetry = false;  ///< the token before, inside the grace window: same successor again,
                           ///< nothing changes; or a client whose refresh tokens stay
    bool rotates = true;
};

/// Keeps families. Threads: any.
class FamilyBook {
public:
    /// `lifetimes` outlive this.
    FamilyBook(Host& host, RevocationSet& revocations, const Lifetimes& lifetimes)
        : host_(host), revocations_(revocations), lifetimes_(lifetimes),
          accessTokenLifetime_(lifetimes.ofServer(accessTokenTtl)) {}

    Result<std::optional<Family>> find(const Context& context, std::string_view selector) const;
    /// All of the issuer, or those of one person where `sub` is not empty.
    Result<FamilyPage> list(const Context& context, std::string_view sub, std::string_view after,
                            std::size_t limit) const;
    /// Whatever a person gave that has not ended: what codes stand for that are not redeemed, as
    /// families without a refresh token, then families. So one that is redeemed meanwhile is seen.
    /// Until `see` fails.
    Status forEachOf(const Context& context, std::string_view sub,
                     const std::function<Status(const Family&)>& see) const;
    /// The family a refresh token belongs to, whatever its generation; nullopt when it is not
    /// genuine.
    struct Presented {
        Family family;
        std::uint32_t generation = 0;
    };
    Result<std::optional<Presented>> read(const Context& context,
                                          std::string_view refreshToken) const;
    /// See TokenRequest::openRefreshToken(). `grace` and `idle` are for who says nothing of them.
    Result<OpenedFamily, OAuthError> open(const Context& context, const Client& client,
                                          std::string_view refreshToken, seconds grace,
                                          seconds idle) const;
    /// The refresh token of the family's current generation.
    std::string refreshToken(const Family& family) const;
    /// A new family of this authorization; its selector is the authorization's. Generation 1 has a
    /// refresh token.
    Family make(const Authorization& authorization, std::uint32_t generation,
                TimePoint expires) const;
    /// The record that keeps it.
    Record record(const Context& context, const Family& family) const;
    /// A family that ends, until nobody needs to know any more.
    struct Ending {
        std::string selector;
        TimePoint until{};
    };
    /// Adds to the batch that the family ends: see revoke(). noteEnd() when it is durable.
    Ending end(const Context& context, const Family& family, Batch& batch) const;
    void noteEnd(const Context& context, const Ending& ending) const;
    /// Ends the family: every record of it goes, and every node refuses its self-contained tokens.
    Status revoke(const Context& context, std::string_view selector) const;
    /// Ends whatever a person gave.
    Status revokeSubject(const Context& context, std::string_view sub) const;

private:
    Result<OpenedFamily, OAuthError> reused(const Context& context, const Family& family) const;
    seconds livedBy(const Family& family) const;
    Ending endAfter(const Context& context, std::string_view selector, seconds lived,
                    Batch& batch) const;

    Host& host_;
    RevocationSet& revocations_;
    const Lifetimes& lifetimes_;
    const seconds accessTokenLifetime_;
};

}  // namespace gatehouse
