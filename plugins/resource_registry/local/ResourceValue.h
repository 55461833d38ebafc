// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/ResourceRegistry.h>

#include <string>
#include <vector>

namespace gatehouse {

/// What is wrong with a resource as it stands in the configuration or a record, and with which
/// member (empty: with all of it).
struct ResourceProblem {
    std::string member;
    std::string why;
};
std::vector<ResourceProblem> problemsOf(const ValueMap& resource);

/// Of one without problems.
ProtectedResource resourceFrom(const ValueMap& value);
ValueMap valueOf(const ProtectedResource& resource);

}  // namespace gatehouse
