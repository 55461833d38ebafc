// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "config/ConfigTree.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Reads one YAML document whose top is a map. Refused, because a configuration has no use for
/// them: a key that stands twice in a map, anchors and aliases, tags, further documents, keys that
/// are not text. Any bytes may be given; `file` is only a name for messages. Throws nothing but
/// std::bad_alloc.
Result<ConfigNode, Problems> readYaml(std::string_view text, const std::string& file);

}  // namespace gatehouse
