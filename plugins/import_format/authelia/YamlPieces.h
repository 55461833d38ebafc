// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <functional>
#include <istream>
#include <string>

namespace gatehouse {

/// Reads YAML documents without keeping all of them: hands on each entry of the mapping at the
/// top, and of `users` each entry by itself. Fault::badInput: it is no YAML, names something twice,
/// is deeper than 32 levels, or has anchors, by which a short text can stand for one that fills the
/// memory.
Status eachYamlPiece(std::istream& text,
                     const std::function<Status(const std::string& member, const std::string& name,
                                                const Value& value)>& take);

}  // namespace gatehouse
