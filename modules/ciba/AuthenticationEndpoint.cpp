// SPDX-License-Identifier: Apache-2.0
#include "AuthenticationEndpoint.h"

#include <gatehouse/Web.h>

#include "ApprovalPage.h"
#include "CibaMembers.h"
#include "json/JsonWriter.h"
#include "text/ShownTime.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

HttpResponse AuthenticationEndpoint::post(const Context& context,
                                          const HttpRequest& request) const {
    return endpoint_.answer(context, request,
                            [&](const AuthenticatedClient& client,
                                const Form& form) -> Result<HttpResponse, OAuthError> {
                                const auto given = give(context, request, client, form);
                                if (!given) {
                                    return given.error();
                                }
                                JsonWriter body;
                                body.text("auth_req_id", given->authReqId)
                                    .number("expires_in", given->lifetime.count())
                                    .number("interval", settings_.interval.count());
                                return host_.web().json(body.finish());
                            });
}

Result<AuthenticationEndpoint::Given, OAuthError>
AuthenticationEndpoint::give(const Context& context, const HttpRequest& http,
                             const AuthenticatedClient& client, const Form& form) const {
    if (!client.isProven || !client.client->allowsGrant(cibaGrant)) {
        return OAuthError::of(OAuthCode::unauthorizedClient,
                              "This client may not have people asked");
    }
    if (auto tooMany = limits_.ofClient(context, *client.client)) {
        return *std::move(tooMany);
    }
    const auto parameters = signed_.open(context, *client.client, form);
    if (!parameters) {
        return parameters.error();
    }
    const auto request = AuthenticationRequest::read(*parameters, *client.client);
    if (!request) {
        return request.error();
    }
    return ask(context, http, client, *request);
}

Result<Subject, OAuthError>
AuthenticationEndpoint::personOf(const Context& context, const Client& client,
                                 const AuthenticationRequest& request) const {
    auto person = people_.find(context, client, request);
    if (!person) {
        return OAuthError::from(person.error());
    }
    if (!*person) {
        return limits_.ofUnknown(context, client);
    }
    auto tooMany = limits_.ofPerson(context, (*person)->sub);
    return tooMany ? Result<Subject, OAuthError>(*std::move(tooMany))
                   : Result<Subject, OAuthError>(**std::move(person));
}

Promise AuthenticationEndpoint::termsOf(const HttpRequest& http, const Client& client,
                                        const AuthenticationRequest& request, TimePoint now) const {
    Promise terms;
    terms.grant = cibaGrant;
    terms.lifetime = std::min(settings_.lifetime, request.wishedLifetime.value_or(seconds::max()));
    terms.interval = settings_.interval;
    terms.page = {"approval_consent",
                  {{"binding_message", request.bindingMessage},
                   {"asked_address", http.remoteAddress},
                   {"asked_time", shownTime(now)}}};
    terms.returnPath = ApprovalPage::donePath;
    terms.askPath = ApprovalPage::askPath;
    terms.isSigned = !client.metadata.text(signingMember).empty();
    return terms;
}

Result<AuthenticationEndpoint::Given, OAuthError>
AuthenticationEndpoint::ask(const Context& context, const HttpRequest& http,
                            const AuthenticatedClient& client,
                            const AuthenticationRequest& request) const {
    const auto now = host_.clock().now();
    auto terms = termsOf(http, *client.client, request, now);
    std::string sub;
    terms.person = [&] {
        auto person = personOf(context, *client.client, request);
        sub = person ? person->sub : std::string();
        return person;
    };
    auto promise = requests_.promise(context, http, client, request.parameters, terms);
    if (!promise) {
        return promise.error();
    }
    AskedRequest asked{promise->reference,
                       client.client->id,
                       std::move(sub),
                       std::string(request.parameters.text("scope")),
                       request.bindingMessage,
                       http.remoteAddress,
                       now,
                       now + terms.lifetime,
                       {}};
    if (isPinged(*client.client)) {
        asked.ping =
            asked_.seal(asked.reference, {Secret(promise->text), request.notificationToken});
    }
    auto added = asked_.add(context, asked);
    if (added) {
        added = requests_.askApprovers(context, promise->reference);
    }
    return added ? Result<Given, OAuthError>(Given{std::move(promise->text), terms.lifetime})
                 : OAuthError::from(added.error());
}

}  // namespace gatehouse
