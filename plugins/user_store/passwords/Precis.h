// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace gatehouse {

/// What a text holds that a user name cannot ("U+200B, which nobody sees"), and where: bytes from
/// its beginning.
struct PrecisProblem {
    std::size_t at;
    std::string message;
};

/// The profile UsernameCaseMapped (RFC 8265 section 3.3) of well-formed UTF-8: full-width letters
/// become the usual ones, then lower case, then NFC. Of what the IdentifierClass allows in some
/// places only (RFC 5892 appendix A) joiners are taken after a virama, and digits.
std::variant<std::string, PrecisProblem> usernameCaseMapped(std::string_view utf8);

/// The profile OpaqueString (RFC 8265 section 4.2): every blank becomes U+0020, then NFC. No
/// character is refused: phones type emoji that the FreeformClass leaves out. Text that is not
/// UTF-8 stays as it is.
std::string opaqueString(std::string_view text);

}  // namespace gatehouse
