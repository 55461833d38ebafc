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
    : crypto_(host.crypto()), sealed_(host) {
    for (const auto& named : plugins) {
        Link link{Watched<RequestSource>(host, named),
                  {},
                  capabilityOf<RequestKeeper>(*named.plugin),
                  capabilityOf<RequiredSource>(*named.plugin)};
        for (const auto parameter : named.plugin->parameters()) {
            link.parameters.emplace_back(parameter);
        }
        areRequired_ = areRequired_ || link.required != nullptr;
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
    return std::any_of(links_.begin(), links_.end(), [&](const Link& link) {
        return std::any_of(link.parameters.begin(), link.parameters.end(), [&](const auto& own) {
            return own.name == parameter && own.beginning.empty();
        });
    });
}

bool RequestSources::areAskedAbout(const Form& form) const {
    const auto& fields = form.fields();
    return !links_.empty() && std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
        return linkOf(field) != nullptr;
    });
}

Form RequestSources::unread(const Form& form) const {
    auto fields = form.fields();
    fields.erase(std::remove_if(fields.begin(), fields.end(),
                                [&](const auto& field) { return linkOf(field) != nullptr; }),
                 fields.end());
    return Form(std::move(fields));
}

Result<FoundRequest, OAuthError> RequestSources::read(const RequestInHand& request) const {
    const auto* link = onlyLinkOf(request.parameters());
    if (link == nullptr) {
        return *invalidRequest("The request says twice where its parameters are");
    }
    const Client& client = request.client();
    // What is kept was checked, and that it may come this way.
    if (link->keeper == nullptr) {
        if (auto objected = objection(client, request.pushed() != nullptr, link)) {
            return *std::move(objected);
        }
    }
    const auto read =
        link->source.ask([&](const RequestSource& source) { return source.read(request); });
    if (!read) {
        return read.error();
    }
    return link->keeper == nullptr ? asFound(*link, client, *read) : opened(*link, request, *read);
}

Result<FoundRequest, OAuthError> RequestSources::asFound(const Link& link, const Client& client,
                                                         const RequestRead& read) const {
    auto form = asSent(link.source, read.parameters, client);
    if (!form) {
        return form.error();
    }
    return FoundRequest{*std::move(form), {}, onceOf(link, read), {}};
}

Result<FoundRequest, OAuthError> RequestSources::opened(const Link& link,
                                                        const RequestInHand& request,
                                                        const RequestRead& read) const {
    auto found = sealed_.open(request.context(), request.client(), read.sealed);
    if (!found) {
        return OAuthError::from(link.source.fault("its request was not sealed for this client"));
    }
    found->kept = {link.source.name(), read.reference};
    // What was good once before it was kept has the same name as if it had not been.
    const auto once = onceOf(link, read);
    if (found->once.name.empty()) {
        found->once = once;
    }
    found->once.until = std::max(found->once.until, once.until);
    return *std::move(found);
}

GoodOnce RequestSources::onceOf(const Link& link, const RequestRead& read) const {
    return read.once.empty()
               ? GoodOnce{}
               : GoodOnce{base64url(crypto_.sha256(link.source.name() + '/' + read.once)),
                          read.until};
}

Result<std::optional<FoundRequest>>
RequestSources::read(const Context& context, const Client& client, const KeptRequest& kept) const {
    const auto link = std::find_if(links_.begin(), links_.end(), [&](const Link& one) {
        return one.source.name() == kept.source && one.keeper != nullptr;
    });
    if (link == links_.end()) {
        return std::optional<FoundRequest>();
    }
    const auto text = link->source.ask([&](const RequestSource& /*source*/) {
        return link->keeper->kept(context, kept.reference);
    });
    if (!text) {
        return text.error();
    }
    auto found = *text ? sealed_.open(context, client, **text) : std::nullopt;
    if (found) {
        found->kept = kept;
    }
    return found;
}

/// Whoever must use one that keeps requests does so by pushing them.
std::optional<OAuthError> RequestSources::objection(const Client& client, bool isPushed,
                                                    const Link* answers) const {
    for (const auto& link : links_) {
        if (link.required == nullptr || &link == answers || (isPushed && link.keeper != nullptr)) {
            continue;
        }
        const auto objection = link.source.ask([&](const RequestSource& /*source*/) {
            return Result<Objection>(link.required->objection(client));
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

/// The longest beginning decides.
const RequestSources::Link* RequestSources::linkOf(const Form::Field& field) const {
    const Link* found = nullptr;
    std::optional<std::size_t> longest;
    for (const auto& link : links_) {
        const auto length = link.answersFor(field);
        if (length && (!longest || *length > *longest)) {
            found = &link;
            longest = length;
        }
    }
    return found;
}

/// RFC 9101 section 5: not by value and by reference at once. nullptr: there are several.
const RequestSources::Link* RequestSources::onlyLinkOf(const Form& form) const {
    const Link* only = nullptr;
    for (const auto& field : form.fields()) {
        const auto* link = linkOf(field);
        if (link != nullptr && only != nullptr && link != only) {
            return nullptr;
        }
        only = link == nullptr ? only : link;
    }
    return only;
}

std::optional<std::size_t> RequestSources::Link::answersFor(const Form::Field& field) const {
    std::optional<std::size_t> longest;
    for (const auto& parameter : parameters) {
        if (parameter.isIn(field)) {
            longest = std::max(longest.value_or(0), parameter.beginning.size());
        }
    }
    return longest;
}

}  // namespace gatehouse
