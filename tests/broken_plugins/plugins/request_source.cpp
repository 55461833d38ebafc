// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/RequestSource.h>

#include <stdexcept>

namespace gatehouse {

/// Says it answers for SOURCE_PARAMETER; asked for nothing, it has none, or throws.
class Source final : public RequestSource {
public:
    std::vector<std::string_view> parameters() const override {
        const std::string_view parameter = SOURCE_PARAMETER;
        if (parameter == "throws") {
            throw std::runtime_error("no idea");
        }
        return parameter == "none" ? std::vector<std::string_view>{}
                                   : std::vector<std::string_view>{parameter};
    }
    Result<RequestRead, OAuthError> read(const RequestInHand& /*request*/) const override {
        return RequestRead{};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Source, SOURCE_NAME, "1.0.0", "A source of that name")
