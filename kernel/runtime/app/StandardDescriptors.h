// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// Opens /dev/null in place of standard input, output and error where they are closed. Otherwise
/// the next file or socket would get their number, and what is printed or logged would go into it.
/// To be called before anything else is opened. False: /dev/null cannot be opened.
bool holdStandardDescriptors() noexcept;

}  // namespace gatehouse
