// SPDX-License-Identifier: Apache-2.0
#include "DeviceAuthorization.h"

#include <gatehouse/Web.h>

#include "DevicePage.h"
#include "json/JsonWriter.h"
#include "text/ShownTime.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Whoever has the code is asked each time: somebody else may have sent it to them (RFC 8628
/// section 5.4).
Form askingForConsent(const Form& form) {
    auto fields = form.fields();
    fields.erase(std::remove_if(fields.begin(), fields.end(),
                                [](const Form::Field& field) { return field.first == "prompt"; }),
                 fields.end());
    fields.emplace_back("prompt", "consent");
    return Form(std::move(fields));
}

}  // namespace

HttpResponse DeviceAuthorization::post(const Context& context, const HttpRequest& request) const {
    return endpoint_.answer(context, request,
                            [&](const AuthenticatedClient& client,
                                const Form& form) -> Result<HttpResponse, OAuthError> {
                                const auto given = give(context, request, client, form);
                                if (!given) {
                                    return given.error();
                                }
                                const auto uri = context.issuer.url + DevicePage::path;
                                JsonWriter body;
                                body.text("device_code", given->promise.text)
                                    .text("user_code", given->userCode)
                                    .text("verification_uri", uri)
                                    .text("verification_uri_complete",
                                          DevicePage::complete(context.issuer, given->userCode))
                                    .number("expires_in", settings_.lifetime.count())
                                    .number("interval", settings_.interval.count());
                                return host_.web().json(body.finish());
                            });
}

Result<DeviceAuthorization::Given, OAuthError>
DeviceAuthorization::give(const Context& context, const HttpRequest& request,
                          const AuthenticatedClient& client, const Form& form) const {
    if (auto tooMany = limits_.ofClient(context, *client.client, request.remoteAddress)) {
        return *std::move(tooMany);
    }
    const auto now = host_.clock().now();
    Promise terms;
    terms.grant = grant;
    terms.lifetime = settings_.lifetime;
    terms.interval = settings_.interval;
    terms.page = {"device_consent",
                  {{"device_address", request.remoteAddress}, {"device_time", shownTime(now)}}};
    terms.returnPath = DevicePage::donePath;
    auto promise = requests_.promise(context, request, client, askingForConsent(form), terms);
    if (!promise) {
        return promise.error();
    }
    auto code = codes_.add(context, promise->reference, now + settings_.lifetime);
    return code ? Result<Given, OAuthError>(Given{*std::move(promise), *std::move(code)})
                : OAuthError::from(code.error());
}

}  // namespace gatehouse
