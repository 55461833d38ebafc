// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Decrypts a request object where it is encrypted, and verifies who signed it (RFC 9101 section
/// 6). Keys come from the client's registration alone: `jku`, `x5u` and their like are not looked
/// at. Any thread; may wait a moment for keys that have to be fetched.
class ObjectReader {
public:
    /// `algorithms`: those by which clients may sign.
    ObjectReader(Jose& jose, const Clients& clients, std::vector<std::string> algorithms)
        : jose_(jose), clients_(clients), algorithms_(std::move(algorithms)) {}

    /// The claims of an object that this client signed; what they say is not looked at.
    Result<ValueMap, OAuthError> read(const Context& context, const Client& client,
                                      std::string_view text) const;

private:
    Result<std::string, OAuthError> decrypt(const Context& context, const Client& client,
                                            std::string_view text) const;
    Result<ValueMap, OAuthError> verify(const Context& context, const Client& client,
                                        std::string_view text) const;

    Jose& jose_;
    const Clients& clients_;
    std::vector<std::string> algorithms_;
};

}  // namespace gatehouse
