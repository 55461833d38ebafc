// SPDX-License-Identifier: Apache-2.0
#include "ProviderMetadata.h"

#include <gatehouse/Value.h>

#include "json/Json.h"
#include "json/Members.h"
#include "text/SiteAddress.h"

namespace gatehouse {

namespace {

bool isSecure(std::string_view address) {
    return address.substr(0, 8) == "https://";
}

bool isGood(std::string_view address, std::string_view issuer) {
    return isSiteAddress(address) && (isSecure(address) || !isSecure(issuer));
}

}  // namespace

Result<ProviderMetadata> readProviderMetadata(std::string_view text, std::string_view issuer) {
    const auto document = parseJson(text);
    const auto* members = document ? document->map() : nullptr;
    if (members == nullptr) {
        return Error::badInput("the provider's document is no JSON object");
    }
    if (members->text("issuer") != issuer) {
        return Error::badInput("the provider's document has another issuer than the setting");
    }
    ProviderMetadata read;
    read.authorizationEndpoint = members->text("authorization_endpoint");
    read.tokenEndpoint = members->text("token_endpoint");
    read.userinfoEndpoint = members->text("userinfo_endpoint");
    read.jwksUri = members->text("jwks_uri");
    read.sendsIssuer = isTrue(*members, "authorization_response_iss_parameter_supported");
    const auto endSession = members->text("end_session_endpoint");
    read.endSessionEndpoint = isGood(endSession, issuer) ? endSession : std::string_view();
    for (const auto& address : {read.authorizationEndpoint, read.tokenEndpoint, read.jwksUri}) {
        if (!isGood(address, issuer)) {
            return Error::badInput("the provider's document lacks an authorization_endpoint, "
                                   "token_endpoint or jwks_uri with an https address");
        }
    }
    if (!read.userinfoEndpoint.empty() && !isGood(read.userinfoEndpoint, issuer)) {
        return Error::badInput("the provider's userinfo_endpoint is no https address");
    }
    return read;
}

std::string metadataAddress(std::string_view issuer) {
    if (!issuer.empty() && issuer.back() == '/') {
        issuer.remove_suffix(1);
    }
    return std::string(issuer) + "/.well-known/openid-configuration";
}

}  // namespace gatehouse
