// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseType.h>

#include "login/AnswerMaker.h"
#include "token/TokenIssuer.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// See AnswerInMaking.
class MadeAnswer final : public AnswerInMaking {
public:
    /// All of it outlives this.
    struct Parts {
        const AnswerMaker::Wish& wish;
        const TokenIssuer& tokens;
        const Granted& granted;
        Batch& batch;
    };
    MadeAnswer(const Parts& parts, AnswerMaker::Answer& answer) : parts_(parts), answer_(answer) {}

    const Context& context() const noexcept override { return parts_.wish.context; }
    const Client& client() const noexcept override { return *parts_.wish.request.client; }
    const Authorization& authorization() const noexcept override {
        return parts_.granted.entitlement.authorization;
    }
    const std::vector<Form::Field>& parameters() const noexcept override {
        return answer_.parameters;
    }
    void add(std::string_view name, std::string value) override {
        answer_.parameters.emplace_back(name, std::move(value));
    }
    Result<std::monostate, OAuthError> addAccessToken(seconds longest) override;
    Result<std::monostate, OAuthError> addIdToken() override;

private:
    std::string_view parameter(std::string_view name) const;

    Parts parts_;
    AnswerMaker::Answer& answer_;
};

}  // namespace gatehouse
