// SPDX-License-Identifier: Apache-2.0
#include "AccessTokens.h"

#include "text/Base64Url.h"

namespace gatehouse {

std::string AccessTokens::make() const {
    constexpr std::size_t bytes = 32;
    return base64url(host_.random().bytes(bytes));
}

std::string AccessTokens::hashOf(std::string_view token) const {
    return base64url(host_.crypto().mac("registration_access_token", token));
}

bool AccessTokens::isOf(const std::optional<StoredClient>& client, std::string_view token) const {
    const auto known = client ? client->client.kept.text(member) : std::string_view();
    return host_.crypto().equal(known, hashOf(token)) && !client->client.isDisabled;
}

}  // namespace gatehouse
