// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/ResponseMode.h>

#include "text/FormText.h"

#include <string>

namespace gatehouse {

/// Behind the #, where a browser keeps it to itself (OAuth 2.0 Multiple Response Type Encoding
/// Practices section 2.1).
class FragmentMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return fragment; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override {
        return AnswerOnItsWay{
            std::string(answer.redirectUri()) + "#" + writeForm(answer.parameters()), {}};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::FragmentMode, "fragment", "0.1.0",
                 "Answers of the authorization endpoint in the fragment")
