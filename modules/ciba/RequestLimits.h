// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "Settings.h"
#include "limit/WindowQuota.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// How often people are asked, and clients ask. Counted by all nodes together; while that is not
/// possible nobody is asked. Threads: any; blocks on the storage.
class RequestLimits {
public:
    static constexpr seconds window{3600};

    RequestLimits(Host& host, const CibaSettings& settings)
        : settings_(settings), ofClient_(host, settings.lifetime),
          ofPerson_(host, settings.lifetime), unknown_(host, window) {}

    // Why a request is refused; nullopt: it is not.

    /// Also for some seconds after too many hints of the client meant nobody.
    std::optional<OAuthError> ofClient(const Context& context, const Client& client) const;
    std::optional<OAuthError> ofPerson(const Context& context, std::string_view sub) const;
    /// Its hint means nobody: what the client is told.
    OAuthError ofUnknown(const Context& context, const Client& client) const;

private:
    const CibaSettings& settings_;
    const WindowQuota ofClient_;
    const WindowQuota ofPerson_;
    const WindowQuota unknown_;
};

}  // namespace gatehouse
