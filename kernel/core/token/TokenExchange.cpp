// SPDX-License-Identifier: Apache-2.0
#include "token/TokenExchange.h"

#include <gatehouse/Promise.h>

#include "token/ResourcePolicy.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Each round somebody else won a race for the same record; two are the most that can happen to a
/// code or a refresh token before what is read says so.
constexpr int rounds = 4;

/// The grant's own parameters, and nothing else.
Form only(const Form& form, const std::vector<std::string_view>& names) {
    std::vector<Form::Field> fields;
    for (const auto& field : form.fields()) {
        if (std::find(names.begin(), names.end(), field.first) != names.end()) {
            fields.push_back(field);
        }
    }
    return Form(std::move(fields));
}

/// Whatever was opened, and what goes on, must be bound to nothing or to what the request proves.
bool isProven(const Granted& granted) {
    const auto fits = [&](const Authorization& authorization) {
        return authorization.confirmation.empty() ||
               authorization.confirmation == granted.bound.confirmation;
    };
    return fits(granted.entitlement.authorization) &&
           std::all_of(granted.opened.begin(), granted.opened.end(),
                       [&](const Opened& opened) { return fits(authorizationOf(opened)); });
}

OAuthError refusal(std::string_view code, std::string_view description) {
    return OAuthError::of(code, description);
}

}  // namespace

TokenExchange::TokenExchange(const GrantRequest::Books& books, TokenIssuer& issuer,
                             const TokenBindings& bindings,
                             const std::map<std::string, InstanceNames>& names)
    : books_(books), issuer_(issuer), bindings_(bindings) {
    for (const auto& named : books.host.all<Grant>()) {
        grants_.push_back({named.plugin, names.at(named.name)});
    }
}

Result<TokenSet, OAuthError> TokenExchange::run(const Context& context, const HttpRequest& http,
                                                const Form& form,
                                                const AuthenticatedClient& client) const {
    const auto known = choose(context.issuer, form, client);
    if (!known) {
        return known.error();
    }
    const auto resources = requestedResources(form);
    if (!resources) {
        return resources.error();
    }
    std::optional<BoundTo> bound;
    const Form parameters = only(form, (*known)->grant->parameters());
    for (int round = 0; round < rounds; ++round) {
        const GrantRequest request(context, *client.client, parameters, books_, (*known)->names);
        auto decided = decide(*(*known)->grant, request, http, bound);
        if (!decided) {
            return decided.error();
        }
        auto tokens = once(request, *std::move(decided), *bound, *resources,
                           {(*known)->grant->type(), client.remoteAddress, &form});
        if (!tokens) {
            return tokens.error();
        }
        if (*tokens) {
            return **std::move(tokens);
        }
    }
    return OAuthError::from(
        Error::unavailable("the same token was redeemed by others in every round"));
}

/// A proof that is used up is remembered: so it is read once, and of nobody who has nothing to
/// redeem.
Result<Entitlement, OAuthError> TokenExchange::decide(const Grant& grant,
                                                      const GrantRequest& request,
                                                      const HttpRequest& http,
                                                      std::optional<BoundTo>& bound) const {
    auto decided = grant.decide(request);
    if (!decided || bound) {
        return decided;
    }
    auto proven = bindings_.bind(request.context(), http, request.client());
    if (!proven) {
        return proven.error();
    }
    bound = *std::move(proven);
    return decided;
}

/// nullopt: somebody else was faster.
Result<std::optional<TokenSet>, OAuthError>
TokenExchange::once(const GrantRequest& request, Entitlement decided, BoundTo& bound,
                    const std::vector<std::string>& resources, const AskedBy& asked) const {
    auto granted = request.complete(std::move(decided), bound);
    if (!granted) {
        return granted.error();
    }
    if (!isProven(*granted)) {
        return refusal(OAuthCode::invalidGrant, "The request does not prove what this is bound to");
    }
    for (auto* uses : {&granted->uses, &granted->bound.uses}) {
        if (const auto used = bindings_.useBefore(request.context(), *uses); !used) {
            return used.error();
        }
    }
    bound.uses = granted->bound.uses;  // what is used now is so in the next round too
    return issuer_.issue(request.context(), request.client(), *granted, resources, asked);
}

Result<TokenSet, OAuthError> TokenExchange::issue(const Context& context, Entitlement entitlement,
                                                  const AuthenticatedClient& client,
                                                  std::string_view askedBy) const {
    const InstanceNames nothingToOpen("core", "core");
    const GrantRequest request(context, *client.client, {}, books_, nothingToOpen);
    const auto bound = bindings_.of(entitlement.authorization.confirmation);
    if (!bound) {
        return OAuthError::from(bound.error());
    }
    const auto granted = request.complete(std::move(entitlement), *bound);
    if (!granted) {
        return granted.error();
    }
    auto tokens =
        issuer_.issue(context, *client.client, *granted, {}, {askedBy, client.remoteAddress});
    if (!tokens) {
        return tokens.error();
    }
    return *tokens ? Result<TokenSet, OAuthError>(**std::move(tokens))
                   : OAuthError::from(Error::internal("nothing was opened, and yet it was used"));
}

Result<std::string, OAuthError>
TokenExchange::kindOfPromises(const Context& context, std::string_view grant,
                              const AuthenticatedClient& client) const {
    const Form named({{"grant_type", std::string(grant)}});
    const auto known = choose(context.issuer, named, client);
    return known ? Result<std::string, OAuthError>((*known)->names.ticketIn(Promise::ticket))
                 : known.error();
}

Result<const TokenExchange::Known*, OAuthError>
TokenExchange::choose(const Issuer& issuer, const Form& form,
                      const AuthenticatedClient& client) const {
    const auto type = form.text("grant_type");
    if (type.empty()) {
        return refusal(OAuthCode::invalidRequest, "The parameter grant_type is missing");
    }
    const Known* found = find(issuer, type);
    if (found == nullptr) {
        return refusal(OAuthCode::unsupportedGrantType, "This grant type is not supported");
    }
    if (!client.client->allowsGrant(type)) {
        return refusal(OAuthCode::unauthorizedClient, "This client may not use this grant type");
    }
    if (found->grant->callers() == Callers::confidential && !client.isProven) {
        return refusal(OAuthCode::unauthorizedClient,
                       "This grant type needs an authenticated client");
    }
    return found;
}

const TokenExchange::Known* TokenExchange::find(const Issuer& issuer, std::string_view type) const {
    for (const auto& known : grants_) {
        if (known.grant->type() == type && issuer.allowsGrant(type)) {
            return &known;
        }
    }
    return nullptr;
}

std::vector<std::string> TokenExchange::grantTypes(const Issuer& issuer) const {
    std::vector<std::string> types;
    for (const auto& known : grants_) {
        if (issuer.allowsGrant(known.grant->type())) {
            types.emplace_back(known.grant->type());
        }
    }
    return types;
}

}  // namespace gatehouse
