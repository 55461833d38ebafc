// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Records.h>

#include <functional>
#include <string_view>

namespace gatehouse {

/// Hands out every record of a kind that is linked to a person, page by page, until `visit` fails.
Status forEachRecordOf(std::string_view sub, Records& records, const Context& context,
                       std::string_view kind, const std::function<Status(const Record&)>& visit);

}  // namespace gatehouse
