// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

#include <string>

namespace gatehouse {

/// Takes an entry of `users` of users_database.yml. `sub`: empty, where it is not known.
Status takeAutheliaUser(const std::string& login, const Value& user, const std::string& sub,
                        Arrivals& arrivals);

}  // namespace gatehouse
