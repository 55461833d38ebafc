// SPDX-License-Identifier: Apache-2.0
#include "client/ClientAlgorithms.h"

#include "jose/Algorithm.h"
#include "text/Contains.h"
#include "text/Listed.h"

#include <string>

namespace gatehouse {

namespace {

constexpr std::string_view idTokenMember = "id_token_signed_response_alg";
constexpr std::string_view accessTokenMember = "access_token_signed_response_alg";
constexpr std::string_view defaultAlgorithm = "RS256";
/// Signed with the root secret: there is no key for it in any store.
constexpr std::string_view rootSecretsAlgorithm = "HS256";

using Names = std::vector<std::string_view>;

Error noKey(std::string_view member, std::string_view wanted, const Names& signing) {
    std::string why(member);
    why.append(": \"").append(wanted).append("\" is not one of ").append(listed(signing));
    return Error::badInput(why + ", which there are keys for");
}

Status check(std::string_view member, const Client& client, const Names& signing) {
    const auto wanted = client.metadata.text(member);
    return wanted.empty() || contains(signing, wanted) ? done() : noKey(member, wanted, signing);
}

}  // namespace

Status checkClientAlgorithms(const Client& client, const ValueMap& changes, Names signing) {
    if (signing.empty()) {
        signing = keyPairAlgorithms();
    }
    if (changes.contains(idTokenMember)) {
        if (auto checked = check(idTokenMember, client, signing); !checked) {
            return checked;
        }
    }
    if (changes.contains("client_id") && client.scopes.contains("openid") &&
        client.metadata.text(idTokenMember).empty() && !contains(signing, defaultAlgorithm)) {
        return noKey(idTokenMember, defaultAlgorithm, signing);
    }
    signing.push_back(rootSecretsAlgorithm);
    return changes.contains(accessTokenMember) ? check(accessTokenMember, client, signing) : done();
}

}  // namespace gatehouse
