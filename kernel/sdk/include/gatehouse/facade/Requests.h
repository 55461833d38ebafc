// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// Authorization requests (RFC 6749 section 4.1.1). Where somebody needs them, pages must be
/// installed. Lent by the kernel to who lists "requests" in its needs, for use while serving; grows
/// at its end. Threads: any.
class Requests : public Plugin {
public:
    static constexpr Point point{"requests", 1, Cardinality::one};
    /// Answers the browser that sent a request with these parameters, doubled ones too: it goes on
    /// to the pages of a login, or back to the client, or is shown what is wrong.
    virtual HttpResponse accept(const Context&, const HttpRequest& request,
                                const Form& parameters) const = 0;
    /// What such requests may have, as members of the issuer's metadata (RFC 8414 section 2, OpenID
    /// Connect Discovery section 3). Empty: no grant uses what comes of them.
    virtual ValueMap metadata(const Issuer&) const = 0;
};

}  // namespace gatehouse
