// SPDX-License-Identifier: Apache-2.0
#include "token/ResourcePolicy.h"

#include "client/HeldProfiles.h"
#include "text/AbsoluteUri.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t most = 10;

OAuthError invalidTarget(std::string_view description, std::string detail) {
    return OAuthError::of(OAuthCode::invalidTarget, description, std::move(detail));
}

/// What several ask for alike. False: they differ.
bool agree(std::string& one, const std::string& other) {
    if (one.empty()) {
        one = other;
    }
    return other.empty() || one == other;
}

/// False: no token is for all of them.
bool add(TokenLimits& limits, const ProtectedResource& resource) {
    if (resource.longest != seconds{0}) {
        limits.longest = limits.longest == seconds{0} ? resource.longest
                                                      : std::min(limits.longest, resource.longest);
    }
    if (resource.scopes.empty()) {
        limits.scopes.reset();
    }
    for (const auto& scope : resource.scopes) {
        if (limits.scopes) {
            limits.scopes->add(scope);
        }
    }
    return agree(limits.format, resource.tokenFormat) &&
           agree(limits.signingAlgorithm, resource.signingAlgorithm);
}

}  // namespace

Result<std::vector<std::string>, OAuthError> requestedResources(const Form& form) {
    std::vector<std::string> resources;
    for (const auto& [name, value] : form.fields()) {
        if (name != "resource" || value.empty() || contains(resources, value)) {
            continue;
        }
        if (!isAbsoluteUri(value) || resources.size() == most) {
            return OAuthError::of(
                OAuthCode::invalidTarget,
                "A resource is not an absolute URI without fragment, or there are too many");
        }
        resources.push_back(value);
    }
    return resources;
}

std::optional<std::vector<std::string>> narrowedAudience(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& wanted) {
    if (wanted.empty()) {
        return granted;
    }
    const bool isWithin = std::all_of(wanted.begin(), wanted.end(),
                                      [&](const auto& each) { return contains(granted, each); });
    return isWithin ? std::optional(wanted) : std::nullopt;
}

ResourcePolicy::ResourcePolicy(Host& host,
                               const std::vector<Host::Named<ResourceRegistry>>& registries,
                               std::string ownAudience, bool takesAny, const HeldProfiles* profiles)
    : ownAudience_(std::move(ownAudience)), takesAny_(takesAny), profiles_(profiles) {
    for (const auto& named : registries) {
        registries_.emplace_back(host, named);
    }
}

std::vector<std::string> ResourcePolicy::ownAudience(const Issuer& issuer) const {
    return {ownAudience_.empty() ? issuer.url : ownAudience_};
}

bool ResourcePolicy::isOwn(const Issuer& issuer, std::string_view audience) const {
    return audience == issuer.url || audience == ownAudience_;
}

Result<TokenLimits, OAuthError>
ResourcePolicy::limits(const Context& context, const Client& client,
                       const std::vector<std::string>& audience) const {
    TokenLimits limits;
    limits.scopes.emplace();
    for (const auto& identifier : audience) {
        if (isOwn(context.issuer, identifier)) {
            limits.scopes.reset();
            continue;
        }
        const auto resource = allowed(context, client, identifier);
        if (!resource) {
            return resource.error();
        }
        limits.resources.push_back(*resource);
        if (!add(limits, **resource)) {
            return invalidTarget("No token is for all of these resources at once",
                                 "token format or algorithm of " + identifier + " differs");
        }
    }
    return limits;
}

Result<ResourcePolicy::Found, OAuthError>
ResourcePolicy::allowed(const Context& context, const Client& client,
                        const std::string& identifier) const {
    auto resource = find(context, identifier);
    if (!resource) {
        return OAuthError::from(resource.error());
    }
    if (*resource == nullptr && takesAny_) {
        ProtectedResource any;
        any.identifier = identifier;
        return std::make_shared<const ProtectedResource>(std::move(any));
    }
    if (*resource == nullptr) {
        return invalidTarget("The resource is not known here", "it is " + identifier);
    }
    const auto why = objection(context.issuer, client, **resource);
    return why.empty() ? Result<Found, OAuthError>(*std::move(resource))
                       : invalidTarget("The client gets no token for this resource",
                                       identifier + ": " + why);
}

/// Why the client gets no token for it; empty: it does.
std::string ResourcePolicy::objection(const Issuer& issuer, const Client& client,
                                      const ProtectedResource& resource) const {
    if (!resource.clients.empty() && !contains(resource.clients, client.id)) {
        return "it is not for client " + client.id;
    }
    return profiles_ == nullptr ? std::string() : profiles_->objection(issuer.id, client, resource);
}

Result<bool> ResourcePolicy::mayIntrospect(const Context& context, const TokenClaim& claim,
                                           const Client& client) const {
    if (claim.clientId == client.id || contains(claim.audience, client.id)) {
        return true;
    }
    for (const auto& identifier : claim.audience) {
        const auto resource = find(context, identifier);
        if (!resource) {
            return resource.error();
        }
        if (*resource != nullptr && contains((*resource)->introspectors, client.id)) {
            return true;
        }
    }
    return false;
}

Result<ResourcePolicy::Found> ResourcePolicy::find(const Context& context,
                                                   std::string_view identifier) const {
    for (const auto& registry : registries_) {
        auto found = registry.ask(
            [&](const ResourceRegistry& plugin) { return plugin.find(context, identifier); });
        if (!found || *found != nullptr) {
            return found;
        }
    }
    return Found();
}

}  // namespace gatehouse
