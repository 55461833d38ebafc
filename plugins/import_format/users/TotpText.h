// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/TakesTotpKeys.h>

#include <optional>
#include <string_view>

namespace gatehouse {

/// The key of an otpauth://totp/ link, or in base32 that of an app without settings. nullopt:
/// neither, or a link that says a thing twice.
std::optional<ForeignTotpKey> totpKeyFrom(std::string_view text);

}  // namespace gatehouse
