// SPDX-License-Identifier: Apache-2.0
#include "JarmMembers.h"

#include "jose/JweAlgorithm.h"

#include <utility>

namespace gatehouse {

Status JarmMembers::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

std::vector<std::string_view> JarmMembers::members() const {
    return {jarmMembers.signing, jarmMembers.algorithm, jarmMembers.encryption};
}

Status JarmMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    auto problems = problemsOf(metadata, jarmMembers, host_->jose().signingAlgorithms());
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

/// JARM section 4.
void JarmMembers::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    const auto signing = host_->jose().signingAlgorithms();
    metadata.set("authorization_signing_alg_values_supported",
                 ValueList(signing.begin(), signing.end()));
    metadata.set("authorization_encryption_alg_values_supported",
                 ValueList(jweAlgorithms().begin(), jweAlgorithms().end()));
    metadata.set("authorization_encryption_enc_values_supported",
                 ValueList(jweEncryptions().begin(), jweEncryptions().end()));
}

constexpr const char* neededByMembers[] = {"key_store"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::JarmMembers, "jarm", "0.1.0",
                   "How clients want answers of the authorization endpoint that are JWTs",
                   gatehouse::neededByMembers)
