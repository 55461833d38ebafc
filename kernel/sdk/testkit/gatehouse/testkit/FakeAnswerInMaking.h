// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseType.h>
#include <gatehouse/testkit/FakeContext.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// An answer for a public client "site" about a person, with a code. What is asked of the kernel is
/// added as "access_token of N s" and "id_token", or refused.
class FakeAnswerInMaking final : public AnswerInMaking {
public:
    FakeAnswerInMaking() {
        fakeClient.id = "site";
        fakeClient.authMethod = "none";
        fakeAuthorization.clientId = "site";
        fakeAuthorization.subject = {"sub-of-ann", "local", "ann"};
        fakeAuthorization.scopes = {"openid", "email"};
    }
    FakeAnswerInMaking(const FakeAnswerInMaking&) = delete;
    FakeAnswerInMaking& operator=(const FakeAnswerInMaking&) = delete;

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return fakeClient; }
    const Authorization& authorization() const noexcept override { return fakeAuthorization; }
    const std::vector<Form::Field>& parameters() const noexcept override { return fakeParameters; }
    void add(std::string_view name, std::string value) override {
        fakeParameters.emplace_back(name, std::move(value));
    }
    Result<std::monostate, OAuthError> addAccessToken(seconds longest) override {
        return give("access_token", "of " + std::to_string(longest.count()) + " s");
    }
    Result<std::monostate, OAuthError> addIdToken() override { return give("id_token", "x"); }

    void giveUpAt(SteadyPoint deadline) noexcept { context_.deadline = deadline; }

    FakeContext fakeContext;
    Client fakeClient;
    Authorization fakeAuthorization;
    std::vector<Form::Field> fakeParameters{{"code", "abc"}};
    bool isRefusing = false;  ///< the kernel gives no token
    bool hasRefused = false;  ///< one that it was asked for

private:
    Result<std::monostate, OAuthError> give(std::string_view name, std::string value) {
        if (isRefusing) {
            hasRefused = true;
            return OAuthError::of(OAuthCode::invalidScope, "No token for this");
        }
        add(name, std::move(value));
        return std::monostate{};
    }

    Context context_ = fakeContext;
};

}  // namespace gatehouse::testkit
