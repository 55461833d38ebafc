// SPDX-License-Identifier: Apache-2.0
// A configuration in YAML.
#include "ConfigPlaces.h"
#include "Fuzz.h"
#include "config/YamlReader.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    checkConfig(input, readYaml(input, fileName));
}

}  // namespace gatehouse::fuzz
