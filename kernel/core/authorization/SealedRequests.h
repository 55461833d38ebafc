// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>

#include "authorization/FoundRequest.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Checked requests as whoever keeps them has them: text, sealed for one client, its registration
/// and issuer, good for a day. Threads: any.
class SealedRequests {
public:
    explicit SealedRequests(Host& host) : host_(host) {}

    /// Where it is kept is not part of it.
    std::string seal(const Context& context, const Client& client,
                     const FoundRequest& request) const;
    /// nullopt: it was not sealed here for this client, or too long ago.
    std::optional<FoundRequest> open(const Context& context, const Client& client,
                                     std::string_view text) const;

private:
    Host& host_;
};

}  // namespace gatehouse
