// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/AuthorizationRule.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace gatehouse {

enum class Bug { none, echoes, throwsAtOddBytes, keepsAll, noName, sameNameTwice, blamesItself };

/// Notes a card's number. Keeps what the contract says, but for one bug.
template <Bug bug> class CardRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override {
        if (bug == Bug::sameNameTwice) {
            return {"card", "card"};
        }
        return {bug == Bug::noName ? "" : "card"};
    }
    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        const auto card = request.parameters().text("card");
        if (bug == Bug::throwsAtOddBytes && card.find('\0') != std::string_view::npos) {
            throw std::runtime_error("odd");
        }
        const bool isNumber = card.find_first_not_of("0123456789") == std::string_view::npos;
        if (bug != Bug::keepsAll && (!isNumber || card.size() > 20)) {
            return OAuthError::of(bug == Bug::blamesItself ? OAuthCode::serverError
                                                           : OAuthCode::invalidRequest,
                                  bug == Bug::echoes ? card : "The card is not a number");
        }
        return ValueMap{{"card", card}};
    }
};

template <Bug bug> struct CardBed {
    std::unique_ptr<AuthorizationRule> make() { return std::make_unique<CardRule<bug>>(); }
    Form good() { return Form(std::vector<Form::Field>{{"card", "4711"}}); }
};

}  // namespace gatehouse
