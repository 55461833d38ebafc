// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/ResponseType.h>

namespace gatehouse {

/// Says it is KIND.
class Type final : public ResponseType {
public:
    std::string_view kind() const noexcept override { return KIND; }
    std::string_view grant() const noexcept override { return "implicit"; }
    bool standsAlone() const noexcept override { return true; }
    Result<std::monostate, OAuthError> check(const Form& /*parameters*/) const override {
        return std::monostate{};
    }
    Result<std::monostate, OAuthError> addTo(AnswerInMaking& /*answer*/) const override {
        return std::monostate{};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Type, TYPE_NAME, "1.0.0", "A response type of that name")
