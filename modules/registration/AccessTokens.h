// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/facade/Clients.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Registration access tokens (RFC 7592 section 1.2): 256 random bits, of which the client's record
/// keeps a hash. Threads: any.
class AccessTokens {
public:
    explicit AccessTokens(Host& host) : host_(host) {}

    std::string make() const;
    std::string hashOf(std::string_view token) const;
    /// Is this the token of the client, which registered itself and is enabled?
    bool isOf(const std::optional<StoredClient>& client, std::string_view token) const;

    /// Under which Client::kept has the hash.
    static constexpr std::string_view member = "token";

private:
    Host& host_;
};

}  // namespace gatehouse
