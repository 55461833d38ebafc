// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// Authelia's users_database.yml, or its configuration, in which its clients are.
class AutheliaFormat final : public ImportFormat {
public:
    Status read(std::istream& file, Arrivals& arrivals) const override;
};

}  // namespace gatehouse
