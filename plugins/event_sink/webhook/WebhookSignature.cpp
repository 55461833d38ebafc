// SPDX-License-Identifier: Apache-2.0
#include "WebhookSignature.h"

#include "crypto/Digest.h"
#include "text/Base64.h"
#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {
namespace {

constexpr std::string_view prefix = "whsec_";

}  // namespace

Result<Secret> webhookKey(const Secret& given) {
    if (given.view().substr(0, prefix.size()) != prefix) {
        return given;
    }
    std::string text(given.view().substr(prefix.size()));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(text.find_last_not_of('=') + 1);
    const auto bytes = fromBase64url(text);
    if (!bytes || bytes->empty()) {
        return Error::badInput("secret: what follows whsec_ is not base64");
    }
    return Secret(*bytes);
}

std::string webhookSignature(const Secret& key, std::string_view id, std::int64_t timestamp,
                             std::string_view body) {
    std::string signedText(id);
    signedText.append(".").append(std::to_string(timestamp)).append(".").append(body);
    return "v1," + base64(hmacSha256(key.view(), signedText));
}

}  // namespace gatehouse
