// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// What a file of at most 1 MiB says, as readGivenFile() reads what is Keeping::shared. Throws
/// UsageError.
std::string readFileText(const std::string& path);
/// The first line of standard input, without its line break. Throws UsageError when there is none.
Secret readStandardInputLine();
/// A password typed twice at the terminal, without echo. Throws UsageError when there is no
/// terminal or they differ.
Secret askForPassword();

}  // namespace gatehouse
