// SPDX-License-Identifier: Apache-2.0
#include "token/TokenBindings.h"

#include <gatehouse/RequiredBinding.h>

#include "authorization/RequestSources.h"
#include "web/Answer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view bearer = "Bearer";

OAuthError notProven(std::string detail) {
    return OAuthError::of(OAuthCode::invalidToken,
                          "The access token is bound, and the request does not prove to what",
                          std::move(detail));
}

/// Adds the parameter where it is not there. False: it says something else.
bool isAskedFor(Form& parameters, std::string_view parameter, const Value& proven) {
    const std::string value = proven.text() == nullptr ? std::string() : *proven.text();
    if (parameters.count(parameter) == 0) {
        auto fields = parameters.fields();
        fields.emplace_back(parameter, value);
        parameters = Form(std::move(fields));
    }
    return parameters.text(parameter) == value;
}

}  // namespace

TokenBindings::TokenBindings(std::vector<Host::Named<TokenBinding>> bindings, ProofMarks marks)
    : bindings_(std::move(bindings)), marks_(std::move(marks)), schemes_{bearer} {
    for (const auto& named : bindings_) {
        if (std::find(schemes_.begin(), schemes_.end(), named.plugin->tokenType()) ==
            schemes_.end()) {
            schemes_.push_back(named.plugin->tokenType());
        }
        if (const auto* asked = capabilityOf<AskedBinding>(*named.plugin)) {
            askable_.push_back({named.plugin, asked});
        }
        if (const auto* answer = capabilityOf<BindingAnswer>(*named.plugin)) {
            answering_.push_back({named.plugin, answer});
        }
    }
}

Status TokenBindings::check() const {
    const std::string* first = nullptr;
    for (const auto& [name, binding] : bindings_) {
        const auto* demands = capabilityOf<RequiredBinding>(*binding);
        if (demands == nullptr || !demands->isRequired()) {
            continue;
        }
        if (first != nullptr) {
            return Error::badInput("token_binding: " + *first + " and " + name +
                                   " are both required, and a token is bound to one thing alone");
        }
        first = &name;
    }
    return checkNames();
}

Status TokenBindings::checkNames() const {
    for (auto one = askable_.begin(); one != askable_.end(); ++one) {
        const auto parameter = one->has->parameter();
        const bool isTwice = std::any_of(askable_.begin(), one, [&](const auto& other) {
            return other.has->parameter() == parameter;
        });
        if (isTwice || parameter.empty() || RequestSources::isOwn(parameter)) {
            return Error::badInput("token_binding: the parameter \"" + std::string(parameter) +
                                   "\" is no name, or somebody else's");
        }
    }
    for (auto one = bindings_.begin(); one != bindings_.end(); ++one) {
        const auto name = one->plugin->confirmation();
        if (name.empty()) {
            return Error::badInput("token_binding: " + one->name + " has no name for `cnf`");
        }
        for (auto other = bindings_.begin(); other != one; ++other) {
            if (other->plugin->confirmation() == name) {
                return Error::badInput("token_binding: " + other->name + " and " + one->name +
                                       " both confirm by \"" + std::string(name) + "\"");
            }
        }
    }
    return done();
}

Result<BoundTo, OAuthError> TokenBindings::bind(const Context& context, const HttpRequest& request,
                                                const Client& client) const {
    for (const auto& named : bindings_) {
        auto bound = named.plugin->bind(context, request, client);
        if (!bound) {
            return bound.error();
        }
        if (!*bound) {
            continue;
        }
        if ((*bound)->bound.isNull()) {
            return OAuthError::from(Error::internal(named.name + " binds a token to null"));
        }
        BoundTo to{named.plugin->tokenType(), {}, usesOf(*named.plugin, **bound)};
        to.confirmation.set(named.plugin->confirmation(), std::move((*bound)->bound));
        return to;
    }
    return BoundTo{};
}

std::vector<ProofUse> TokenBindings::usesOf(const TokenBinding& binding, Possession& proof) const {
    if (!proof.use) {
        return {};
    }
    const auto named = std::find_if(bindings_.begin(), bindings_.end(),
                                    [&](const auto& each) { return each.plugin == &binding; });
    return {{marks_.names.at(named->name).kindIn("replay"), *std::move(proof.use)}};
}

Result<std::monostate, OAuthError> TokenBindings::use(const Context& context,
                                                      const std::vector<ProofUse>& uses) const {
    for (const auto& each : uses) {
        if (auto used = each.write(context, *marks_.records); !used) {
            return used;
        }
    }
    return std::monostate{};
}

