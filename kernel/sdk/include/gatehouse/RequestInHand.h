// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>

#include <string_view>

namespace gatehouse {

/// An authorization request as plugins see it; how far it is proven, the point says. Implemented by
/// the kernel; grows at its end.
class RequestInHand {
public:
    virtual ~RequestInHand() = default;
    /// Its issuer too.
    virtual const Context& context() const noexcept = 0;
    /// The one that `client_id` names; it is registered, and need not be who sent this.
    virtual const Client& client() const noexcept = 0;
    /// All of them; none stands twice but `resource`. Any bytes may come.
    virtual const Form& parameters() const noexcept = 0;
    /// First header field of this lower-case name; empty when absent. Unless the request is
    /// pushed(), it is what a browser sent, which no client can vouch for.
    virtual std::string_view header(std::string_view name) const noexcept = 0;
    /// What its client sent itself, before any browser brings it (Requests::check()), once it has
    /// said who it is and, unless it is public, proven it. nullptr: a browser brings it.
    virtual const HttpRequest* pushed() const noexcept = 0;
};

}  // namespace gatehouse
