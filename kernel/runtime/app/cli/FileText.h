// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// A file's content. Throws UsageError when it cannot be read.
std::string readFileText(const std::string& path);
/// The first line of standard input, without its line break. Throws UsageError when there is none.
Secret readStandardInputLine();
/// A password typed twice at the terminal, without echo. Throws UsageError when there is no
/// terminal or they differ.
Secret askForPassword();

}  // namespace gatehouse
