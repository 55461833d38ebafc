// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// The clients of Ory Hydra, as `hydra list clients --format json` and GET /admin/clients tell of
/// them.
class HydraFormat final : public ImportFormat {
public:
    Status read(std::istream& file, Arrivals& arrivals) const override;
};

}  // namespace gatehouse
