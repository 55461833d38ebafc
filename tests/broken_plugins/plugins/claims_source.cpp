// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/ClaimsSource.h>

#include <stdexcept>

namespace gatehouse {

/// Gives SOURCE_CLAIM; the empty name throws.
class Source final : public ClaimsSource {
public:
    std::vector<std::string_view> names() const override {
        constexpr std::string_view name = SOURCE_CLAIM;
        if (name.empty()) {
            throw std::runtime_error("no idea");
        }
        return {name};
    }
    Result<ValueMap> claims(const ClaimsWanted& /*wanted*/) const override { return ValueMap{}; }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Source, SOURCE_NAME, "1.0.0", "Gives one claim")
