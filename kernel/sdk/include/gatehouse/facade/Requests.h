// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Promise.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// A request that was checked before a browser brings it.
struct CheckedRequest {
    Form parameters;  ///< all that count: those of what it stands for, if it stands for one
    /// It, and what rules noted, for RequestRead::sealed: good for its client at its issuer, for as
    /// long as `pages` and the ten minutes before. Plain text, at most 128 KiB.
    std::string sealed;
    seconds pages{0};  ///< for how long pages of a login go on once it was opened
};

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
    /// Looks at a request that this client, authenticated, sends with these parameters, none of
    /// them doubled, as if a browser had brought it: by every request_source, rule and
    /// authorization_rule, none of which is asked again when a browser does. `client_id` may be
    /// left out, and by what the client proved itself is. Counts as a request of the client where
    /// those are limited.
    virtual Result<CheckedRequest, OAuthError> check(const Context&, const HttpRequest& request,
                                                     const AuthenticatedClient& client,
                                                     const Form& parameters) const = 0;
    /// The same for a request that no browser brings: what asks for a redirect is not looked at,
    /// and the client, which must be registered for the grant, waits for what a person decides.
    virtual Result<Promised, OAuthError> promise(const Context&, const HttpRequest& request,
                                                 const AuthenticatedClient& client,
                                                 const Form& parameters,
                                                 const Promise& promise) const = 0;
    /// Has `approver` plugins decide about a promise that has a person, from now on.
    virtual Status askApprovers(const Context&, const std::string& reference) const = 0;
    /// Lets who is at this browser decide about a promise: it goes on to the pages of a login, or
    /// is shown what is wrong. Of all who do one is first.
    virtual HttpResponse decide(const Context&, const HttpRequest& request,
                                std::string_view reference) const = 0;
};

}  // namespace gatehouse
