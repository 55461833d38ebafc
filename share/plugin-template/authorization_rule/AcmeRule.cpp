// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/AuthorizationRule.h>

#include <cstddef>

namespace {

using namespace gatehouse;

constexpr std::size_t longestCard = 16;

/// Takes `acme_card`, a number, along with an authorization request.
class AcmeRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"acme_card"}; }

    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        const auto card = request.parameters().text("acme_card");
        if (card.size() > longestCard ||
            card.find_first_not_of("0123456789") != std::string_view::npos) {
            return OAuthError::of(OAuthCode::invalidRequest, "The acme_card is not a number");
        }
        // Kept with what is allowed; a claims_source of the same name is shown it.
        return ValueMap{{"card", card}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeRule, "acme", "1.0.0", "Takes the number of a card along")
