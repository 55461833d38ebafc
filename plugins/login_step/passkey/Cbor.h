// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse {

/// Items one after the other in CTAP2's form of CBOR (definite lengths, no tags, four levels), none
/// of which says to be longer than it is: a decoder makes room for what they say.
bool isCborSequence(std::string_view bytes);

}  // namespace gatehouse
