// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace gatehouse {

/// A picture that cameras read this text from (ISO/IEC 18004), as SVG with its quiet zone. nullopt:
/// the text is too long, or empty.
std::optional<std::string> qrCode(const std::string& text);

}  // namespace gatehouse
