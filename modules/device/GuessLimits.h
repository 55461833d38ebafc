// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>

#include "Settings.h"
#include "limit/WindowQuota.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// How often codes are asked for, and typed (RFC 8628 section 5.1). Counted by all nodes together;
/// while that is not possible nobody goes on. An IPv6 network of 64 bits is one address. Threads:
/// any; blocks on the storage.
class GuessLimits {
public:
    static constexpr seconds window{300};
    static constexpr seconds windowOfAll{3600};

    GuessLimits(Host& host, const DeviceSettings& settings)
        : host_(host), settings_(settings), pending_(host, settings.lifetime), typed_(host, window),
          opened_(host, settings.lifetime) {}

    /// A device asks for codes: why it gets none.
    std::optional<OAuthError> ofClient(const Context& context, const Client& client,
                                       std::string_view address) const;
    /// Somebody types a code: false, it is not looked at.
    Result<bool> mayType(const Context& context, std::string_view address) const;
    /// It was wrong.
    Status countWrong(const Context& context) const;
    /// It was right: false, when it has been typed so often that it is used up.
    Result<bool> mayOpen(const Context& context, std::string_view codeHash) const;

private:
    bool isClosed(IssuerId issuer) const;

    Host& host_;
    const DeviceSettings& settings_;
    const WindowQuota pending_;
    const WindowQuota typed_;
    const WindowQuota opened_;
    mutable std::mutex mutex_;
    mutable std::map<IssuerId, SteadyPoint> closedUntil_;  ///< after too many wrong ones
};

}  // namespace gatehouse
