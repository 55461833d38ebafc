// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"

#include <memory>
#include <stdexcept>
#include <string>

namespace gatehouse {

enum class Bug {
    none,
    echoes,
    throwsAtOddBytes,
    keepsAll,
    noName,
    sameNameTwice,
    blamesItself,
    awayIsWrong,
    isPatient
};

/// Notes a card's number. Keeps what the contract says, but for one bug.
template <Bug bug> class CardRule final : public AuthorizationRule {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
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
        const auto asked = askRecords(*host_, request.context(), bug == Bug::isPatient);
        if (!asked && bug != Bug::awayIsWrong) {
            return OAuthError::from(asked.error());
        }
        if (!asked) {
            return OAuthError::of(OAuthCode::invalidRequest, "There is no such card");
        }
        const bool isNumber = card.find_first_not_of("0123456789") == std::string_view::npos;
        if (bug != Bug::keepsAll && (!isNumber || card.size() > 20)) {
            return OAuthError::of(bug == Bug::blamesItself ? OAuthCode::serverError
                                                           : OAuthCode::invalidRequest,
                                  bug == Bug::echoes ? card : "The card is not a number");
        }
        return ValueMap{{"card", card}};
    }

private:
    Host* host_ = nullptr;
};

template <Bug bug> struct CardBed : testkit::HostBed {
    std::unique_ptr<AuthorizationRule> make() {
        auto made = std::make_unique<CardRule<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    Form good() { return Form(std::vector<Form::Field>{{"card", "4711"}}); }
};

}  // namespace gatehouse
