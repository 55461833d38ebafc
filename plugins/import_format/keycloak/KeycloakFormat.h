// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// A realm as `kc.sh export` writes it, also one of its files of users.
class KeycloakFormat final : public ImportFormat {
public:
    Status read(std::istream& file, Arrivals& arrivals) const override;
};

}  // namespace gatehouse
