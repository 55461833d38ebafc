// SPDX-License-Identifier: Apache-2.0
#include "facade/LentLogins.h"

#include "Services.h"
#include "login/LoginFlow.h"
#include "page/PageRenderer.h"
#include "text/FormText.h"
#include "web/Answer.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

using Show = BrowserAnswer (*)(Services&, const Context&, const HttpRequest&);
using Post = BrowserAnswer (*)(Services&, const Context&, const HttpRequest&, const Form&);

struct KnownPage {
    std::string_view name;
    Show show;  ///< nullptr: a form only
    Post post;  ///< nullptr: no form
};

template <auto Call>
BrowserAnswer show(Services& core, const Context& context, const HttpRequest& request) {
    return (core.login().*Call)(context, request);
}

template <auto Call>
BrowserAnswer post(Services& core, const Context& context, const HttpRequest& request,
                   const Form& form) {
    return (core.login().*Call)(context, request, form);
}

/// What comes is asked about there.
BrowserAnswer comeBack(Services& core, const Context& context, const HttpRequest& request) {
    return core.login().comeBack(context, request, parseForm(request.query).value_or(Form{}));
}

constexpr KnownPage knownPages[] = {
    {Logins::login, show<&LoginFlow::showLogin>, post<&LoginFlow::postLogin>},
    {Logins::account, show<&LoginFlow::showAccounts>, post<&LoginFlow::postAccount>},
    {Logins::consent, show<&LoginFlow::showConsent>, post<&LoginFlow::postConsent>},
    {Logins::cancel, nullptr, post<&LoginFlow::postCancel>},
    {Logins::restart, show<&LoginFlow::restart>, nullptr},
    {Logins::comeBack, comeBack, nullptr},
};

BrowserAnswer answerOf(Services& core, const Context& context, const HttpRequest& request,
                       std::string_view page) {
    const bool isForm = request.method == "POST";
    const auto* known =
        std::find_if(std::begin(knownPages), std::end(knownPages), [&](const KnownPage& one) {
            return one.name == page && (isForm ? one.post != nullptr : one.show != nullptr);
        });
    const auto fail = [&](const OAuthError& error) {
        return PageRenderer::error(core.pages(context.issuer).language({}, request), error);
    };
    if (known == std::end(knownPages)) {
        return fail(OAuthError::from(Error::internal("a login has no page " + std::string(page))));
    }
    if (!isForm) {
        return known->show(core, context, request);
    }
    const auto form = readForm(request);
    return form ? known->post(core, context, request, *form) : fail(form.error());
}

}  // namespace

HttpResponse LentLogins::answer(const Context& context, const HttpRequest& request,
                                std::string_view page) const {
    return core_.pages(context.issuer).respond(context, answerOf(core_, context, request, page));
}

std::optional<HttpResponse> LentLogins::signIn(const Context& context, const HttpRequest& request,
                                               const SignInDemand& demand,
                                               std::string_view returnPath) const {
    const auto answer = core_.login().signIn(context, request, demand, returnPath);
    return answer ? std::optional(core_.pages(context.issuer).respond(context, *answer))
                  : std::nullopt;
}

}  // namespace gatehouse
