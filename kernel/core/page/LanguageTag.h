// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// The language tag (BCP 47) in canonical case that a name means: "pt-BR" for "pt_br"; empty when
/// it is none. Language, script, region and variants; no extensions.
std::string languageTag(std::string name);

}  // namespace gatehouse
