// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/ResponseMode.h>

namespace gatehouse {

/// Says it is MODE.
class Mode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return MODE; }
    Result<AnswerOnItsWay> write(const AnswerInHand& /*answer*/) const override {
        return AnswerOnItsWay{};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Mode, MODE_NAME, "1.0.0", "A response mode of that name")
