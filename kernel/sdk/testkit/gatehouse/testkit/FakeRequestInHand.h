// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/RequestInHand.h>
#include <gatehouse/testkit/FakeContext.h>

#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// An authorization request for a rule or a source to look at, of a public client "site".
class FakeRequestInHand final : public RequestInHand {
public:
    explicit FakeRequestInHand(Form parameters = {}) : form(std::move(parameters)) {
        fakeClient.id = "site";
        fakeClient.authMethod = "none";
        fakeClient.redirectUris = {"https://site.example/cb"};
        fakeClient.grantTypes = {"authorization_code"};
        fakeClient.scopes = ScopeSet{"openid", "profile"};
    }
    FakeRequestInHand(const FakeRequestInHand&) = delete;
    FakeRequestInHand& operator=(const FakeRequestInHand&) = delete;

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return fakeClient; }
    const Form& parameters() const noexcept override { return form; }
    std::string_view header(std::string_view name) const noexcept override {
        return http.header(name);
    }
    const HttpRequest* pushed() const noexcept override { return isPushed ? &http : nullptr; }

    void giveUpAt(SteadyPoint deadline) noexcept { context_.deadline = deadline; }

    FakeContext fakeContext;
    Client fakeClient;
    Form form;
    HttpRequest http;
    bool isPushed = false;

private:
    Context context_ = fakeContext;
};

}  // namespace gatehouse::testkit
