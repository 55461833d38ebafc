// SPDX-License-Identifier: Apache-2.0
#include "HydraFormat.h"
#include "ImportedFile.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    readImported(HydraFormat(), input);
}

}  // namespace gatehouse::fuzz
