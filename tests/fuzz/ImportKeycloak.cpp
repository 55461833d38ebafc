// SPDX-License-Identifier: Apache-2.0
#include "ImportedFile.h"
#include "KeycloakFormat.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    readImported(KeycloakFormat(), input);
}

}  // namespace gatehouse::fuzz
