// SPDX-License-Identifier: Apache-2.0
// An authorization rule that is asked about every request.
#include <gatehouse/point/AuthorizationRule.h>

namespace {

using namespace gatehouse;

class GreetingRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {}; }
    Result<ValueMap, OAuthError> check(const RequestInHand& request) const override {
        return ValueMap{{"client", request.client().id}};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(GreetingRule, "greeting", "1.0.0", "Notes which client asks")
