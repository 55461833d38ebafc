// SPDX-License-Identifier: Apache-2.0
#include "token/TokenExchange.h"

#include "token/ResourcePolicy.h"

#include <algorithm>

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

OAuthError refusal(std::string_view code, std::string_view description) {
    return OAuthError::of(code, description);
}

}  // namespace

TokenExchange::TokenExchange(const GrantRequest::Books& books, TokenIssuer& issuer,
                             const std::map<std::string, InstanceNames>& names)
    : books_(books), issuer_(issuer) {
    for (const auto& named : books.host.all<Grant>()) {
        grants_.push_back({named.plugin, names.at(named.name)});
    }
}

Result<TokenSet, OAuthError> TokenExchange::run(const Context& context, const Form& form,
                                                const AuthenticatedClient& client) const {
    const auto known = choose(context.issuer, form, client);
    if (!known) {
        return known.error();
    }
    const auto& [grant, names] = **known;
    const auto resources = requestedResources(form);
    if (!resources) {
        return resources.error();
    }
    const Form parameters = only(form, grant->parameters());
    for (int round = 0; round < rounds; ++round) {
        const GrantRequest request(context, *client.client, parameters, books_, names);
        auto decided = grant->decide(request);
        if (!decided) {
            return decided.error();
        }
        const auto granted = request.complete(*std::move(decided));
        if (!granted) {
            return granted.error();
        }
        auto tokens = issuer_.issue(context, *client.client, *granted, *resources,
                                    {grant->type(), client.remoteAddress});
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

Result<TokenSet, OAuthError> TokenExchange::issue(const Context& context, Entitlement entitlement,
                                                  const AuthenticatedClient& client,
                                                  std::string_view askedBy) const {
    const InstanceNames nothingToOpen("core", "core");
    const GrantRequest request(context, *client.client, {}, books_, nothingToOpen);
    const auto granted = request.complete(std::move(entitlement));
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
