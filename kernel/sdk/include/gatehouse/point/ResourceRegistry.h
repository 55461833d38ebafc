// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An API that takes access tokens: an OAuth protected resource (RFC 8707, RFC 9728).
struct ProtectedResource {
    std::string identifier;  ///< absolute URI; stands in `aud` as it is
    std::string name;  ///< for people; empty: the identifier
    ScopeSet scopes;  ///< the only ones its tokens have; empty: any
    std::string tokenFormat;  ///< instance of a token_format; empty: the client's
    std::string signingAlgorithm;  ///< of its tokens, where they are signed; empty: the client's
    seconds longest{0};  ///< life of its tokens, where it is shorter than the server's; 0: that
    std::vector<std::string> clients;  ///< that may have tokens for it; empty: all
    std::vector<std::string> introspectors;  ///< clients that may introspect its tokens
};

/// Knows APIs, so that tokens are for no other (RFC 8707 section 2).
class ResourceRegistry : public Plugin {
public:
    static constexpr Point point{"resource_registry", 1, Cardinality::many};
    /// nullptr: it knows none with this identifier, compared character by character.
    virtual Result<std::shared_ptr<const ProtectedResource>>
    find(const Context&, std::string_view identifier) const = 0;
};

}  // namespace gatehouse
