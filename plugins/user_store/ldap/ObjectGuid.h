// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The 16 bytes of Active Directory's objectGUID as its tools write them:
/// 00112233-4455-6677-8899-aabbccddeeff. nullopt: other bytes.
std::optional<std::string> guidText(std::string_view bytes);

/// The other way, of small letters alone.
std::optional<std::string> guidBytes(std::string_view text);

}  // namespace gatehouse
