// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/RequestKeeper.h>
#include <gatehouse/RequiredSource.h>
#include <gatehouse/point/RequestSource.h>

#include "text/FormText.h"

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

using Read = Result<RequestRead, OAuthError>;

class FakeSource final : public RequestSource {
public:
    explicit FakeSource(std::vector<std::string_view> parameters) : names(std::move(parameters)) {}

    std::vector<std::string_view> parameters() const override { return names; }
    Read read(const RequestInHand& request) const override {
        ++asked;
        return answer(request);
    }

    std::vector<std::string_view> names;
    std::function<Read(const RequestInHand&)> answer = [](const RequestInHand&) {
        return RequestRead{*parseForm("scope=openid&state=kept")};
    };
    mutable int asked = 0;
};

/// Must be used by the client "site".
class Demanding final : public With<RequestSource, RequiredSource> {
public:
    std::vector<std::string_view> parameters() const override { return {"ticket"}; }
    Read read(const RequestInHand&) const override { return RequestRead{}; }
    std::optional<OAuthError> objection(const Client& client) const override {
        if (client.id == "app") {
            throw std::runtime_error("lost");
        }
        return client.id == "site" ? std::optional(OAuthError::of("invalid_request", "A ticket!"))
                                   : std::nullopt;
    }
};

/// Keeps one text under "ref", and must be used by the client "site".
class FakeKeeper final : public With<RequestSource, RequestKeeper, RequiredSource> {
public:
    std::vector<std::string_view> parameters() const override { return {"request_uri=urn:k:"}; }
    Read read(const RequestInHand&) const override {
        return RequestRead{{}, "1", until, text, "ref"};
    }
    Result<std::optional<std::string>> kept(const Context&,
                                            std::string_view reference) const override {
        return reference == "ref" ? std::optional(text) : std::nullopt;
    }
    std::optional<OAuthError> objection(const Client& client) const override {
        return client.id == "site" ? std::optional(OAuthError::of("invalid_request", "Push it!"))
                                   : std::nullopt;
    }

    std::string text;
    TimePoint until{};
};

}  // namespace gatehouse
