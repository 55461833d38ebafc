// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// What a provider gives for a code (RFC 6749 section 5.1).
struct TokenAnswer {
    Secret accessToken;
    std::string idToken;
};

/// Of JSON, or of a form, as some give it. Fault::badInput: it is no success, or not well-formed.
Result<TokenAnswer> readTokenAnswer(const OutgoingAnswer& answer);

}  // namespace gatehouse