Result<std::monostate, OAuthError> TokenBindings::useBefore(const Context& context,
                                                            std::vector<ProofUse>& uses) const {
    if (!marks_.isWithTokens) {
        return std::monostate{};
    }
    const auto first = std::partition(uses.begin(), uses.end(), marks_.isWithTokens);
    const std::vector<ProofUse> apart(std::make_move_iterator(first),
                                      std::make_move_iterator(uses.end()));
    uses.erase(first, uses.end());
    return use(context, apart);
}

Result<BoundTo> TokenBindings::of(ValueMap confirmation) const {
    const auto type = typeOf(confirmation);
    return type.empty() ? Result<BoundTo>(Error::internal("bound by no binding that is loaded"))
                        : BoundTo{type, std::move(confirmation), {}};
}

std::string_view TokenBindings::typeOf(const ValueMap& confirmation) const {
    if (confirmation.empty()) {
        return bearer;
    }
    const TokenBinding* binding = bindingOf(confirmation);
    return binding == nullptr ? std::string_view() : binding->tokenType();
}

Result<std::monostate, OAuthError>
TokenBindings::prove(const Context& context, const HttpRequest& request, std::string_view scheme,
                     std::string_view accessToken, const ValueMap& confirmation) const {
    const auto type = typeOf(confirmation);
    if (type.empty()) {
        return notProven("it is bound by no binding that is loaded");
    }
    if (type != scheme) {
        return notProven("shown as " + std::string(scheme) + ", not as " + std::string(type));
    }
    if (confirmation.empty()) {
        return std::monostate{};
    }
    const TokenBinding* binding = bindingOf(confirmation);
    return binding->prove(context, request, accessToken, confirmation.begin()->value);
}

Result<ValueMap, OAuthError> TokenBindings::asked(const Form& form) const {
    ValueMap confirmation;
    for (const auto& [binding, asked] : askable_) {
        if (!form.has(asked->parameter())) {
            continue;
        }
        auto bound = asked->read(form.text(asked->parameter()));
        if (!bound) {
            return bound.error();
        }
        confirmation.set(binding->confirmation(), *std::move(bound));
    }
    return confirmation;
}

Result<ProvenRequest, OAuthError> TokenBindings::proven(const Context& context,
                                                        const HttpRequest& request,
                                                        const Client& client,
                                                        Form parameters) const {
    ProvenRequest proven{std::move(parameters), {}};
    for (const auto& [binding, asked] : askable_) {
        auto proof = asked->proven(context, request, client);
        if (!proof) {
            return proof.error();
        }
        if (!*proof) {
            continue;
        }
        if (!isAskedFor(proven.parameters, asked->parameter(), (*proof)->bound)) {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  "The request is to be bound to something else than it proves");
        }
        for (auto& use : usesOf(*binding, **proof)) {
            proven.uses.push_back(std::move(use));
        }
    }
    return proven;
}

OAuthError TokenBindings::challenge(OAuthError error, std::string_view scheme,
                                    const Issuer& issuer) const {
    if (answering_.empty() || error.httpStatus() != 401 || hasChallenge(error)) {
        return error;
    }
    const OAuthError told = tellable(error);
    if (scheme == bearer) {
        error.headers.push_back({"WWW-Authenticate", bearerChallenge(told, issuer)});
    }
    for (const auto& [binding, answer] : answering_) {
        const auto* shown = binding->tokenType() == scheme ? &told : nullptr;
        error.headers.push_back({"WWW-Authenticate", answer->challenge(shown)});
    }
    return error;
}

std::vector<Header> TokenBindings::fields(const Context& context,
                                          const HttpRequest& request) const {
    std::vector<Header> all;
    for (const auto& [binding, answer] : answering_) {
        for (auto& field : answer->fields(context, request)) {
            all.push_back(std::move(field));
        }
    }
    return all;
}

/// What has more members than one, or another's, was made by a server that knew more.
const TokenBinding* TokenBindings::bindingOf(const ValueMap& confirmation) const {
    if (confirmation.size() != 1) {
        return nullptr;
    }
    const auto& name = confirmation.begin()->name;
    const auto found = std::find_if(bindings_.begin(), bindings_.end(), [&](const auto& named) {
        return named.plugin->confirmation() == name;
    });
    return found == bindings_.end() ? nullptr : found->plugin;
}

}  // namespace gatehouse
