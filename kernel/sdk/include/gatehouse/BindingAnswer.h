// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include <string>
#include <vector>

namespace gatehouse {

/// What a token_binding has that adds to answers, so that clients learn how to prove something (RFC
/// 9449 sections 7.1 and 8.2).
class BindingAnswer {
public:
    static constexpr Capability capability{"token_binding.answer", 1};

    virtual ~BindingAnswer() = default;
    /// The value of WWW-Authenticate (RFC 9110 section 11.6.1) by which a resource asks for its
    /// tokens. `error`: what was wrong with the one that was shown; nullptr: none was.
    virtual std::string challenge(const OAuthError* error) const = 0;
    /// Fields of the good answer to this request, whose proof has held if it has one.
    virtual std::vector<Header> fields(const Context&, const HttpRequest&) const = 0;
};

}  // namespace gatehouse
