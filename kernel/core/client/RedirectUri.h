// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Which app schemes a redirect URI may have.
enum class AppSchemes {
    reversedDomain,  ///< com.example.app, which nobody else may claim (RFC 8252 section 7.1)
    any  ///< also cursor, vscode: any app can register for it, so the operator has to say so
};

/// Why a URI may not be registered as a redirect URI; empty when it may. It must be a URI (RFC
/// 3986), absolute, without fragment (RFC 6749 section 3.1.2), https, or http on a loopback address
/// (RFC 8252 section 7.3), or of an app's scheme. It is compared as text, so what no browser or
/// client would send back to the letter (a wildcard, "..") is refused as well.
std::string redirectUriProblem(std::string_view uri,
                               AppSchemes schemes = AppSchemes::reversedDomain);

/// Those of a new or changed client with this metadata: Fault::badInput names the first that may
/// not be registered. What is stored is taken as it is: it was checked by the rules of its day.
Status checkRedirectUris(const std::vector<std::string>& uris, const ValueMap& metadata);
/// The same of its `post_logout_redirect_uris`, which are URIs of the same kinds.
Status checkLogoutUris(const ValueMap& metadata);

}  // namespace gatehouse
