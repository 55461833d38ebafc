// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// What a rule sees of an authorization request: one whose client and redirect URI are proven, and
/// that the kernel's own rules let pass. Implemented by the kernel; grows at its end.
class RequestInHand {
public:
    virtual ~RequestInHand() = default;
    /// Its issuer too.
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// All of them; none stands twice but `resource`. Any bytes may come.
    virtual const Form& parameters() const noexcept = 0;
    /// First header field of this lower-case name; empty when absent. It is what a browser sent,
    /// which no client can vouch for.
    virtual std::string_view header(std::string_view name) const noexcept = 0;
};

/// Looks at authorization requests (RFC 6749 section 4.1.1): refuses one, or notes something that
/// the authorization keeps. The client learns of a refusal at its redirect URI.
class AuthorizationRule : public Plugin {
public:
    static constexpr Point point{"authorization_rule", 1, Cardinality::many};
    /// The parameters it reads; static storage. It is asked about requests that have one of them;
    /// with none here, about every request.
    virtual std::vector<std::string_view> parameters() const = 0;
    /// Rules that are asked before it: other plugins of this point, without the point ("loyalty").
    /// The kernel's ("scope", "pkce"; `gatehouse plugins --order` names them) always are. One that
    /// is not there is an error at start.
    virtual std::vector<std::string_view> after() const { return {}; }
    /// Asked once for each request, when it comes, not again at the pages that follow. What it
    /// returns is its note, under its instance's name, and empty for none: the code, the
    /// authorization and what is refreshed from it keep it (`Authorization::notes`), and so do
    /// addresses of pages, sealed. As JSON it has 4096 bytes at most; a request with more is
    /// refused.
    virtual Result<ValueMap, OAuthError> check(const RequestInHand& request) const = 0;
};

}  // namespace gatehouse
