// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseMode.h>
#include <gatehouse/testkit/FakeContext.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// An answer for a public client "site".
class FakeAnswerInHand final : public AnswerInHand {
public:
    explicit FakeAnswerInHand(std::vector<Form::Field> parameters,
                              std::string redirectUri = "https://site.example/cb")
        : fakeParameters(std::move(parameters)), fakeRedirectUri(std::move(redirectUri)) {
        fakeClient.id = "site";
        fakeClient.authMethod = "none";
        fakeClient.redirectUris = {fakeRedirectUri};
    }
    FakeAnswerInHand(const FakeAnswerInHand&) = delete;
    FakeAnswerInHand& operator=(const FakeAnswerInHand&) = delete;

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return fakeClient; }
    std::string_view redirectUri() const noexcept override { return fakeRedirectUri; }
    const std::vector<Form::Field>& parameters() const noexcept override { return fakeParameters; }
    std::string_view defaultMode() const noexcept override { return fakeDefaultMode; }

    void giveUpAt(SteadyPoint deadline) noexcept { context_.deadline = deadline; }

    FakeContext fakeContext;
    Client fakeClient;
    std::vector<Form::Field> fakeParameters;
    std::string fakeRedirectUri;
    std::string_view fakeDefaultMode = ResponseMode::query;

private:
    Context context_ = fakeContext;
};

}  // namespace gatehouse::testkit
