// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// Reads a secret of at most 64 KiB; one line break at its end is not part of it. The file must be
/// a regular one that not everybody can read or write. The error names path and mode, and never
/// holds what was read.
Result<Secret> readSecretFile(const std::string& path);

}  // namespace gatehouse
