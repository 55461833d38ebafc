// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a JWT says it is, by its `typ` and what it claims.
std::string kindOfJwt(const ValueMap& header, const ValueMap& claims);
/// Name, value and meaning of each member; moments as dates, and how far away.
std::vector<std::vector<std::string>> memberRows(const ValueMap& members, TimePoint now);
/// A claim that is a moment (RFC 7519 section 4.1); nullopt when there is none before the year
/// 10000.
std::optional<TimePoint> momentIn(const ValueMap& claims, std::string_view name);
/// "expired 3m ago", "not good before ...", or nothing when the time is right.
std::string untimely(const ValueMap& claims, TimePoint now);
/// "in 3m", "3m ago": whole seconds, the two largest units.
std::string distanceText(TimePoint moment, TimePoint now);

}  // namespace gatehouse
