// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Requests.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// Sends who comes from the client "shop" on to a login; shows an error to all others.
class FakeRequests final : public Requests {
public:
    /// The backend must outlive this.
    explicit FakeRequests(const FakeBackend& backend) : backend_(backend) {}

    HttpResponse accept(const Context& context, const HttpRequest&,
                        const Form& parameters) const override {
        HttpResponse response;
        const bool isKnown = parameters.text("client_id") == "shop";
        response.status = backend_.trouble(context) ? 503 : isKnown ? 303 : 400;
        if (response.status == 303) {
            response.set("Location", context.issuer.path + "/interaction/1/login");
        }
        return response;
    }
    ValueMap metadata(const Issuer&) const override {
        return {{"response_types_supported", ValueList{"code"}}};
    }
    /// Refuses the scope "refused"; what it seals can be read.
    Result<CheckedRequest, OAuthError> check(const Context& context, const HttpRequest&,
                                             const AuthenticatedClient& client,
                                             const Form& parameters) const override {
        if (const auto failure = backend_.trouble(context)) {
            return OAuthError::from(*failure);
        }
        if (parameters.text("scope") == "refused") {
            return OAuthError::of(OAuthCode::invalidScope, "The scope is refused");
        }
        std::string sealed = client.client->id;
        for (const auto& [name, value] : parameters.fields()) {
            sealed += "&" + name + "=" + value;
        }
        return CheckedRequest{parameters, std::move(sealed), seconds{900}};
    }
    /// Refuses what check() refuses; the text is that of the grant.
    Result<Promised, OAuthError> promise(const Context& context, const HttpRequest& request,
                                         const AuthenticatedClient& client, const Form& parameters,
                                         const Promise& promise) const override {
        const auto checked = check(context, request, client, parameters);
        const auto person = checked && promise.person ? promise.person() : Subject();
        if (!person) {
            return person.error();
        }
        return checked
                   ? Result<Promised, OAuthError>(Promised{std::string(promise.grant), "promise-1"})
                   : checked.error();
    }
    Status askApprovers(const Context& context, const std::string&) const override {
        const auto trouble = backend_.trouble(context);
        return trouble ? Status(*trouble) : done();
    }
    HttpResponse decide(const Context& context, const HttpRequest&,
                        std::string_view reference) const override {
        HttpResponse response;
        response.status = backend_.trouble(context) ? 503 : reference == "promise-1" ? 303 : 400;
        return response;
    }

private:
    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
