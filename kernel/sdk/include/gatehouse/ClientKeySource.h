// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <memory>
#include <string_view>

namespace gatehouse {

/// What a client_metadata_rule has by whose members a client says where its public keys are, when
/// they do not stand in its `jwks`. Everybody else asks Clients::keys(). Threads: any.
class ClientKeySource {
public:
    static constexpr Capability capability{"client_metadata_rule.key_source", 1};

    virtual ~ClientKeySource() = default;
    /// Are the keys of a client with these metadata here? After configure().
    virtual bool isFor(const ValueMap& metadata) const = 0;
    /// The JWK Set (RFC 7517 section 5) of a client that isFor(), with the key of this `kid` if it
    /// has one at all; an empty `kid` names none. Never a private or symmetric key. It answers from
    /// memory, but for the first time and where a key is new: then it may wait a moment, with few
    /// others. Fault::unavailable: it cannot be told now; Fault::badInput: what the client offers
    /// is no set of keys.
    virtual Result<std::shared_ptr<const Value>> keys(const Context&, const Client&,
                                                      std::string_view kid) const = 0;
};

}  // namespace gatehouse
