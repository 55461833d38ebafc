// SPDX-License-Identifier: Apache-2.0
// A parameter that a site sends with its authorization request, as a third party adds one, against
// the SDK alone.
#include <gatehouse/point/AuthorizationRule.h>

#include <cstddef>

namespace {

using namespace gatehouse;

constexpr std::size_t longestCard = 16;

/// Takes `loyalty_card`, a number.
class LoyaltyRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"loyalty_card"}; }

    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        const auto card = request.parameters().text("loyalty_card");
        if (card.size() > longestCard ||
            card.find_first_not_of("0123456789") != std::string_view::npos) {
            return OAuthError::of(OAuthCode::invalidRequest, "The loyalty_card is not a number");
        }
        return ValueMap{{"card", card}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(LoyaltyRule, "loyalty", "1.0.0", "Takes the number of a card along")
