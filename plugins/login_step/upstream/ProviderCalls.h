// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

/// Asks a provider, for people who look at an empty page meanwhile: not for long. An answer that
/// is none is Fault::badInput, a provider that is away or out of order Fault::unavailable. Threads:
/// any; blocks.
class ProviderCalls {
public:
    explicit ProviderCalls(Host& host)
        : calls_(host.http().purpose("upstream_login")), clock_(host.clock()) {}

    Result<OutgoingAnswer> get(const Context& context, const std::string& url) const;
    /// The JSON that is told to who has this access token.
    Result<Value> read(const Context& context, const std::string& url,
                       std::string_view accessToken) const;
    /// Whatever its status below 500: errors have a body, too.
    Result<OutgoingAnswer> post(const Context& context, const std::string& url,
                                std::vector<Header> headers, std::string form) const;

private:
    Result<OutgoingAnswer> send(const Context& context, const OutgoingRequest& request) const;

    OutgoingCalls& calls_;
    const Clock& clock_;
};

/// In lower case, without parameters (RFC 9110 section 8.3.1).
std::string mediaTypeOf(const OutgoingAnswer& answer);

}  // namespace gatehouse
