// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/HeldProfiles.h"
#include "config/IssuerList.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// What each issuer holds its clients to.
std::map<IssuerId, std::string> profilesOf(const std::vector<IssuerEntry>& issuers);
/// What each issuer has of its own.
Lifetimes::OfIssuers lifetimesOf(const std::vector<IssuerEntry>& issuers);

/// Adds to `problems` what contradicts the profile of an issuer, whatever clients it has, and which
/// resources can have no token of it.
void checkProfiles(const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                   const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
