// SPDX-License-Identifier: Apache-2.0
#include "facade/LentRequests.h"

#include "Services.h"
#include "authorization/RequestCheck.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "json/Members.h"
#include "login/Approvals.h"
#include "login/AskedSteps.h"
#include "login/LoginFlow.h"
#include "page/PageRenderer.h"
#include "token/PromiseBook.h"
#include "token/TokenExchange.h"

namespace gatehouse {

HttpResponse LentRequests::accept(const Context& context, const HttpRequest& request,
                                  const Form& parameters) const {
    return core_.pages(context.issuer)
        .respond(context, core_.login().authorize(context, request, parameters));
}

Result<CheckedRequest, OAuthError> LentRequests::check(const Context& context,
                                                       const HttpRequest& request,
                                                       const AuthenticatedClient& client,
                                                       const Form& parameters) const {
    return core_.requestCheck().check(context, request, client, parameters);
}

Result<Promised, OAuthError> LentRequests::promise(const Context& context,
                                                   const HttpRequest& request,
                                                   const AuthenticatedClient& client,
                                                   const Form& parameters,
                                                   const Promise& promise) const {
    auto kind = core_.exchange().kindOfPromises(context, promise.grant, client);
    if (!kind) {
        return kind.error();
    }
    auto checked =
        core_.requestCheck().checkPromised(context, request, client, parameters, promise.isSigned);
    if (!checked) {
        return checked.error();
    }
    auto person = promise.person ? promise.person() : Subject();
    if (!person) {
        return person.error();
    }
    auto promised = core_.promises().make(context, *std::move(kind), *client.client,
                                          std::move(checked->sealed), promise, *std::move(person));
    return promised ? Result<Promised, OAuthError>(*std::move(promised))
                    : OAuthError::from(promised.error());
}

Status LentRequests::askApprovers(const Context& context, const std::string& reference) const {
    return core_.approvals().begin(context, reference);
}

HttpResponse LentRequests::decide(const Context& context, const HttpRequest& request,
                                  std::string_view reference) const {
    return core_.pages(context.issuer)
        .respond(context, core_.login().decide(context, request, reference));
}

/// RFC 8414 section 3.2: a list that would be empty is left out.
ValueMap LentRequests::metadata(const Issuer& issuer) const {
    const auto types = core_.responseTypes().names(issuer);
    if (types.empty()) {
        return {};
    }
    return {{"response_types_supported", listOfTexts(types)},
            {"response_modes_supported", listOfTexts(core_.responseModes().names())},
            {"code_challenge_methods_supported", ValueList{"S256"}},
            {"display_values_supported", ValueList{"page"}},
            {"acr_values_supported", listOfTexts(core_.login().acrValues())},
            {"prompt_values_supported", listOfTexts(core_.askedSteps().prompts(issuer))},
            {"ui_locales_supported", listOfTexts(core_.pages(issuer).languages())},
            {"claims_parameter_supported", true},
            {"request_parameter_supported", core_.requestSources().have("request")},
            {"request_uri_parameter_supported", core_.requestSources().have("request_uri")},
            {"authorization_response_iss_parameter_supported", true}};
}

}  // namespace gatehouse
