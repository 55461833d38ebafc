// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a request_source is that keeps what Requests::check() gave it: pages of a login then carry
/// a reference to the request in place of all of it, and who must use this source (RequiredSource)
/// does so by having the request checked.
class RequestKeeper {
public:
    static constexpr Capability capability{"request_source.keeper", 1};

    virtual ~RequestKeeper() = default;
    /// RequestRead::sealed by its `reference`, whether it may still be opened or not. nullopt: it
    /// is kept no longer. Any thread; blocks on the storage.
    virtual Result<std::optional<std::string>> kept(const Context&,
                                                    std::string_view reference) const = 0;
};

}  // namespace gatehouse
