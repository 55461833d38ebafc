// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Logins.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <string_view>

namespace gatehouse::testkit {

/// Answers each page by its name.
class FakeLogins final : public Logins {
public:
    /// The backend must outlive this.
    explicit FakeLogins(const FakeBackend& backend) : backend_(backend) {}

    HttpResponse answer(const Context& context, const HttpRequest&,
                        std::string_view page) const override {
        HttpResponse response;
        response.status = backend_.trouble(context) ? 503 : 200;
        response.set("Content-Type", "text/html; charset=utf-8");
        response.body = page;
        return response;
    }
    /// The login in the cookie "session" is good enough, whatever is wanted.
    std::optional<HttpResponse> signIn(const Context& context, const HttpRequest& request,
                                       const SignInDemand&,
                                       std::string_view returnPath) const override {
        if (!backend_.trouble(context) && !request.cookie("session").empty()) {
            return std::nullopt;
        }
        auto response = answer(context, request, login);
        response.status = response.status == 200 ? 303 : response.status;
        response.set("Location", "/interaction/1/login?back=" + std::string(returnPath));
        return response;
    }

private:
    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
