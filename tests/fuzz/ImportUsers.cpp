// SPDX-License-Identifier: Apache-2.0
#include "ImportedFile.h"
#include "UsersFormat.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    readImported(UsersFormat(), input);
}

}  // namespace gatehouse::fuzz
