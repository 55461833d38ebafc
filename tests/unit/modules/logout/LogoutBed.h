// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/LoginStep.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeContext.h>

#include "json/Json.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Believes "TYP|CLAIMS", and finds it in "a.b.c.d.TYP|CLAIMS".
class FakeHints final : public testkit::FakeJose {
public:
    Result<std::optional<VerifiedJwt>> verify(const Context&, std::string_view text) override {
        const auto end = text.find('|');
        const auto claims =
            end == std::string_view::npos ? std::nullopt : parseJson(text.substr(end + 1));
        return claims && claims->map() != nullptr
                   ? std::optional(VerifiedJwt{{{"typ", text.substr(0, end)}}, *claims->map()})
                   : std::nullopt;
    }
    Result<std::optional<DecryptedJwe>> decrypt(const Context&, std::string_view text) override {
        return text.substr(0, 8) == "a.b.c.d."
                   ? std::optional(DecryptedJwe{{}, std::string(text.substr(8))})
                   : std::nullopt;
    }
};

/// Nobody signs out elsewhere.
class FakeStep final : public LoginStep {
public:
    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context&, const LoginState&) const override { return Need::yes; }
    Result<StepOutcome> ask(const Context&, LoginState&) const override {
        return StepOutcome::failed();
    }
    Result<StepOutcome> answer(const Context&, LoginState&, const Form&) const override {
        return StepOutcome::failed();
    }
};

/// Fakes of all that a logout asks.
struct LogoutBed : testkit::FacadeBed {
    LogoutBed() {
        host.add<LoginStep>("password", step);
        host.use(hints);
        clients.client.metadata.set("post_logout_redirect_uris",
                                    ValueList{"https://shop.example/bye",
                                              "https://shop.example/?a=b",
                                              "https://shop.example/\r\nX: y"});
    }

    /// An ID token of the session of FakeSessions, with these members changed.
    static std::string hint(const ValueMap& changes = {}, const std::string& type = "JWT") {
        ValueMap claims{{"iss", "https://id.example.org"},
                        {"sub", "sub-of-ada"},
                        {"aud", "shop"},
                        {"exp", 1},
                        {"sid", "session-of-ada"}};
        for (const auto& [name, value] : changes) {
            claims.set(name, value);
            if (value.isNull()) {
                claims.erase(name);
            }
        }
        return type + "|" + toJson(claims);
    }

    FakeHints hints;
    FakeStep step;
    testkit::FakeContext context;
};

}  // namespace gatehouse
