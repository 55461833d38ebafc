// SPDX-License-Identifier: Apache-2.0
#include "Refusal.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

constexpr std::size_t longestDescription = 300;

}  // namespace

OAuthError invalidMetadata(std::string_view description) {
    return OAuthError::of(RegistrationCode::invalidMetadata, description);
}

OAuthError refusalOf(const Error& error) {
    if (error.fault != Fault::badInput) {
        return OAuthError::from(error);
    }
    const bool isRedirect = error.detail.rfind("redirect_uris:", 0) == 0;
    std::string description = error.detail.substr(0, longestDescription);
    std::replace(description.begin(), description.end(), '"', '\'');
    return OAuthError::of(isRedirect ? RegistrationCode::invalidRedirectUri
                                     : RegistrationCode::invalidMetadata,
                          description, error.detail);
}

}  // namespace gatehouse
