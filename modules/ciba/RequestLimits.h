// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "Settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// How often people are asked, and clients ask. Counted by all nodes together; while that is not
/// possible nobody is asked. Threads: any; blocks on the storage.
class RequestLimits {
public:
    static constexpr seconds window{3600};

    RequestLimits(Host& host, const CibaSettings& settings) : host_(host), settings_(settings) {}

    // Why a request is refused; nullopt: it is not.

    std::optional<OAuthError> ofClient(const Context& context, const Client& client) const;
    std::optional<OAuthError> ofPerson(const Context& context, std::string_view sub) const;
    /// Its hint means nobody: what the client is told, which is not to try everybody.
    OAuthError ofUnknown(const Context& context, const Client& client) const;

private:
    struct Limit {
        std::string_view what;
        std::int64_t most;
        seconds window;
    };
    std::optional<OAuthError> count(const Context& context, const Limit& limit,
                                    std::string_view whose) const;

    Host& host_;
    const CibaSettings& settings_;
};

}  // namespace gatehouse
