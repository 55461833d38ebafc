// SPDX-License-Identifier: Apache-2.0
// A configuration in TOML.
#include "ConfigPlaces.h"
#include "Fuzz.h"
#include "config/TomlReader.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    checkConfig(input, readToml(input, fileName));
}

}  // namespace gatehouse::fuzz
