// SPDX-License-Identifier: Apache-2.0
// A claim that a third party adds, against the SDK alone: what the rule of the same name noted.
#include <gatehouse/point/ClaimsSource.h>

namespace {

using namespace gatehouse;

/// Resource servers that get an access token see the card.
class LoyaltyClaims final : public ClaimsSource {
public:
    std::vector<std::string_view> names() const override { return {"loyalty_card"}; }

    Result<ValueMap> claims(const ClaimsWanted& wanted) const override {
        const auto card = wanted.note().text("card");
        if (wanted.target() != ClaimsWanted::accessToken || card.empty()) {
            return ValueMap{};
        }
        return ValueMap{{"loyalty_card", card}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(LoyaltyClaims, "loyalty", "1.0.0", "Tells the number of a card in access tokens")
