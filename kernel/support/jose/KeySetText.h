// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <cstddef>
#include <string_view>

namespace gatehouse {

constexpr std::size_t longestKeySet = std::size_t{64} * 1024;
constexpr std::size_t mostKeys = 32;

/// Reads a JWK Set (RFC 7517 section 5) that somebody else has written: of each key what belongs to
/// a public one, and nothing else of it. Keys of kinds that are not known are left out.
/// Fault::badInput: it is none, has a private or symmetric key, or too many.
Result<Value> readKeySet(std::string_view text);

}  // namespace gatehouse
