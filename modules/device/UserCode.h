// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// What a person types (RFC 8628 section 6.1): eight of twenty letters, none of which is a vowel or
// looks like another: 25.6 thousand million codes, 34.5 bits.

std::string newUserCode(Random& random);
/// "WDJB-MJHT".
std::string shownUserCode(std::string_view code);
/// In whatever case, with dashes and blanks wherever; nullopt: it cannot be one.
std::optional<std::string> userCodeFrom(std::string_view typed);

}  // namespace gatehouse
