// SPDX-License-Identifier: Apache-2.0
#include "authorization/RequestSources.h"

#include "authorization/rule/OwnRule.h"
#include "text/Base64Url.h"
#include "text/Contains.h"
#include "text/FormText.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Much more than an address holds, in which it stands from then on.
constexpr std::size_t longestQuery = std::size_t{64} * 1024;

/// As a query would have brought it; and of this client.
Result<Form, OAuthError> asSent(const Watched<RequestSource>& source, const Form& parameters,
                                const Client& client) {
    auto fields = parameters.fields();
    if (!parameters.has("client_id")) {
        fields.emplace(fields.begin(), "client_id", client.id);
    } else if (parameters.text("client_id") != client.id) {
        return OAuthError::from(source.fault("its request is another client's"));
    }
    const auto query = writeForm(fields);
    if (query.size() > longestQuery) {
        return *invalidRequest("The request is too long");
    }
    auto form = parseForm(query);
    return form ? Result<Form, OAuthError>(*std::move(form))
                : OAuthError::from(source.fault("its request has what no query can have"));
}

}  // namespace

RequestSources::RequestSources(Host& host, const std::vector<Host::Named<RequestSource>>& plugins)
    : crypto_(host.crypto()) {
    for (const auto& named : plugins) {
        Link link{Watched<RequestSource>(host, named), {}};
        for (const auto parameter : named.plugin->parameters()) {
            link.parameters.emplace_back(parameter);
        }
        links_.push_back(std::move(link));
        if (const auto* source = capabilityOf<RequiredSource>(*named.plugin)) {
            required_.push_back({Watched<RequestSource>(host, named), source});
        }
    }
}

bool RequestSources::isOwn(std::string_view parameter) {
    constexpr std::array<std::string_view, 4> others{"client_id", "redirect_uri", "state",
                                                     "registration"};
    if (contains(others, parameter)) {
        return true;
    }
    return std::any_of(ownRules.begin(), ownRules.end(), [&](const OwnRule* rule) {
        return rule != &requestObjectRule && contains(rule->parameters, parameter);
    });
}

bool RequestSources::have(std::string_view parameter) const {
    return std::any_of(links_.begin(), links_.end(),
                       [&](const Link& link) { return contains(link.parameters, parameter); });
}

bool RequestSources::areAskedAbout(const Form& form) const {
    return std::any_of(links_.begin(), links_.end(),
                       [&](const Link& link) { return link.isAskedAbout(form); });
}

Form RequestSources::unread(const Form& form) const {
    auto fields = form.fields();
    fields.erase(std::remove_if(fields.begin(), fields.end(),
                                [&](const Form::Field& field) { return have(field.first); }),
                 fields.end());
    return Form(std::move(fields));
}

Result<RequestRead, OAuthError> RequestSources::read(const RequestInHand& request) const {
    const auto isAsked = [&](const Link& link) { return link.isAskedAbout(request.parameters()); };
    const auto first = std::find_if(links_.begin(), links_.end(), isAsked);
    // RFC 9101 section 5: not by value and by reference at once.
    if (std::any_of(first + 1, links_.end(), isAsked)) {
        return *invalidRequest("The request says twice where its parameters are");
    }
    auto read =
        first->source.ask([&](const RequestSource& source) { return source.read(request); });
    if (!read) {
        return read.error();
    }
    auto parameters = asSent(first->source, read->parameters, request.client());
    if (!parameters) {
        return parameters.error();
    }
    read->parameters = *std::move(parameters);
    if (!read->once.empty()) {
        read->once = base64url(crypto_.sha256(first->source.name() + '/' + read->once));
    }
    return read;
}

std::optional<OAuthError> RequestSources::objection(const Client& client) const {
    for (const auto& one : required_) {
        const auto objection = one.plugin.ask([&](const RequestSource& /*plugin*/) {
            return Result<Objection>(one.source->objection(client));
        });
        if (!objection) {
            return OAuthError::from(objection.error());
        }
        if (*objection) {
            return *objection;
        }
    }
    return std::nullopt;
}

bool RequestSources::Link::isAskedAbout(const Form& form) const {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& parameter) { return form.has(parameter); });
}

}  // namespace gatehouse
