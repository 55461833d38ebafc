// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Requests.h>
#include <gatehouse/testkit/FakeBackend.h>

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

private:
    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
