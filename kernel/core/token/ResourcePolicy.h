// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The `resource` parameters of a request, each once: absolute URIs without fragment (RFC 8707
/// section 2). Empty when there are none; OAuthCode::invalidTarget when one is malformed.
Result<std::vector<std::string>, OAuthError> requestedResources(const Form& form);

/// The audience of a token for which `wanted` was asked, of those in `granted`: all of these when
/// nothing was asked, and nullopt when something else was (RFC 8707 section 2.2).
std::optional<std::vector<std::string>> narrowedAudience(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& wanted);

}  // namespace gatehouse
