// SPDX-License-Identifier: Apache-2.0
#include "authorization/RequestSources.h"

#include "authorization/rule/OwnRule.h"
#include "text/Contains.h"
#include "text/FormText.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Much more than an address holds, in which it stands from then on.
constexpr std::size_t longestQuery = std::size_t{64} * 1024;

/// As a query would have brought it; and of this client.
Result<Form, OAuthError> asSent(const Watched<RequestSource>& source, const Form& read,
                                const Client& client) {
    auto fields = read.fields();
    if (!read.has("client_id")) {
        fields.emplace(fields.begin(), "client_id", client.id);
    } else if (read.text("client_id") != client.id) {
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

RequestSources::RequestSources(Host& host, const std::vector<Host::Named<RequestSource>>& plugins) {
    for (const auto& named : plugins) {
        Link link{Watched<RequestSource>(host, named), {}};
        for (const auto parameter : named.plugin->parameters()) {
            link.parameters.emplace_back(parameter);
        }
        links_.push_back(std::move(link));
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

Result<Form, OAuthError> RequestSources::read(const RequestInHand& request) const {
    const auto isAsked = [&](const Link& link) { return link.isAskedAbout(request.parameters()); };
    const auto first = std::find_if(links_.begin(), links_.end(), isAsked);
    // RFC 9101 section 5: not by value and by reference at once.
    if (std::any_of(first + 1, links_.end(), isAsked)) {
        return *invalidRequest("The request says twice where its parameters are");
    }
    const auto read =
        first->source.ask([&](const RequestSource& source) { return source.read(request); });
    return read ? asSent(first->source, *read, request.client()) : read.error();
}

bool RequestSources::Link::isAskedAbout(const Form& form) const {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& parameter) { return form.has(parameter); });
}

}  // namespace gatehouse
