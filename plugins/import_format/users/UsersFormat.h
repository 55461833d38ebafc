// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// People of any server, as CSV with a head line or as a JSON list of objects.
class UsersFormat final : public ImportFormat {
public:
    Status read(std::istream& file, Arrivals& arrivals) const override;
};

}  // namespace gatehouse
