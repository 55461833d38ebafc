// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/RequestInHand.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Looks at authorization requests (RFC 6749 section 4.1.1) whose client and redirect URI are
/// proven and that the kernel's own rules let pass: refuses one, or notes something that the
/// authorization keeps. The client learns of a refusal at its redirect URI, or where it pushed the
/// request.
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
    /// Asked once for each request, when it comes, not again at the pages that follow; of one that
    /// its client pushed, when it did (RequestInHand::pushed()), not when a browser brings it. What
    /// it returns is its note, under its instance's name, and empty for none: the code, the
    /// authorization and what is refreshed from it keep it (`Authorization::notes`), and so do
    /// addresses of pages, sealed. As JSON it has 4096 bytes at most; a request with more is
    /// refused. A ConsentNote's has to be allowed by the person, a TokenNote's is in tokens.
    virtual Result<ValueMap, OAuthError> check(const RequestInHand& request) const = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
