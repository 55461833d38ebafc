// SPDX-License-Identifier: Apache-2.0
#include "login/SubjectId.h"

#include "text/Base64Url.h"

namespace gatehouse {

std::string subjectId(const Crypto& crypto, const Issuer& issuer, std::string_view store,
                      std::string_view id) {
    constexpr std::size_t length = 22;
    std::string source = std::to_string(issuer.id);
    source.append(1, '\0').append(store).append(1, '\0').append(id);
    return base64url(crypto.sha256(source)).substr(0, length);
}

}  // namespace gatehouse
