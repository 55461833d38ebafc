// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a Basic header says.
struct BasicCredentials {
    std::string id;
    Secret secret;
    std::string malformed;  ///< why it says nothing usable; empty: it does
};

/// Reads an Authorization value of the Basic scheme (RFC 7617): strict base64, then id and secret
/// each form-decoded (RFC 6749 section 2.3.1). nullopt: another scheme.
std::optional<BasicCredentials> readBasic(std::string_view authorization);

}  // namespace gatehouse
