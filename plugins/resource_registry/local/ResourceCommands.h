// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/Context.h>
#include <gatehouse/point/ResourceRegistry.h>

#include <vector>

namespace gatehouse {

std::vector<OfferedCommand> resourceCommands();

/// What `resource add` was given, as it would stand in the configuration. Fault::badInput: it
/// cannot.
Result<ProtectedResource> resourceFrom(const GivenArguments& arguments);

/// What the resource itself publishes, so that clients find the server (RFC 9728 section 2).
ValueMap metadataOf(const ProtectedResource& resource, const Issuer& issuer);

}  // namespace gatehouse
