// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

/// Is this a good `brand_name`, or `brand_color`: how pages of logins for the client look?
Status admitBrand(std::string_view member, const ValueMap& metadata, const Client& client);

}  // namespace gatehouse
