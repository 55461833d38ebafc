// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Rows.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The record in a row, whose nine columns from `first` on are those of gatehouse_records.
Record recordIn(const Rows& rows, int row, int first);
std::vector<Link> linksOf(std::vector<std::string> names, std::vector<std::string> values);

}  // namespace gatehouse
