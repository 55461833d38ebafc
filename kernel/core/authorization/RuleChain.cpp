// SPDX-License-Identifier: Apache-2.0
#include "authorization/RuleChain.h"

#include "json/Json.h"
#include "plugin/KeptNote.h"

#include <algorithm>

namespace gatehouse {

namespace {

using Note = Result<ValueMap, OAuthError>;

/// As it will be read again.
Note kept(const Watched<AuthorizationRule>& rule, const ValueMap& note) {
    const auto text = toJson(note);
    if (text.size() > longestNote) {
        return OAuthError::of(OAuthCode::invalidRequest, "A parameter is too long",
                              rule.fault("its note is too long").detail);
    }
    auto again = readAgain(text);
    return again ? Note(*std::move(again))
                 : OAuthError::from(rule.fault("its note cannot be read again"));
}

}  // namespace

RuleChain::RuleChain(Host& host, const std::vector<std::string>& order) {
    if (order.empty()) {
        return;
    }
    const auto all = host.all<AuthorizationRule>();
    for (const auto& name : order) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const auto& named) { return named.name == name; });
        Link link{Watched<AuthorizationRule>(host, *found), {}};
        for (const auto parameter : found->plugin->parameters()) {
            link.parameters.emplace_back(parameter);
        }
        links_.push_back(std::move(link));
    }
}

Result<ValueMap, OAuthError> RuleChain::ask(const RequestInHand& request) const {
    ValueMap notes;
    for (const auto& link : links_) {
        if (!link.isAskedAbout(request.parameters())) {
            continue;
        }
        auto note =
            link.rule.ask([&](const AuthorizationRule& rule) { return rule.check(request); });
        if (note && !note->empty()) {
            note = kept(link.rule, *note);
        }
        if (!note) {
            return note.error();
        }
        if (!note->empty()) {
            notes.set(link.rule.name(), *std::move(note));
        }
    }
    return notes;
}

bool RuleChain::Link::isAskedAbout(const Form& form) const {
    return parameters.empty() ||
           std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& parameter) { return form.has(parameter); });
}

}  // namespace gatehouse
