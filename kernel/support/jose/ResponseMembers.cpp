// SPDX-License-Identifier: Apache-2.0
#include "jose/ResponseMembers.h"

#include "jose/JweWriter.h"
#include "jose/JwkKey.h"
#include "json/MemberChoice.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

bool isUsable(const Value& entry, const JweAlgorithm& algorithm) {
    return entry.map() != nullptr && encryptsWith(*entry.map(), algorithm) &&
           bool(keyFromJwk(*entry.map()));
}

/// The first key that fits is the one that is used.
bool hasKey(const ValueMap& metadata, const JweAlgorithm& algorithm) {
    const auto* jwks = metadata.find("jwks");
    const auto* keys =
        jwks == nullptr || jwks->map() == nullptr ? nullptr : jwks->map()->find("keys");
    if (keys == nullptr || keys->list() == nullptr) {
        return false;
    }
    const auto found =
        std::find_if(keys->list()->begin(), keys->list()->end(), [&](const Value& entry) {
            return entry.map() != nullptr && encryptsWith(*entry.map(), algorithm);
        });
    return found != keys->list()->end() && isUsable(*found, algorithm);
}

std::string keyProblem(const ValueMap& metadata, const ResponseMembers& members) {
    const auto* algorithm = findJweAlgorithm(metadata.text(members.algorithm));
    const bool isElsewhere = !isThere(metadata, "jwks") && isThere(metadata, "jwks_uri");
    if (algorithm == nullptr || isElsewhere || hasKey(metadata, *algorithm)) {
        return {};
    }
    return std::string(members.algorithm) + ": needs a key in jwks with kty " +
           std::string(algorithm->keyType) + ", without a use or with the use enc\n";
}

}  // namespace

std::string_view encryptionOf(const ValueMap& metadata, const ResponseMembers& members) {
    const auto encryption = metadata.text(members.encryption);
    return encryption.empty() ? "A128CBC-HS256" : encryption;
}

std::string problemsOf(const ValueMap& metadata, const ResponseMembers& members,
                       const std::vector<std::string_view>& signing) {
    auto problems = (members.signing.empty() ? std::string()
                                             : choiceProblem(metadata, members.signing, signing)) +
                    choiceProblem(metadata, members.algorithm, jweAlgorithms()) +
                    choiceProblem(metadata, members.encryption, jweEncryptions()) +
                    keyProblem(metadata, members);
    if (isThere(metadata, members.encryption) && !isThere(metadata, members.algorithm)) {
        problems.append(members.encryption)
            .append(": needs ")
            .append(members.algorithm)
            .append(" beside it\n");
    }
    return problems;
}

}  // namespace gatehouse
