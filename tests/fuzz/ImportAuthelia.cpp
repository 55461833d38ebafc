// SPDX-License-Identifier: Apache-2.0
#include "AutheliaFormat.h"
#include "ImportedFile.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    readImported(AutheliaFormat(), input);
}

}  // namespace gatehouse::fuzz
