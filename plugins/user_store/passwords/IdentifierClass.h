// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// May a name hold this character, which stands behind `before` (0: it is the first)? The
/// IdentifierClass of PRECIS (RFC 8264 sections 4.2 and 8).
bool isOfIdentifierClass(char32_t character, char32_t before) noexcept;

}  // namespace gatehouse
