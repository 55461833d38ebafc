// SPDX-License-Identifier: Apache-2.0
// A claims source whose client says by a scope what it does: shows where it is asked, and what the
// server makes of a broken one.
#include <gatehouse/point/ClaimsSource.h>

#include <stdexcept>
#include <string>

namespace {

using namespace gatehouse;

class OddSource final : public ClaimsSource {
public:
    std::vector<std::string_view> names() const override { return {"odd"}; }
    Result<ValueMap> claims(const ClaimsWanted& wanted) const override {
        const auto& scopes = wanted.scopes();
        if (scopes.contains("throws")) {
            throw std::runtime_error("lost my head");
        }
        if (scopes.contains("forges")) {
            return ValueMap{{"sub", "somebody else"}};
        }
        if (scopes.contains("long")) {
            return ValueMap{{"odd", std::string(5000, 'x')}};
        }
        if (scopes.contains("away")) {
            return Error::unavailable("its directory is away");
        }
        return scopes.contains("odd") ? ValueMap{{"odd", wanted.target()}} : ValueMap{};
    }
};

}  // namespace

GATEHOUSE_PLUGIN(OddSource, "odd", "1.0.0", "Does what a scope says")
