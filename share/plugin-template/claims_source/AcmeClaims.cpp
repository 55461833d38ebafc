// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/ClaimsSource.h>

namespace {

using namespace gatehouse;

/// Access tokens about a person tell one more thing.
class AcmeClaims final : public ClaimsSource {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        text_ = config.text("text");
        return done();
    }
    std::vector<std::string_view> names() const override { return {"acme"}; }

    Result<ValueMap> claims(const ClaimsWanted& wanted) const override {
        if (wanted.target() != ClaimsWanted::accessToken || !wanted.subject().isPerson()) {
            return ValueMap{};
        }
        return ValueMap{{"acme", text_}};
    }

private:
    std::string text_;
};

constexpr Field fields[] = {
    {"text", Kind::text, required, "what the claim says"},
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeClaims, "acme", "1.0.0", "A claim in access tokens", fields)
