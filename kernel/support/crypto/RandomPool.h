// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace gatehouse {

/// So many bytes from OpenSSL's generator, drawn in blocks that each thread keeps. Throws
/// std::runtime_error when the generator fails. The process must not fork and go on in both halves:
/// they would share a block.
std::string randomBytes(std::size_t count);

}  // namespace gatehouse
