// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ClientMetadataRule.h>

namespace gatehouse {

/// Of a client whose tokens are all bound (RFC 9449 section 5.2).
constexpr std::string_view boundMember = "dpop_bound_access_tokens";
/// By which it signs proofs; a profile settles several. Ours: no specification has a name for it.
constexpr std::string_view algorithmMember = "dpop_signing_alg";
constexpr std::string_view proofAlgorithms[] = {"ES256", "ES384", "ES512", "PS256", "EdDSA"};

/// What clients say of DPoP.
class DpopMembers final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override {
        return {boundMember, algorithmMember};
    }
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

}  // namespace gatehouse
