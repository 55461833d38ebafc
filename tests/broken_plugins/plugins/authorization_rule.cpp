// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/AuthorizationRule.h>

#include <stdexcept>

namespace gatehouse {

/// Wants to come after RULE_AFTER; the empty name throws.
class MisplacedRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"card"}; }
    std::vector<std::string_view> after() const override {
        constexpr std::string_view name = RULE_AFTER;
        if (name.empty()) {
            throw std::runtime_error("no idea");
        }
        return {"scope", name};
    }
    Result<ValueMap, OAuthError> check(const RequestInHand& /*request*/) const override {
        return ValueMap{};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::MisplacedRule, RULE_NAME, "1.0.0", "Asks for an impossible place")
