// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A link whose name is a number of Names.
struct NumberedLink {
    std::int64_t name;
    std::string value;
};

/// A record's links as the one value its row holds: name, length and bytes of each, numbers in
/// 7-bit groups.
std::string writeLinks(const std::vector<NumberedLink>& links);
/// Throws SqliteFailure for a text that is damaged.
std::vector<NumberedLink> readLinks(std::string_view blob);

}  // namespace gatehouse
