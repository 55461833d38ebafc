// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <array>
#include <string_view>
#include <vector>

namespace gatehouse {

// What clients say of themselves (OpenID Connect CIBA section 4).

constexpr std::string_view modeMember = "backchannel_token_delivery_mode";
constexpr std::string_view endpointMember = "backchannel_client_notification_endpoint";
constexpr std::string_view signingMember = "backchannel_authentication_request_signing_alg";
constexpr std::string_view userCodeMember = "backchannel_user_code_parameter";
constexpr std::array<std::string_view, 2> deliveryModes{"poll", "ping"};

inline bool isPinged(const Client& client) {
    return client.metadata.text(modeMember) == "ping";
}

/// Whether a client can be registered so, that signs by one of these.
Status admitCibaMembers(const ValueMap& metadata, const std::vector<std::string>& algorithms);

}  // namespace gatehouse
