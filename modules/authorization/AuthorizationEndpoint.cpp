// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationEndpoint.h"

#include "Services.h"
#include "login/LoginFlow.h"
#include "page/PageRenderer.h"
#include "text/FormText.h"
#include "web/Answer.h"

namespace gatehouse {

namespace {

/// What still fits a request line.
constexpr std::size_t longestQuery = 30000;

}  // namespace

HttpResponse AuthorizationEndpoint::get(const Context& context, const HttpRequest& request) const {
    const auto form = parseForm(request.query);
    if (!form) {
        return refuse(context, request, "The query is malformed");
    }
    return core_.pages(context.issuer)
        .respond(context, core_.login().authorize(context, request, *form));
}

HttpResponse AuthorizationEndpoint::post(const Context& context, const HttpRequest& request) const {
    if (!isForm(request)) {
        return refuse(context, request,
                      "The content type must be application/x-www-form-urlencoded");
    }
    const auto form =
        parseForm(request.query.empty() ? request.body : request.query + "&" + request.body);
    if (!form) {
        return refuse(context, request, "The form is malformed");
    }
    const auto query = writeForm(form->fields());
    if (query.size() > longestQuery) {
        return refuse(context, request, "The request is too long");
    }
    return core_.pages(context.issuer)
        .respond(context,
                 BrowserAnswer::goTo(context.issuer.path + "/api/oauth/authorize?" + query));
}

HttpResponse AuthorizationEndpoint::refuse(const Context& context, const HttpRequest& request,
                                           std::string_view why) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.respond(context,
                         PageRenderer::error(pages.language({}, request),
                                             OAuthError::of(OAuthCode::invalidRequest, why)));
}

}  // namespace gatehouse
