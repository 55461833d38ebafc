// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

#include <string>

namespace gatehouse {

/// Takes an entry of `users` of users_database.yml.
Status takeAutheliaUser(const std::string& login, const Value& user, Arrivals& arrivals);

}  // namespace gatehouse
