// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// What a client_metadata_rule has that asks others whether a client may be registered or changed
/// so. Asked last, of what admit() has let pass; not about clients of files, which the operator
/// vouches for.
class RemoteCheck {
public:
    static constexpr Capability capability{"client_metadata_rule.remote_check", 1};

    virtual ~RemoteCheck() = default;
    /// Blocks, for a moment and with few others. Fault::badInput as in
    /// ClientMetadataRule::admit(); Fault::unavailable: it cannot be told now.
    virtual Status checkRemote(const Context&, const ValueMap& metadata) const = 0;
};

}  // namespace gatehouse
