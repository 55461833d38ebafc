// SPDX-License-Identifier: Apache-2.0
// An authorization rule as a third party writes it, against the SDK alone; `trouble` shows what the
// server makes of a broken one.
#include <gatehouse/point/AuthorizationRule.h>

#include <stdexcept>
#include <string>

namespace {

using namespace gatehouse;

ValueMap nested(int levels) {
    ValueMap map{{"end", true}};
    for (; levels > 0; --levels) {
        map = ValueMap{{"in", std::move(map)}};
    }
    return map;
}

Result<ValueMap, OAuthError> broken(std::string_view trouble) {
    if (trouble == "throws") {
        throw std::runtime_error("lost my head");
    }
    if (trouble == "throws oddly") {
        throw 7;
    }
    if (trouble == "long") {
        return ValueMap{{"text", std::string(5000, 'x')}};
    }
    return nested(trouble == "too deep" ? 28 : 20);
}

class CardRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"card", "trouble"}; }
    std::vector<std::string_view> after() const override { return {"scope", "greeting"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        if (request.parameters().has("trouble")) {
            return broken(request.parameters().text("trouble"));
        }
        const auto card = request.parameters().text("card");
        if (card.find_first_not_of("0123456789") != std::string_view::npos) {
            return OAuthError::of(OAuthCode::accessDenied, "The card is not a number");
        }
        return ValueMap{{"card", card}, {"agent", request.header("user-agent")}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(CardRule, "card", "1.0.0", "Notes the number of a card")
