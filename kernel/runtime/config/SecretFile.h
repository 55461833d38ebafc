// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

struct GivenSecret {
    Secret secret;
    std::string doubt;  ///< how its file is kept is not as it should be
};

/// Reads a secret of at most 64 KiB, kept as Keeping::secret wants it; one line break at its end is
/// not part of it. The error names path and mode, and never holds what was read.
Result<GivenSecret> readSecretFile(const std::string& path);

}  // namespace gatehouse
