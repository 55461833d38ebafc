// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// What the server runs on when no file is named and none is installed: YAML with the same meaning
/// as the installed gatehouse.yaml.
extern const char* const embeddedConfig;

}  // namespace gatehouse
