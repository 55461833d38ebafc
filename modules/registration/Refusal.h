// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>

#include <string_view>

namespace gatehouse {

/// The error codes of RFC 7591 section 3.2.2.
struct RegistrationCode {
    static constexpr std::string_view invalidRedirectUri = "invalid_redirect_uri";
    static constexpr std::string_view invalidMetadata = "invalid_client_metadata";
    static constexpr std::string_view invalidStatement = "invalid_software_statement";
    static constexpr std::string_view unapprovedStatement = "unapproved_software_statement";
};

OAuthError invalidMetadata(std::string_view description);

/// What a client is told of a failure. One of its metadata ("redirect_uris: why") is told in full,
/// since nobody else sees it; of all others only the log is told.
OAuthError refusalOf(const Error& error);

}  // namespace gatehouse
