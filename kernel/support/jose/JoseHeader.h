// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <optional>
#include <string_view>

namespace gatehouse {

/// The first part of a JWS or JWE in its compact form: strict base64url of a JSON object with a
/// text `alg`; `kid`, when there, is a text. Refuses `crit`, for no extension is understood (RFC
/// 7515 section 4.1.11), and `b64` (RFC 7797).
std::optional<ValueMap> parseJoseHeader(std::string_view part);

}  // namespace gatehouse
