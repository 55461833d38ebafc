// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/ResourceRegistry.h>

#include "plugin/Watched.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class HeldProfiles;

/// The `resource` parameters of a request, each once: absolute URIs without fragment (RFC 8707
/// section 2). Empty when there are none; OAuthCode::invalidTarget when one is malformed.
Result<std::vector<std::string>, OAuthError> requestedResources(const Form& form);

/// The audience of a token for which `wanted` was asked, of those in `granted`: all of these when
/// nothing was asked, and nullopt when something else was (RFC 8707 section 2.2).
std::optional<std::vector<std::string>> narrowedAudience(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& wanted);

/// What all resources of an audience together leave of a token.
struct TokenLimits {
    std::optional<ScopeSet> scopes;  ///< the only ones; nullopt: any
    std::string format;  ///< empty: the client's
    std::string signingAlgorithm;  ///< empty: the client's
    seconds longest{0};  ///< 0: the server's
    /// All of the audience but the server's own.
    std::vector<std::shared_ptr<const ProtectedResource>> resources;
};

/// Which APIs tokens are for. Threads: any.
class ResourcePolicy {
public:
    /// `ownAudience`: what tokens are for that were asked for nothing; empty: the issuer.
    /// `takesAny`: resources that no registry knows, too. `profiles`: what clients are held to, or
    /// nullptr; they outlive this.
    ResourcePolicy(Host& host, const std::vector<Host::Named<ResourceRegistry>>& registries,
                   std::string ownAudience, bool takesAny, const HeldProfiles* profiles = nullptr);

    /// The audience of tokens that were asked for nothing.
    std::vector<std::string> ownAudience(const Issuer& issuer) const;
    /// OAuthCode::invalidTarget: the client gets no token for one of these, or none that is for all
    /// of them at once.
    Result<TokenLimits, OAuthError> limits(const Context& context, const Client& client,
                                           const std::vector<std::string>& audience) const;
    /// Whether a token is this client's to look into: it is for it, or for a resource that lets it.
    Result<bool> mayIntrospect(const Context& context, const TokenClaim& claim,
                               const Client& client) const;

private:
    using Found = std::shared_ptr<const ProtectedResource>;

    bool isOwn(const Issuer& issuer, std::string_view audience) const;
    Result<Found> find(const Context& context, std::string_view identifier) const;
    Result<Found, OAuthError> allowed(const Context& context, const Client& client,
                                      const std::string& identifier) const;
    std::string objection(const Issuer& issuer, const Client& client,
                          const ProtectedResource& resource) const;

    std::deque<Watched<ResourceRegistry>> registries_;
    std::string ownAudience_;
    bool takesAny_;
    const HeldProfiles* profiles_;
};

}  // namespace gatehouse
