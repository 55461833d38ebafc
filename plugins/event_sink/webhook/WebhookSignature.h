// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// The key of a receiver: the bytes of "whsec_BASE64", or what is given as it is.
/// Fault::badInput for another base64.
Result<Secret> webhookKey(const Secret& given);

/// The `webhook-signature` of a delivery (Standard Webhooks): "v1," and the base64 of HMAC-SHA-256
/// over "id.timestamp.body".
std::string webhookSignature(const Secret& key, std::string_view id, std::int64_t timestamp,
                             std::string_view body);

}  // namespace gatehouse
