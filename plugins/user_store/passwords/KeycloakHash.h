// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A password of Keycloak's, `{"secretData":{…},"credentialData":{…}}` as in the export of a realm
/// (where both are texts of JSON), in the form that others write it in. nullopt: not one.
std::optional<std::string> fromKeycloak(std::string_view json);

}  // namespace gatehouse
